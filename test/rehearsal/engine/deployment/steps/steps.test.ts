import assert from "node:assert/strict";
import type { ResourceProvider } from "../../../../../rehearsal/engine/deployment/provider-instance";
import type { RegisterEvent, RegisterResult } from "../../../../../rehearsal/engine/deployment/source-event";
import { plainGoal } from "../../../../../rehearsal/engine/deployment/goal";
import { CreateStep } from "../../../../../rehearsal/engine/deployment/steps/create-step";
import { ImportStep } from "../../../../../rehearsal/engine/deployment/steps/import-step";
import { ReadStep } from "../../../../../rehearsal/engine/deployment/steps/read-step";
import { RefreshStep } from "../../../../../rehearsal/engine/deployment/steps/refresh-step";
import { RemovePendingReplaceStep } from "../../../../../rehearsal/engine/deployment/steps/remove-pending-replace-step";
import { ReplaceStep } from "../../../../../rehearsal/engine/deployment/steps/replace-step";
import { SameStep } from "../../../../../rehearsal/engine/deployment/steps/same-step";
import { UpdateStep } from "../../../../../rehearsal/engine/deployment/steps/update-step";
import { PartialFailure } from "../../../../../rehearsal/engine/provider/partial-failure";
import type { ResourceState } from "../../../../../rehearsal/engine/state/deployment-file";
import { UNKNOWN } from "../../../../../rehearsal/engine/values/property-value";
import { stateOf, testDeployment } from "../support/states";

