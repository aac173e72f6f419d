import assert from "node:assert/strict";
import fc from "fast-check";
import { AutomationError } from "../../../automation/errors";
import type { LiveEndpoint, RegisteredModel, TrafficMap } from "../../../automation/ports/online-endpoints";
import { chooseModel, parseModel } from "../../../automation/release/choose-model";
import { chooseSlot } from "../../../automation/release/choose-slot";
import { estimateQuota, quotaText, refuseWithoutQuota } from "../../../automation/release/quota-estimate";
import { parseDuration, parseSteps } from "../../../automation/release/step-plan";
import { split, trafficFault } from "../../../automation/release/traffic";
import { budgetText, DEFAULT_LIMITS, errorBudget, judge } from "../../../automation/release/watch-rule";

const healthy = (model: string) => ({ model, state: "healthy" }) as const;
const live = (traffic: TrafficMap, slots: LiveEndpoint["slots"] = {}): LiveEndpoint => ({ slots, traffic, mirror: {} });
const both = { blue: healthy("fare:1"), green: healthy("fare:2") };
const refusal = (code: string, text: RegExp) => (error: unknown) =>
  error instanceof AutomationError && error.code === code && text.test(error.message) && error.hint !== undefined;

describe("the slot of a new model", () => {
  const cases: readonly [string, LiveEndpoint | undefined, string][] = [
    ["green where there is no endpoint", undefined, "green"],
    ["green where nothing is served", live({}), "green"],
    ["green where blue is live", live({ blue: 100 }), "green"],
    ["blue where green is live", live({ green: 100 }), "blue"],
    ["blue where green is live and blue is named with nothing", live({ green: 100, blue: 0 }), "blue"],
  ];
  for (const [title, endpoint, slot] of cases) {
    it(`is ${title}`, () => assert.equal(chooseSlot(endpoint), slot));
  }

  it("fails where both are live, and says what to do", () => {
    assert.throws(
      () => chooseSlot(live({ blue: 90, green: 10 })),
      refusal("refused", /both slots are live \(blue 90 %, green 10 %\)/),
    );
  });
});

describe("the model that is released", () => {
  const versions: RegisteredModel[] = [
    { name: "fare", version: "9", createdAt: "2026-01-09T00:00:00Z" },
    { name: "fare", version: "10", createdAt: "2026-01-10T00:00:00Z" },
    { name: "fare", version: "2", createdAt: "2026-02-01T00:00:00Z" },
    { name: "other", version: "99", createdAt: "2026-12-01T00:00:00Z" },
  ];

  it("is the one that was registered last, whatever its number", () => {
    assert.equal(chooseModel(versions, { name: "fare" }).version, "2");
  });

  it("is the one with the highest number where the registry tells no times", () => {
    const unknown = versions.map(({ name, version }) => ({ name, version }));
    assert.equal(chooseModel(unknown, { name: "fare" }).version, "10");
  });

  it("is the one that was asked for", () => {
    assert.equal(chooseModel(versions, parseModel("fare:9")).version, "9");
  });

  it("fails where none is registered", () => {
    assert.throws(() => chooseModel(versions, { name: "tip" }), refusal("usage", /model tip is not registered/));
  });

  it("fails for a version that is not there, and names those that are", () => {
    assert.throws(
      () => chooseModel(versions, { name: "fare", version: "7" }),
      refusal("usage", /has no version 7, its newest are 2, 10, 9/),
    );
  });

  for (const text of ["fare", "fare:", ":1", "fare:1:2", "fare 1"]) {
    it(`fails for "${text}"`, () => assert.throws(() => parseModel(text), refusal("usage", /name:version/)));
  }
});

describe("the quota that a deployment takes", () => {
  const quota = { family: "standardDSv2Family", coresPerInstance: 4, used: 40, limit: 100 };

  it("has a fifth in reserve: 10 instances take that of 12", () => {
    const estimate = estimateQuota({ instanceType: "Standard_DS3_v2", instanceCount: 10 }, quota);
    assert.deepEqual([estimate.instances, estimate.cores, estimate.free], [12, 48, 60]);
    assert.equal(
      quotaText(estimate),
      "10 x Standard_DS3_v2 takes quota for 12 instances (20 % in reserve): 48 of 60 free cores of standardDSv2Family",
    );
    refuseWithoutQuota(estimate);
  });

  it("is rounded up: one instance takes that of two", () => {
    assert.equal(estimateQuota({ instanceType: "Standard_DS3_v2", instanceCount: 1 }, undefined).instances, 2);
  });

  it("fails a deployment that it does not suffice for", () => {
    const estimate = estimateQuota({ instanceType: "Standard_DS3_v2", instanceCount: 13 }, quota);
    assert.throws(() => refuseWithoutQuota(estimate), refusal("refused", /64 of 60 free cores/));
  });

  it("is said to be unknown where it is, and stops nothing", () => {
    const estimate = estimateQuota({ instanceType: "Small", instanceCount: 2 }, undefined);
    assert.match(quotaText(estimate), /the quota is not known/);
    refuseWithoutQuota(estimate);
  });
});

