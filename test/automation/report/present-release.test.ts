import assert from "node:assert/strict";
import { presentReleaseDeploy } from "../../../automation/report/present-release-deploy";
import { presentReleaseEnd } from "../../../automation/report/present-release-end";
import { presentReleasePromote } from "../../../automation/report/present-release-promote";
import { presentReleasePropose } from "../../../automation/report/present-release-propose";
import { presentReleaseShift } from "../../../automation/report/present-release-shift";
import { presentReleaseStatus } from "../../../automation/report/present-release-status";
import { presentReleaseTest } from "../../../automation/report/present-release-test";
import { promotionLine } from "../../../automation/report/promotion-line";
import type { Terminal } from "../../../automation/ports/terminal";

const plain = (text: string) => text;
const terminal = { colours: { bold: plain, green: plain, red: plain } } as unknown as Terminal;
const where = { environment: "prd", endpoint: "fares" } as const;
const live = {
  slots: { blue: { model: "fares:2", state: "healthy" }, green: { model: "fares:1", state: "healthy" } },
  traffic: { green: 100 },
  mirror: { blue: 20 },
} as const;
const point = {
  at: "2026-11-28T12:00:00.000Z",
  traffic: { blue: 10, green: 90 },
  perSlot: { blue: { requests: 5, errors: 1, p50Ms: 12.4, p95Ms: 99.6 } },
};
const promotion = {
  ...where,
  ...({ slot: "blue", model: "fares:2", removed: [], approvedBy: [], timeline: [point] } as const),
  budget: { requests: 500, errors: 7, allowed: 5 },
} as const;

describe("what is told of a release", () => {
  it("by its status: slots, traffic, copies, the release and what comes next", () => {
    const release = {
      ...({ release: "r1", at: "2026-11-28T12:00:00Z", slot: "blue", model: "fares:2" } as const),
      ...{ previous: { green: 100 }, deployed: true, tested: true, maps: [], held: [], removed: [] },
    };
    const next = { step: "promote", reason: "it passed its test" } as const;
    assert.deepEqual(presentReleaseStatus.lines({ kind: "status", ...where, live, release, next }, terminal), [
      "Endpoint fares of prd",
      "  blue   fares:2  healthy  0 %, copies of 20 %",
      "  green  fares:1  healthy  100 %",
      "release r1 of 2026-11-28T12:00:00Z: fares:2 to blue, under way",
      "  before it requests went to green 100 %",
      "next: trunkline release promote: it passed its test",
    ]);
    const nothing = { step: "none", reason: "fares:2 serves from blue" } as const;
    assert.deepEqual(presentReleaseStatus.lines({ kind: "status", ...where, next: nothing }, terminal), [
      "Endpoint fares of prd",
      "  not there yet",
      "next: nothing: fares:2 serves from blue",
    ]);
  });

  it("by a deployment: the slot, and that it has no traffic", () => {
    const quota = { instanceType: "Standard_DS3_v2", instanceCount: 1, instances: 2 };
    const result = { kind: "deployed", ...where, slot: "blue", model: "fares:2", quota, live } as const;
    assert.deepEqual(presentReleaseDeploy.lines(result, terminal), [
      "fares:2 is up in blue of fares in prd, without traffic; requests go to green 100 %",
      "next: trunkline release test",
    ]);
  });

  it("by a test: each case, what was other than expected, and an exit code", () => {
    const cases = [
      { name: "ride", answers: 10, faults: [], p95Ms: 20.4 },
      { name: "no-data", answers: 1, faults: ["status is 500, expected is 200: no"], p95Ms: 3 },
    ];
    const result = { kind: "failed", ...where, slot: "blue", model: "fares:2", cases } as const;
    assert.deepEqual(presentReleaseTest.lines(result, terminal), [
      "passed  ride  10 answers, 20 ms",
      "failed  no-data  1 answer, 3 ms",
      "        status is 500, expected is 200: no",
      "fares:2 in blue failed its test",
      "next: correct the model, then trunkline release deploy",
    ]);
    assert.deepEqual(
      [presentReleaseTest.exit(result), presentReleaseTest.exit({ ...result, kind: "passed" })],
      ["fault", "done"],
    );
  });

  it("by a promotion: where requests go, the error budget that was spent, and an exit code", () => {
    const returned = { kind: "returned", reason: "7 of 500 failed", traffic: { green: 100 }, ...promotion } as const;
    assert.deepEqual(presentReleasePromote.lines(returned, terminal), [
      "7 of 500 failed",
      "fares:2 in blue crossed a limit and was taken back; requests to fares go to green 100 %",
      "error budget spent: 7 failed of 500 requests to the new slot, 5 were allowed",
      "next: correct the model, then trunkline release deploy",
    ]);
    const promoted = {
      ...promotion,
      kind: "promoted",
      traffic: { blue: 100 },
      timeline: [],
      removed: ["green"],
    } as const;
    assert.deepEqual(presentReleasePromote.lines({ ...promoted, approvedBy: ["ada (prompt)"] }, terminal), [
      "approved by ada (prompt)",
      "fares:2 in blue is promoted; requests to fares go to blue 100 %",
      "green is removed",
    ]);
    assert.deepEqual([presentReleasePromote.exit(returned), presentReleasePromote.exit(promoted)], ["fault", "done"]);
  });

  it("while it is watched: traffic as a bar, and what each slot answered", () => {
    assert.equal(
      promotionLine(point),
      "12:00:00  BBGGGGGGGGGGGGGGGGGG  blue  10 %  5 requests  1 failed  12/100 ms  green  90 %  no requests",
    );
  });

  it("by a shift, an end and a proposal", () => {
    const shifted = {
      kind: "shifted",
      ...where,
      traffic: { green: 100 },
      mirror: { blue: 20 },
      approvedBy: [],
    } as const;
    assert.deepEqual(presentReleaseShift.lines(shifted, terminal), [
      "requests to fares go to green 100 %, copies to blue 20 %",
      "next: trunkline release promote, or abort",
    ]);
    const ended = { kind: "aborted", ...where, traffic: { green: 100 }, removed: ["blue"] } as const;
    assert.deepEqual(presentReleaseEnd.lines(ended, terminal), [
      "the release is aborted; requests to fares go to green 100 %",
      "blue is removed",
    ]);
    const change = { kind: "updated", number: 7, url: "https://github.example/7", environment: "tst" } as const;
    assert.deepEqual(presentReleasePropose.lines({ ...change, model: "fares:2" }, terminal), [
      "pull request 7, which proposes fares:2, is updated: https://github.example/7",
    ]);
  });
});
