import assert from "node:assert/strict";
import type { Step, StepOp } from "../../../../rehearsal/engine/deployment/step";
import { ReadStep } from "../../../../rehearsal/engine/deployment/steps/read-step";
import { RefreshStep } from "../../../../rehearsal/engine/deployment/steps/refresh-step";
import type { EngineEvent } from "../../../../rehearsal/engine/events/engine-event";
import { EventReporter } from "../../../../rehearsal/engine/events/event-reporter";
import { SecretFilter } from "../../../../rehearsal/engine/events/secret-filter";
import { PartialFailure } from "../../../../rehearsal/engine/provider/partial-failure";
import type { ResourceState } from "../../../../rehearsal/engine/state/deployment-file";
import { makeSecret } from "../../../../rehearsal/engine/values/secret-value";
import { special } from "../values/property-arbitrary";

const urn = "urn:pulumi:dev::demo::sim:index:Thing::a";
const state = (fields: Partial<ResourceState> = {}): ResourceState => ({
  urn,
  type: "sim:index:Thing",
  custom: true,
  ...fields,
});

function step(op: StepOp, fields: Partial<Step> = {}): Step {
  const next = state({ id: "1", provider: "p" });
  return {
    op,
    urn,
    old: undefined,
    next,
    res: next,
    logical: true,
    internal: false,
    ...fields,
  } as Step;
}

function reporter(options: Partial<{ planning: boolean; refreshing: boolean; debug: boolean }> = {}, log = true) {
  const events: EngineEvent[] = [];
  const sink = { write: (event: EngineEvent) => void events.push(event), close: async () => undefined };
  const all = { planning: false, refreshing: false, debug: false, ...options };
  return { events, report: new EventReporter(log ? sink : undefined, new SecretFilter(["hunter2"]), all) };
}

const kinds = (events: EngineEvent[]): string[] =>
  events.map((event) => Object.keys(event).find((key) => key.endsWith("Event"))!);

