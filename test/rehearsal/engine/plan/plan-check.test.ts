import assert from "node:assert/strict";
import { plainGoal, type Goal } from "../../../../rehearsal/engine/deployment/goal";
import type { Step, StepOp } from "../../../../rehearsal/engine/deployment/step";
import { PlanCheck } from "../../../../rehearsal/engine/plan/plan-check";
import { PlanRecorder } from "../../../../rehearsal/engine/plan/plan-recorder";
import type { GoalPlan, ResourcePlan } from "../../../../rehearsal/engine/plan/plan-file";
import type { ResourceState } from "../../../../rehearsal/engine/state/deployment-file";
import { makeSecret } from "../../../../rehearsal/engine/values/secret-value";

const urn = "urn:pulumi:dev::demo::sim:index:Thing::a";
const provider = "urn:pulumi:dev::demo::pulumi:providers:sim::default";
const UNKNOWN_ID = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
const goal = (fields: Partial<Goal> = {}): Goal => ({ ...plainGoal("sim:index:Thing", "a", {}), ...fields });
const step = (op: StepOp, of = urn): Step => ({ op, urn: of }) as Step;

function planned(fields: Partial<Goal> = {}): GoalPlan {
  const recorder = new PlanRecorder();
  recorder.expect(urn, goal(fields), new Uint8Array([1]), {}, {});
  return recorder.resources[urn]!.goal!;
}

const check = (plan?: Partial<ResourcePlan>): PlanCheck =>
  new PlanCheck({ manifest: {} as never, resourcePlans: plan ? { [urn]: { state: null, ...plan } } : {} });

describe("PlanCheck of a goal", () => {
  const changes: readonly [what: string, before: Partial<Goal>, after: Partial<Goal>, violation: string][] = [
    ["a custom resource made a component", {}, { custom: false }, "resource kind changed (expected custom)"],
    ["a component made a resource", { custom: false }, {}, "resource kind changed (expected component)"],
    [
      "another provider",
      { provider: `${provider}::1` },
      { provider: `${provider}::2` },
      `provider changed (expected ${provider}::1)`,
    ],
    ["a provider more", {}, { provider: `${provider}::2` }, "provider changed (expected none)"],
    ["a provider less", { provider: `${provider}::1` }, {}, `provider changed (expected ${provider}::1)`],
    [
      "another planned provider",
      { provider: `${provider}::${UNKNOWN_ID}` },
      { provider: `${provider}2::1` },
      `provider changed (expected ${provider}::${UNKNOWN_ID})`,
    ],
    ["another parent", { parent: "p" }, { parent: "q" }, "parent changed (expected p)"],
    ["protection", {}, { protect: true }, "protect changed (expected false)"],
    ["deleteBeforeReplace", {}, { deleteBeforeReplace: false }, "deleteBeforeReplace changed (expected no value)"],
    ["another import", { importId: "1" }, { importId: "2" }, "importID changed (expected 1)"],
    ["a create timeout", { customTimeouts: { create: 5 } }, {}, "create timeout changed (expected 5)"],
    ["an update timeout", {}, { customTimeouts: { update: 5 } }, "update timeout changed (expected 0)"],
    ["a delete timeout", {}, { customTimeouts: { delete: 5 } }, "delete timeout changed (expected 0)"],
    [
      "ignoreChanges",
      { ignoreChanges: ["b", "c"] },
      { ignoreChanges: ["a", "c"] },
      "ignoreChanges changed: added a; deleted b",
    ],
    ["secret outputs", {}, { additionalSecretOutputs: ["x"] }, "additionalSecretOutputs changed: added x"],
    ["dependencies", { dependencies: ["u", "v"] }, { dependencies: ["v"] }, "dependencies changed: deleted u"],
    ["aliases", {}, { aliases: [{ name: "old" }] }, 'aliases changed: added {"name":"old"}'],
    [
      "a property's dependencies",
      { propertyDependencies: { a: [] } },
      { propertyDependencies: { a: ["u"] } },
      "dependencies for a changed: added u",
    ],
  ];
  for (const [what, before, after, violation] of changes) {
    it(`fails for ${what}`, () =>
      assert.throws(() => check({ goal: planned(before) }).checkGoal(urn, goal(after), undefined, {}), {
        message: `resource ${urn} violates plan: ${violation}`,
      }));
  }

  const kept: readonly [what: string, before: Partial<Goal>, after: Partial<Goal>][] = [
    ["the same wish", { dependencies: ["u", "v"], protect: true }, { dependencies: ["v", "u"], protect: true }],
    ["a planned provider that got its id", { provider: `${provider}::${UNKNOWN_ID}` }, { provider: `${provider}::7` }],
    ["a property that came to nothing", { propertyDependencies: { a: ["u"] } }, {}],
    [
      "an alias without its empty fields",
      { aliases: [{ name: "n", parent: "", noParent: false }] },
      { aliases: [{ name: "n" }] },
    ],
  ];
  for (const [what, before, after] of kept) {
    it(`accepts ${what}`, () => check({ goal: planned(before) }).checkGoal(urn, goal(after), undefined, {}));
  }

  it("has the CLI's names for the fields of an alias", () => {
    const empty = { URN: "", Name: "", Type: "", Stack: "", Project: "", Parent: "", NoParent: false };
    assert.deepEqual(planned({ aliases: [{ name: "n", noParent: true }, { urn: "u" }] }).structuredAliases, [
      { ...empty, Name: "n", NoParent: true },
      { ...empty, URN: "u" },
    ]);
  });

  it("fails for inputs that are not the planned ones, before their dependencies, and shows no secret", () => {
    const plan = check({
      goal: { ...planned({ propertyDependencies: { a: [] } }), inputDiff: { adds: { a: makeSecret("hush") } } },
    });
    assert.throws(() => plan.checkGoal(urn, goal({ propertyDependencies: { a: ["u"] } }), undefined, { a: "hush" }), {
      message: `resource ${urn} violates plan: properties changed: ++a[[secret]!=[secret]]`,
    });
  });

  it("fails for a resource that was to be deleted", () =>
    assert.throws(
      () => check({}).checkGoal(urn, goal(), undefined, {}),
      /violates plan: resource unexpectedly not deleted$/,
    ));

  const old = { urn, type: "sim:index:Thing", custom: true, inputs: { a: 1 }, aliases: ["old"] } as ResourceState;
  it("lets a resource that the plan does not mention only be what it was", () => {
    const same = goal({ aliases: [{ urn: "old" }] });
    check().checkGoal(urn, same, old, { a: 1 });
    check().checkGoal(urn, goal(), undefined, { a: 1 });
    assert.throws(
      () => check().checkGoal(urn, same, old, { a: 2 }),
      /violates plan: properties changed: =~a\[\{2\}\]$/,
    );
    assert.throws(
      () => check().checkGoal(urn, same, { ...old, protect: true, inputs: undefined }, {}),
      /protect changed/,
    );
  });
});

