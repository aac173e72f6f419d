import assert from "node:assert/strict";
import { readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { plainGoal, type Goal } from "../../../../rehearsal/engine/deployment/goal";
import type { Step, StepOp } from "../../../../rehearsal/engine/deployment/step";
import type { PlanFile } from "../../../../rehearsal/engine/plan/plan-file";
import { PlanRecorder } from "../../../../rehearsal/engine/plan/plan-recorder";
import { readPlan } from "../../../../rehearsal/engine/plan/read-plan";
import { writePlan } from "../../../../rehearsal/engine/plan/write-plan";
import type { ConfigValue, StackSession } from "../../../../rehearsal/engine/session/stack-session";
import type { PropertyMap } from "../../../../rehearsal/engine/values/property-value";
import { makeSecret } from "../../../../rehearsal/engine/values/secret-value";
import { projectDirectory, type ProjectDirectory } from "../project-directory";

const urn = "urn:pulumi:dev::demo::sim:index:Thing::a";
const goal: Goal = {
  ...plainGoal("sim:index:Thing", "a", {}),
  dependencies: ["u"],
  propertyDependencies: { a: ["u"] },
};
const step = (op: StepOp): Step => ({ op, urn }) as Step;
/** Encrypts by turning round. */
const turn = (text: string): string => [...text].reverse().join("");
const session = {
  stackName: "dev",
  secrets: { crypter: async () => ({ encrypt: turn, decrypt: turn }) },
} as unknown as StackSession;
const noSecrets = {
  stackName: "dev",
  secrets: { crypter: () => assert.fail("needs no key") },
} as unknown as StackSession;

describe("a saved plan", () => {
  let directory: ProjectDirectory;
  beforeEach(async () => (directory = await projectDirectory()));
  afterEach(() => directory.remove());
  const save = (recorder: PlanRecorder, config: [string, ConfigValue][] = [], as = session): Promise<void> =>
    writePlan("plan.json", directory.root, recorder, new Map(config), as);
  const text = (): Promise<string> => readFile(join(directory.root, "plan.json"), "utf8");

  function recorded(olds: PropertyMap, news: PropertyMap): PlanRecorder {
    const recorder = new PlanRecorder();
    recorder.expect(urn, goal, new Uint8Array([7]), olds, news);
    recorder.recordStep(step("update"), urn);
    recorder.recordState(urn, news);
    return recorder;
  }

  it("holds an update to what it recorded, secrets included, which are encrypted in the file", async () => {
    const secret = makeSecret({ deep: "hush" });
    const recorder = recorded({ a: 1, gone: 1 }, { a: 2, s: secret });
    recorder.recordOutputs(urn, { o: "x" }, { o: secret });
    await save(recorder, [
      ["demo:plain", { value: "p", secret: false, object: false }],
      ["demo:secret", { value: "quiet", secret: true, object: false }],
    ]);
    const written = await text();
    assert.ok(!written.includes("hush") && !written.includes("quiet"));
    assert.equal((await stat(join(directory.root, "plan.json"))).mode & 0o777, 0o600);
    const file = JSON.parse(written) as PlanFile;
    assert.deepEqual(file.config, { "demo:plain": "p", "demo:secret": { secure: "teiuq" } });
    assert.deepEqual(file.resourcePlans[urn]!.goal!.inputDiff.deletes, ["gone"]);

    const plan = await readPlan("plan.json", directory.root, session);
    const old = { urn, type: goal.type, custom: true, inputs: { a: 1, gone: 1 } };
    plan.checkGoal(urn, goal, old, { a: 2, s: secret });
    plan.checkOutputs(urn, { o: "x" }, { o: secret });
    plan.checkStep(step("update"));
    assert.throws(
      () => plan.checkGoal(urn, goal, old, { a: 2, s: makeSecret("other") }),
      /\+\+s\[\[secret\]!=\[secret\]\]/,
    );
    assert.deepEqual([...plan.seedOf(urn)!], [7]);
  });

  it("needs no key without secrets, and keeps numbers that JSON has no form for", async () => {
    await save(recorded({}, { n: Number.NaN }), [], noSecrets);
    const plan = await readPlan("plan.json", directory.root, noSecrets);
    assert.throws(() => plan.checkGoal(urn, goal, undefined, { n: 1 }), /\+\+n\[\{NaN\}!=\{1\}\]/);
    assert.ok(!("config" in (JSON.parse(await text()) as PlanFile)));
  });

  it("records deletions, and a goal that becomes known after them", () => {
    const recorder = new PlanRecorder();
    recorder.expectNothing(urn);
    recorder.recordDelete(step("delete-replaced"));
    recorder.expectNothing(urn);
    recorder.expect(urn, goal, new Uint8Array(), undefined, undefined);
    recorder.recordStep(step("create-replacement"), urn);
    assert.deepEqual(recorder.resources[urn]!.steps, ["delete-replaced", "create-replacement"]);
    assert.deepEqual(recorder.resources[urn]!.goal!.inputDiff, {});
    recorder.recordDelete({ ...step("delete"), urn: "other" });
    assert.deepEqual(recorder.resources.other, { state: null, steps: ["delete"] });
    recorder.recordState("unknown", {});
    recorder.recordStep(step("same"), "unknown");
    assert.ok(!("unknown" in recorder.resources));
  });

  it("fails to record a step or outputs of a resource that it does not know", () => {
    const recorder = new PlanRecorder();
    assert.throws(() => recorder.recordStep(step("create"), urn), {
      message: `expected a new resource plan for ${urn}`,
    });
    assert.throws(() => recorder.recordOutputs(urn, {}, {}), { message: `no plan for the outputs of ${urn}` });
  });

  const goalOf = (fields: object): object => ({ type: "t", name: "n", custom: true, protect: false, ...fields });
  const of = (plan: object): object => ({ manifest: {}, resourcePlans: { [urn]: plan } });
  const malformed: readonly [what: string, content: string, message: RegExp][] = [
    ["no JSON", "{", /^plan .*plan\.json is not JSON; save it anew with a preview$/],
    ["a list", "[]", /plan\.json is no update plan: it has no manifest; save one with a preview$/],
    ["null", "null", /is no update plan/],
    ["a version around it", JSON.stringify({ version: 2, plan: { manifest: {} } }), /is no update plan/],
    ["plans that are a list", JSON.stringify({ manifest: {}, resourcePlans: [] }), /is malformed: resourcePlans: /],
    ["steps that are text", JSON.stringify(of({ steps: "create" })), /is malformed: resourcePlans\.urn:.*::a\.steps: /],
    ["a goal without a type", JSON.stringify(of({ goal: { name: "n" } })), /goal\.type: .*goal\.custom: /],
    ["a seed that is no base64", JSON.stringify(of({ seed: "%" })), /\.seed: /],
    [
      "another stack's resource",
      JSON.stringify({ manifest: {}, resourcePlans: { [urn.replace("dev", "prd")]: {} } }),
      /is of another stack: it has urn:pulumi:prd::.*save a plan of dev$/,
    ],
    [
      "a malformed secret",
      JSON.stringify(of({ state: { s: { ...makeSecret(1), ciphertext: 1 } } })),
      /malformed secret value/,
    ],
  ];
  for (const [what, content, message] of malformed) {
    it(`fails to be read from ${what}`, async () => {
      await writeFile(join(directory.root, "plan.json"), content);
      await assert.rejects(readPlan("plan.json", directory.root, session), { name: "EngineError", message });
    });
  }

  it("fails to be read where there is none", () =>
    assert.rejects(readPlan("none.json", directory.root, session), {
      message: /^cannot read plan .*none\.json; save one/,
    }));

  it("is read as the CLI writes it: without what is empty, and with fields that are not known here", async () => {
    const plan = of({ goal: goalOf({ propertyDependencies: { a: null }, later: 1 }), steps: ["create"], state: null });
    await writeFile(join(directory.root, "plan.json"), JSON.stringify({ ...plan, later: {} }));
    const read = await readPlan("plan.json", directory.root, noSecrets);
    read.checkGoal(urn, { ...plainGoal("t", "n", {}), propertyDependencies: { a: [] } }, undefined, {});
    await writeFile(join(directory.root, "plan.json"), JSON.stringify({ manifest: {} }));
    assert.deepEqual((await readPlan("plan.json", directory.root, noSecrets)).missing([]), []);
  });
});
