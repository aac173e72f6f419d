import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { z } from "zod";
import { environmentNames } from "../../components";

const root = join(__dirname, "../..");
const read = (path: string): unknown => parse(readFileSync(join(root, path), "utf8"));

/** The parts of the documented schema that the files use: https://learn.microsoft.com/azure/devops/pipelines/yaml-schema. */
const step = z.union([
  z.strictObject({ checkout: z.literal("self") }),
  z.strictObject({ script: z.string(), displayName: z.string() }),
  z.strictObject({
    task: z.string().regex(/^\w+@\d+$/),
    displayName: z.string(),
    inputs: z.record(z.string(), z.string()),
  }),
]);
const steps = z.array(step).min(1);
const job = z.union([
  z.strictObject({ job: z.string(), steps }),
  z.strictObject({
    deployment: z.string(),
    dependsOn: z.string(),
    environment: z.string(),
    strategy: z.strictObject({ runOnce: z.strictObject({ deploy: z.strictObject({ steps }) }) }),
  }),
]);
const template = z.strictObject({
  parameters: z.array(
    z.strictObject({ name: z.string(), type: z.enum(["string", "object"]), default: z.unknown().optional() }),
  ),
  stages: z.array(z.strictObject({ stage: z.string(), dependsOn: z.string(), jobs: z.array(job) })),
});
const pipeline = z.strictObject({
  trigger: z.strictObject({ branches: z.strictObject({ include: z.array(z.string()) }) }),
  pool: z.strictObject({ vmImage: z.string() }),
  stages: z.array(z.strictObject({ template: z.string(), parameters: z.record(z.string(), z.unknown()) })),
});

describe("azure-pipelines.yml", () => {
  it("has a stage for each environment, each after the one before", () => {
    const { stages } = pipeline.parse(read("azure-pipelines.yml"));
    assert.deepEqual(
      stages.map(({ parameters }) => [parameters.environment, parameters.after ?? []]),
      environmentNames.map((name, i) => [name, environmentNames.slice(0, i).slice(-1)]),
    );
  });

  it("gives its template the parameters that this has, and those without a default always", () => {
    const { stages } = pipeline.parse(read("azure-pipelines.yml"));
    for (const { template: path, parameters } of stages) {
      const declared = template.parse(read(path)).parameters;
      const names = declared.map(({ name }) => name);
      assert.deepEqual(
        Object.keys(parameters).filter((name) => !names.includes(name)),
        [],
      );
      for (const { name, default: value } of declared) assert.ok(value !== undefined || name in parameters, name);
    }
  });

  it("updates in a deployment of the environment, which its approval holds back, with the verbs of the command line", () => {
    const text = readFileSync(join(root, "azure-pipelines/environment.yml"), "utf8");
    const { stages } = template.parse(parse(text));
    const [preview, up] = stages[0]!.jobs.map((one) => JSON.stringify(one));
    assert.match(preview!, /trunkline preview --target cloud --env/);
    assert.match(up!, /"environment":"\$\{\{ parameters\.environment \}\}".*trunkline up --target cloud --env/);
    assert.ok(!preview!.includes("trunkline up"));
  });
});