describe("the steps of a promotion", () => {
  it("are read as they are written", () => {
    assert.deepEqual(parseSteps("10, 50,100"), [10, 50, 100]);
    assert.deepEqual(parseSteps("100"), [100]);
  });

  for (const text of [
    "",
    "10",
    "50,10,100",
    "10,10,100",
    "0,100",
    "10,101",
    "10,,100",
    "ten,100",
    "-5,100",
    "10.5,100",
  ]) {
    it(`fail for "${text}"`, () => assert.throws(() => parseSteps(text), refusal("usage", /--steps/)));
  }

  it("are held for as long as is written", () => {
    assert.deepEqual(
      ["500ms", "30s", "5m", "1h", "7", "0"].map((text) => parseDuration("hold", text)),
      [500, 30_000, 300_000, 3_600_000, 7000, 0],
    );
  });

  for (const text of ["", "5 minutes", "-1s", "25h", "1d", "1.5m"]) {
    it(`fail to be held for "${text}"`, () =>
      assert.throws(() => parseDuration("hold", text), refusal("usage", /--hold/)));
  }
});

describe("a map of traffic", () => {
  const faults: readonly [string, LiveEndpoint, TrafficMap, TrafficMap, RegExp][] = [
    ["adds up to less", live({ blue: 100 }, both), { blue: 90 }, {}, /add up to 100, got 90/],
    ["adds up to more", live({ blue: 100 }, both), { blue: 100, green: 10 }, {}, /got 110/],
    ["serves nobody any more", live({ blue: 100 }, both), {}, {}, /add up to 100, got 0/],
    ["has a part of a percent", live({}, both), { blue: 99.5, green: 0.5 }, {}, /whole number/],
    ["has a negative share", live({}, both), { blue: 110, green: -10 }, {}, /whole number/],
    [
      "names a slot that is not there",
      live({ blue: 100 }, { blue: both.blue }),
      { green: 100 },
      {},
      /green does not exist/,
    ],
    [
      "names a slot that has failed",
      live({ blue: 100 }, { ...both, green: { model: "fare:2", state: "failed" } }),
      { green: 100 },
      {},
      /green is failed/,
    ],
    [
      "names a slot that is not ready",
      live({ blue: 100 }, { ...both, green: { model: "fare:2", state: "changing" } }),
      { blue: 90, green: 10 },
      {},
      /green is changing/,
    ],
    ["mirrors more than half", live({ blue: 100 }, both), { blue: 100 }, { green: 51 }, /at most 50/],
    [
      "mirrors to a live slot",
      live({ blue: 100 }, both),
      { blue: 90, green: 10 },
      { green: 10 },
      /either live or mirrored/,
    ],
    ["mirrors to both", live({ blue: 100 }, both), { blue: 100 }, { green: 10, blue: 10 }, /one slot only/],
    ["mirrors what nobody serves", live({}, both), {}, { green: 10 }, /nothing is served/],
    [
      "mirrors to a slot that is not there",
      live({ blue: 100 }, { blue: both.blue }),
      { blue: 100 },
      { green: 10 },
      /green is not there/,
    ],
  ];
  for (const [title, endpoint, traffic, mirror, text] of faults) {
    it(`fails where it ${title}`, () => assert.match(trafficFault(endpoint, traffic, mirror) ?? "", text));
  }

  it("may be empty before anything was served", () => {
    assert.equal(trafficFault(live({}, both), {}), undefined);
  });

  it("is never refused when a share of healthy slots is split, and never accepted with another sum", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 100 }), fc.integer({ min: 0, max: 100 }), (share, other) => {
        const endpoint = live({ blue: 100 }, both);
        assert.equal(trafficFault(endpoint, split("green", share)), undefined);
        assert.equal(trafficFault(endpoint, { green: share, blue: other }) === undefined, share + other === 100);
      }),
    );
  });
});

describe("the watch over a new slot", () => {
  const limits = { errorRate: 0.01, p95Ms: 200, fewest: 20 };
  const table: readonly [string, Parameters<typeof judge>[0], string][] = [
    ["is fine within its limits", { requests: 1000, errors: 10, p50Ms: 20, p95Ms: 200 }, "fine"],
    ["crosses the rate of errors", { requests: 1000, errors: 11, p95Ms: 20 }, "crossed"],
    ["crosses the time to answer", { requests: 1000, errors: 0, p95Ms: 201 }, "crossed"],
    ["cannot be judged by a few requests that succeed", { requests: 19, errors: 0, p95Ms: 900 }, "unjudged"],
    [
      "is judged by a few that fail, where as many as are needed could not make up for them",
      { requests: 3, errors: 1 },
      "crossed",
    ],
    ["cannot be judged without requests", { requests: 0, errors: 0 }, "unjudged"],
    ["cannot be judged without metrics", undefined, "unjudged"],
  ];
  for (const [title, metrics, kind] of table) it(title, () => assert.equal(judge(metrics, limits).kind, kind));

  it("says what was crossed, with both figures", () => {
    const judged = judge({ requests: 200, errors: 30 }, limits);
    assert.deepEqual(judged, { kind: "crossed", reason: "30 of 200 requests failed: 15 %, the limit is 1 %" });
  });

  it("does not look at the time to answer where no limit is asked for", () => {
    assert.equal(judge({ requests: 100, errors: 0, p95Ms: 100_000 }, DEFAULT_LIMITS).kind, "fine");
  });

  it("tells the error budget that a release spent", () => {
    const text = budgetText(errorBudget({ requests: 1234, errors: 7 }, DEFAULT_LIMITS));
    assert.equal(text, "error budget spent: 7 failed of 1234 requests to the new slot, 12 were allowed");
  });
});