describe("EventReporter", () => {
  for (const op of ["create", "update", "replace", "create-replacement", "delete"] as const) {
    it(`tells ${op} before and after, in order, and counts it`, () => {
      const { events, report } = reporter();
      const one = step(op);
      const before = Math.floor(Date.now() / 1000);
      report.before(one);
      report.after(one, { status: "ok" });
      report.finish("succeeded", Date.now());
      assert.deepEqual(kinds(events), ["resourcePreEvent", "resOutputsEvent", "summaryEvent"]);
      assert.deepEqual(
        events.map(({ sequence }) => sequence),
        [0, 1, 2],
      );
      assert.ok(events.every(({ timestamp }) => timestamp >= before && timestamp <= Date.now() / 1000));
      assert.deepEqual(events[2]!.summaryEvent!.resourceChanges, { [op]: 1 });
      assert.equal(events[0]!.resourcePreEvent!.metadata.op, op);
      assert.ok(!("planning" in events[0]!.resourcePreEvent!));
    });
  }

  it("shows states with their flags, the secrets masked and the text of assets left out", () => {
    const { events, report } = reporter();
    const inputs = {
      s: makeSecret("x"),
      t: ["my hunter2", 1],
      a: special("asset", { text: "long" }),
      b: special("asset", { path: "f" }),
    };
    report.before(
      step("update", {
        old: state({ protect: true, delete: true, initErrors: ["late"], parent: "q", provider: "p" }),
        next: state({ id: "1", inputs }),
        keys: ["a"],
        diffs: ["a", "b"],
        detailedDiff: { a: { kind: "update-replace", inputDiff: true } },
      }),
    );
    const { old, new: now, ...rest } = events[0]!.resourcePreEvent!.metadata;
    assert.deepEqual(rest, {
      op: "update",
      urn,
      type: "sim:index:Thing",
      keys: ["a"],
      diffs: ["a", "b"],
      logical: true,
      provider: "p",
      detailedDiff: { a: { diffKind: "update-replace", inputDiff: true } },
    });
    assert.deepEqual(old, {
      urn,
      type: "sim:index:Thing",
      custom: true,
      delete: true,
      protect: true,
      id: "",
      parent: "q",
      provider: "p",
      inputs: {},
      outputs: {},
      initErrors: ["late"],
    });
    assert.deepEqual(now!.inputs, {
      s: { "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270", ciphertext: "[secret]" },
      t: ["my [secret]", 1],
      a: special("asset", { text: "<contents elided>" }),
      b: special("asset", { path: "f" }),
    });
  });

  it("shows nothing more of a component that is not deleted, but in a preview it does", () => {
    const component = state({ custom: false });
    for (const [planning, op, shown] of [
      [false, "create", 0],
      [true, "create", 1],
      [false, "delete", 1],
    ] as const) {
      const { events, report } = reporter({ planning });
      report.after(step(op, { next: component, res: component, logical: false }), { status: "ok" });
      assert.equal(events.length, shown);
      assert.deepEqual(report.changes, {});
      if (planning) assert.equal(events[0]!.resOutputsEvent!.planning, true);
    }
  });

  it("tells a failure with its status and the number of steps before it", () => {
    for (const [status, code] of [
      ["ok", 0],
      ["partial", 1],
      ["unknown", 2],
    ] as const) {
      const { events, report } = reporter();
      report.after(step("create"), { status: "ok" });
      report.after(step("update"), { status, error: new Error("hunter2 is refused") });
      assert.deepEqual(kinds(events), ["resOutputsEvent", "diagnosticEvent", "resOpFailedEvent"]);
      assert.deepEqual(events[1]!.diagnosticEvent, {
        urn,
        prefix: "error: ",
        message: "[secret] is refused",
        color: "raw",
        severity: "error",
        streamID: 0,
        ephemeral: undefined,
      });
      const { status: told, steps } = events[2]!.resOpFailedEvent!;
      assert.deepEqual([told, steps], [code, 1]);
      assert.deepEqual(report.changes, { create: 1 });
    }
  });

  it("lists what did not become ready", () => {
    const { report } = reporter({}, false);
    report.after(step("create"), { status: "partial", error: new PartialFailure("x", "1", {}, ["a"]) });
    report.after(step("create"), { status: "partial", error: new PartialFailure("x", "1", {}, ["a", "b"]) });
    assert.deepEqual(
      report.diagnostics.map(({ message }) => message),
      ["1 error occurred:\n\t* a\n\n", "2 errors occurred:\n\t* a\n\t* b\n\n"],
    );
  });

  it("tells a failed preview as such, and a fault of the engine's own step without a resource", () => {
    const { events, report } = reporter({ planning: true });
    report.after(step("create", { internal: true }), { status: "ok", error: new Error("no") });
    assert.deepEqual(kinds(events), ["diagnosticEvent"]);
    assert.deepEqual(report.diagnostics, [{ urn: "", severity: "error", message: "Preview failed: no" }]);
    assert.equal(events[0]!.diagnosticEvent!.urn, undefined);
  });

  it("passes messages on by severity: progress is no result, and debugging only on demand", () => {
    const { events, report } = reporter();
    report.warning(urn, "w");
    report.info("", "i");
    report.diagnose("info#err", "", "stderr", 3, true);
    report.diagnose("debug", "", "d");
    assert.deepEqual(
      events.map(({ diagnosticEvent: d }) => [d!.prefix, d!.message, d!.ephemeral]),
      [
        ["warning: ", "w", undefined],
        ["", "i", undefined],
        ["", "stderr", true],
      ],
    );
    assert.deepEqual(
      report.diagnostics.map(({ message }) => message),
      ["w", "i"],
    );
    const verbose = reporter({ debug: true });
    verbose.report.diagnose("debug", "", "d");
    assert.equal(verbose.events[0]!.diagnosticEvent!.prefix, "debug: ");
  });

  it("counts without a log, too", () => {
    const { events, report } = reporter({}, false);
    report.before(step("create"));
    report.after(step("create"), { status: "ok" });
    report.finish("failed", 0);
    assert.deepEqual(events, []);
    assert.deepEqual(report.changes, { create: 1 });
  });

  it("counts a refresh by what it found, and only when refreshing", () => {
    const refresh = Object.create(RefreshStep.prototype, {
      old: { value: state() },
      next: { value: state() },
      resultOp: { value: "update" },
      urn: { value: urn },
      type: { value: "t" },
      provider: { value: "" },
      res: { value: state() },
      keys: { value: undefined },
      diffs: { value: undefined },
      detailedDiff: { value: undefined },
      internal: { value: false },
      logical: { value: false },
      op: { value: "refresh" },
    }) as RefreshStep;
    for (const refreshing of [true, false]) {
      const { events, report } = reporter({ refreshing });
      report.after(refresh, { status: "ok" });
      assert.deepEqual(report.changes, refreshing ? { update: 1 } : {});
      assert.equal(events[0]!.resOutputsEvent!.metadata.op, refreshing ? "update" : "refresh");
    }
  });

  it("counts a read only where it found something new", () => {
    const read = (old: ResourceState | undefined): ReadStep =>
      new ReadStep({} as never, {} as never, old, state({ outputs: { a: 1 } }), false);
    for (const [old, count] of [
      [undefined, undefined],
      [state({ outputs: { a: 1 } }), undefined],
      [state({ outputs: { a: 2 } }), 1],
      [state(), undefined],
    ] as const) {
      const { report } = reporter();
      report.after(read(old), { status: "ok" });
      assert.equal(report.changes.read, count);
    }
  });
});