describe("steps", () => {
  const results: RegisterResult[] = [];
  const done = (result: RegisterResult): void => void results.push(result);
  const event: RegisterEvent = { kind: "register", goal: plainGoal("tst:index:Thing", "a", {}), done };
  const refuse = () => Promise.reject(new Error("refused"));
  const unready = () => Promise.reject(new PartialFailure("unready", "a-9", { x: 2 }, ["why"], { x: 2 }));
  const make = (provider: Partial<ResourceProvider>, dryRun = false) => testDeployment(provider, { dryRun }).deployment;
  const fresh = (more: Partial<ResourceState> = {}): ResourceState =>
    stateOf("a", { id: undefined, inputs: { x: 1 }, ...more });
  beforeEach(() => void results.splice(0));

  describe("that create", () => {
    it("take over id and outputs, and let the old resource wait for its deletion", async () => {
      const old = stateOf("a");
      const next = fresh();
      const replaced = { old, keys: ["x"], diffs: ["x"], detailedDiff: undefined, pendingDelete: true };
      const step = new CreateStep(
        make({ create: async () => ({ id: "a-2", outputs: { x: 1 } }) }),
        event,
        next,
        replaced,
      );
      const outcome = await step.apply();
      outcome.complete?.();
      assert.deepEqual(
        [step.op, outcome.status, next.id, next.outputs, old.delete],
        ["create-replacement", "ok", "a-2", { x: 1 }, true],
      );
      assert.deepEqual([typeof next.created, next.modified, results[0]?.result], ["string", next.created, "success"]);
      assert.deepEqual([step.logical, step.keys, step.diffs, step.detailedDiff], [false, ["x"], ["x"], undefined]);
    });

    it("leave the state alone where the provider refuses, and keep what is not ready", async () => {
      const next = fresh();
      const refused = await new CreateStep(make({ create: refuse }), event, next).apply();
      assert.deepEqual([refused.status, refused.error?.message, next], ["unknown", "refused", fresh()]);
      const partial = await new CreateStep(make({ create: unready }), event, next).apply();
      assert.deepEqual([partial.status, next.id, next.outputs, next.initErrors], ["partial", "a-9", { x: 2 }, ["why"]]);
    });

    it("tell the provider of a preview, and ask none for a component", async () => {
      let preview: boolean | undefined;
      const create: ResourceProvider["create"] = async (request) => ({
        id: "",
        outputs: { y: (preview = request.preview) },
      });
      const next = fresh();
      await new CreateStep(make({ create }, true), event, next).apply();
      assert.deepEqual([preview, next.id], [true, undefined]);
      const component = { ...fresh(), custom: false };
      assert.equal((await new CreateStep(make({ create: refuse }), event, component).apply()).status, "ok");
    });
  });

  describe("that update", () => {
    const apply = async (update: ResourceProvider["update"]) => {
      const old = stateOf("a", { created: "then", modified: "then", inputs: { x: 0 } });
      const next = fresh();
      const step = new UpdateStep(make({ update }), event, old, next, { changes: "some", changedKeys: ["x"] }, []);
      const outcome = await step.apply();
      outcome.complete?.();
      return { outcome, next, step };
    };

    it("keep the id and when it was created", async () => {
      const { outcome, next, step } = await apply(async () => ({ outputs: { x: 1 } }));
      assert.deepEqual([outcome.status, next.id, next.created, next.outputs], ["ok", "a-1", "then", { x: 1 }]);
      assert.deepEqual([next.modified === "then", step.diffs, step.detailedDiff], [false, ["x"], undefined]);
    });

    it("fail where the provider refuses, and keep what is not ready", async () => {
      assert.equal((await apply(refuse)).outcome.status, "unknown");
      const { outcome, next } = await apply(unready);
      assert.deepEqual([outcome.status, next.outputs, next.initErrors, results], ["partial", { x: 2 }, ["why"], []]);
    });
  });

  describe("that read", () => {
    const read = (provider: Partial<ResourceProvider>, old?: ResourceState, replacing = false, id = "there") => {
      const next = stateOf("a", { id, external: true, inputs: {} });
      const readEvent = { kind: "read", id, done } as never;
      return { step: new ReadStep(make(provider), readEvent, old, next, replacing), next };
    };

    it("take over what is there, and its id", async () => {
      const old = stateOf("a", { created: "then", outputs: { x: 0 } });
      const { step, next } = read({ read: async () => ({ id: "other", outputs: { x: 1 } }) }, old, true);
      assert.equal((await step.apply()).status, "ok");
      assert.deepEqual(
        [step.op, next.id, next.outputs, next.created, old.delete],
        ["read-replacement", "other", { x: 1 }, "then", true],
      );
    });

    it("fail for what is not there or cannot be read, and keep what is unwell", async () => {
      assert.match((await read({ read: async () => undefined }).step.apply()).error!.message, /'there' does not exist/);
      assert.equal((await read({ read: refuse }).step.apply()).status, "unknown");
      const { step, next } = read({ read: unready });
      assert.deepEqual([(await step.apply()).status, next.initErrors, next.id], ["partial", ["why"], "a-9"]);
    });

    it("ask nobody while the id is unknown", async () => {
      const { step, next } = read({ read: refuse }, undefined, false, UNKNOWN);
      assert.deepEqual([(await step.apply()).status, next.outputs], ["ok", {}]);
    });
  });

  describe("that import", () => {
    const outcomes: unknown[] = [];
    const step = (read: ResourceProvider["read"], original?: ResourceState) =>
      new ImportStep(make({ read }), event, original, fresh({ importID: "there" }), (outcome) =>
        outcomes.push(outcome),
      );
    beforeEach(() => void outcomes.splice(0));

    it("take over inputs and outputs, and let the managed one wait for its deletion", async () => {
      const original = stateOf("a");
      const imported = step(async () => ({ id: "", inputs: { x: 3 }, outputs: { x: 3 } }), original);
      (await imported.apply()).complete?.();
      assert.deepEqual(
        [imported.op, imported.next.id, imported.next.inputs, original.delete],
        ["import-replacement", "there", { x: 3 }, true],
      );
      assert.deepEqual([outcomes, imported.old?.id, imported.logical], [[imported.next], "there", false]);
    });

    it("fail for what is not there, has no inputs or cannot be read, and keep what is unwell", async () => {
      assert.match((await step(async () => undefined).apply()).error!.message, /'there' does not exist/);
      assert.match(
        (await step(async () => ({ id: "x", outputs: {} })).apply()).error!.message,
        /does not support importing/,
      );
      assert.match((await step(refuse).apply()).error!.message, /refused/);
      assert.ok(outcomes.length === 3 && outcomes.every((outcome) => outcome instanceof Error));
      const unwell = step(unready);
      assert.deepEqual([(await unwell.apply()).status, unwell.next.initErrors], ["ok", ["why"]]);
    });

    it("end the registration where they are skipped or fail", () => {
      step(refuse).skip();
      step(refuse).fail();
      assert.deepEqual([results.map(({ result }) => result), outcomes.length], [["skipped", "failed"], 1]);
    });
  });

  describe("that refresh", () => {
    it("do not read components, providers, and what waits for its replacement", async () => {
      for (const more of [{ custom: false }, { type: "pulumi:providers:tst" }, { pendingReplacement: true }]) {
        const step = new RefreshStep(make({ read: refuse }), stateOf("a", more));
        assert.deepEqual([(await step.apply()).status, step.resultOp], ["ok", "same"]);
      }
    });

    it("tell what became of a resource", async () => {
      const old = () => stateOf("a", { inputs: { x: 1 }, outputs: { x: 1 }, initErrors: ["old"] });
      const diff = async (changes: "none" | "some") => ({ changes });
      const run = async (x: number, changes: "none" | "some", more = {}) => {
        const read = async () => ({ id: "a-1", inputs: { x }, outputs: { x } });
        const step = new RefreshStep(make({ read, diff: () => diff(changes) }), { ...old(), ...more });
        await step.apply();
        return [step.resultOp, step.next?.outputs, step.next?.initErrors];
      };
      assert.deepEqual(await run(1, "none"), ["same", { x: 1 }, undefined]);
      assert.deepEqual(await run(2, "some"), ["update", { x: 2 }, undefined]);
      assert.deepEqual(await run(2, "some", { external: true }), ["update", { x: 2 }, undefined]);
      const gone = new RefreshStep(make({ read: async () => undefined }), old());
      await gone.apply();
      assert.deepEqual([gone.resultOp, gone.next], ["delete", undefined]);
    });
  });

  describe("that change nothing", () => {
    it("keep id and outputs, and tell the program", async () => {
      const old = stateOf("a", { outputs: { x: 1 } });
      const step = new SameStep(make({}), event, old, fresh(), "unchanged");
      (await step.apply()).complete?.();
      assert.deepEqual([step.next.id, step.next.outputs, results[0]?.unknown], ["a-1", { x: 1 }, false]);
      step.fail();
      step.skip();
      assert.deepEqual(
        results.map(({ result }) => result),
        ["success", "failed", "skipped"],
      );
    });

    it("stand for a replacement, or the end of one", async () => {
      const replace = new ReplaceStep(stateOf("a"), stateOf("a"));
      const remove = new RemovePendingReplaceStep(stateOf("a"));
      for (const step of [replace, remove]) {
        step.fail();
        step.skip();
        assert.deepEqual([(await step.apply()).status, step.res, step.urn], ["ok", stateOf("a"), stateOf("a").urn]);
      }
    });
  });
});