describe("PlanCheck of outputs", () => {
  it("accepts the planned outputs, and fails for others and for an unplanned resource", () => {
    const plan = check({ goal: { ...planned(), outputDiff: { adds: { o: 1 } } } });
    plan.checkOutputs(urn, {}, { o: 1 });
    assert.throws(() => plan.checkOutputs(urn, {}, { o: 2 }), {
      message: "resource violates plan: properties changed: ++o[{1}!={2}]",
    });
    assert.throws(() => check().checkOutputs(urn, {}, {}), { message: `no plan for resource ${urn}` });
  });
});

describe("PlanCheck of steps", () => {
  const allowed: readonly [planned: StepOp, done: StepOp][] = [
    ["create", "create"],
    ["create", "same"],
    ["update", "same"],
    ["replace", "update"],
    ["create-replacement", "same"],
    ["delete-replaced", "update"],
    ["delete", "delete"],
    ["read", "read"],
  ];
  for (const [plan, done] of allowed) {
    it(`allows ${done} where ${plan} was planned, once`, () => {
      const steps = check({ steps: [plan] });
      steps.checkStep(step(done));
      assert.throws(() => steps.checkStep(step(done)), {
        message: `${done} is not allowed by the plan: no more steps were expected for this resource`,
      });
    });
  }

  const refused: readonly [planned: StepOp, done: StepOp][] = [
    ["create", "update"],
    ["same", "update"],
    ["update", "replace"],
    ["delete", "same"],
  ];
  for (const [plan, done] of refused) {
    it(`fails for ${done} where ${plan} was planned`, () =>
      assert.throws(() => check({ steps: [plan] }).checkStep(step(done)), {
        message: `${done} is not allowed by the plan: this resource is constrained to ${plan}`,
      }));
  }

  it("lets an unplanned resource only stay the same", () => {
    check().checkStep(step("same"));
    assert.throws(() => check().checkStep(step("delete")), {
      message: "delete is not allowed by the plan: no steps were expected for this resource",
    });
  });

  it("misses planned steps, but not the deletion of what is gone", () => {
    const base = [{ urn }] as ResourceState[];
    assert.deepEqual(check({ steps: ["create"] }).missing([]), [urn]);
    assert.deepEqual(check({ steps: ["delete"] }).missing(base), [urn]);
    assert.deepEqual(check({ steps: ["delete"] }).missing([]), []);
    assert.deepEqual(check({}).missing(base), []);
  });

  it("gives the seed of the preview, and leaves the plan that it was made of alone", () => {
    const file = {
      manifest: {} as never,
      resourcePlans: { [urn]: { state: null, seed: "AQI=", steps: ["create" as const] } },
    };
    const plan = new PlanCheck(file);
    plan.checkStep(step("create"));
    assert.deepEqual([...plan.seedOf(urn)!], [1, 2]);
    assert.equal(plan.seedOf("other"), undefined);
    assert.deepEqual(file.resourcePlans[urn].steps, ["create"]);
  });
});
