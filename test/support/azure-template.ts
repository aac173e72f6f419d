import { readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { parse } from "yaml";
import { z } from "zod";

const root = resolve(__dirname, "../..");
const text = z.string();
const texts = z.record(text, text);

/** The parts of the documented schema that the files use: https://learn.microsoft.com/azure/devops/pipelines/yaml-schema. */
const step = z.union([
  z.strictObject({ template: text, parameters: texts }),
  z.strictObject({ checkout: z.literal("self"), fetchDepth: z.literal("0"), persistCredentials: z.literal("false") }),
  z.strictObject({ script: text, displayName: text, condition: text.optional() }),
  z.strictObject({ task: text.regex(/^\w+@\d+$/), displayName: text, inputs: texts, env: texts.optional() }),
  z.strictObject({ publish: text, displayName: text, artifact: text }),
  z.strictObject({ download: z.literal("none") }),
  z.strictObject({ download: z.literal("current"), displayName: text, artifact: text }),
]);
const steps = z.array(step).min(1);
const job = z.union([
  z.strictObject({ job: text, steps }),
  z.strictObject({
    deployment: text,
    environment: text,
    timeoutInMinutes: text,
    strategy: z.strictObject({ runOnce: z.strictObject({ deploy: z.strictObject({ steps }) }) }),
  }),
]);
const parameters = z.array(
  z.strictObject({
    name: text,
    type: z.enum(["string", "object"]),
    default: z.union([text, z.array(text)]).optional(),
    values: z.array(text).optional(),
  }),
);
const stage = z.strictObject({
  stage: text,
  dependsOn: z.union([text, z.array(text)]),
  variables: z.array(z.strictObject({ group: text })),
  jobs: z.array(job).length(1),
});
const pipeline = z.strictObject({
  trigger: z.strictObject({ branches: z.strictObject({ include: z.array(text) }) }),
  pr: z.literal("none"),
  pool: z.strictObject({ vmImage: text }),
  stages: z.array(z.strictObject({ template: text, parameters: z.record(text, z.union([text, z.array(text)])) })),
});

export type AzureStep = z.infer<typeof step>;
export type AzureStage = z.infer<typeof stage>;
type Values = Readonly<Record<string, string | readonly string[]>>;

/** The pipeline of this repository, before its templates are expanded. */
export function azurePipeline(): z.infer<typeof pipeline> {
  return pipeline.parse(parse(readFileSync(join(root, "azure-pipelines.yml"), "utf8")));
}

/** The stages of a template, as Azure Pipelines expands it. Throws for a parameter that is missing, unknown or not allowed. */
export function expandStages(path: string, values: Values): AzureStage[] {
  const expanded = z.strictObject({ parameters, stages: z.array(stage) }).parse(expand(path, values));
  return expanded.stages.map((one) => stage.parse(withSteps(path, one)));
}

/** The steps of a stage, those of their templates in their places. */
export function stepsOf({ jobs: [only] }: AzureStage): AzureStep[] {
  if (only === undefined) throw new Error("a stage without a job");
  return "job" in only ? only.steps : only.strategy.runOnce.deploy.steps;
}

function withSteps(path: string, node: unknown): unknown {
  if (Array.isArray(node)) return node.flatMap((item: unknown) => stepTemplate(path, item) ?? [withSteps(path, item)]);
  if (typeof node !== "object" || node === null) return node;
  return Object.fromEntries(Object.entries(node).map(([key, value]) => [key, withSteps(path, value)]));
}

function stepTemplate(path: string, item: unknown): AzureStep[] | undefined {
  if (typeof item !== "object" || item === null || !("template" in item)) return undefined;
  const used = z.strictObject({ template: text, parameters: texts }).parse(item);
  const file = join(dirname(path), used.template);
  return z.strictObject({ parameters, steps }).parse(expand(file, used.parameters)).steps;
}

/** A file with the values of its parameters in the places of `${{ parameters.name }}`, the only expression in use. */
function expand(path: string, given: Values): unknown {
  const content = parse(readFileSync(join(root, path), "utf8")) as { parameters: unknown };
  const declared = parameters.parse(content.parameters);
  const unknown = Object.keys(given).filter((name) => !declared.some((one) => one.name === name));
  if (unknown.length > 0) throw new Error(`${path}: unknown parameters: ${unknown.join(", ")}`);
  const values = new Map(declared.map((one) => [one.name, given[one.name] ?? one.default]));
  for (const { name, values: allowed } of declared) {
    const value = values.get(name);
    if (value === undefined) throw new Error(`${path}: the parameter ${name} is missing`);
    if (allowed && !allowed.includes(String(value))) throw new Error(`${path}: ${name} is ${String(value)}`);
  }
  const fill = (node: unknown): unknown => {
    if (Array.isArray(node)) return node.map(fill);
    if (typeof node === "object" && node !== null)
      return Object.fromEntries(Object.entries(node).map(([key, value]) => [key, fill(value)]));
    if (typeof node !== "string") return node;
    const [, whole] = /^\$\{\{ parameters\.(\w+) \}\}$/.exec(node) ?? [];
    const valueOf = (name: string) => {
      if (!values.has(name)) throw new Error(`${path}: there is no parameter ${name}`);
      return values.get(name)!;
    };
    if (whole !== undefined) return valueOf(whole);
    const filled = node.replace(/\$\{\{ parameters\.(\w+) \}\}/g, (_all, name: string) => String(valueOf(name)));
    if (filled.includes("${{")) throw new Error(`${path}: an expression that is not known: ${filled}`);
    return filled;
  };
  return { ...(fill(content) as object), parameters: content.parameters };
}
