import { parse } from "yaml";
import { z } from "zod";
import { AutomationError } from "../errors";
import { schemaFaults } from "../settings/schema-faults";

/** Name of the file that makes a folder a project; MLflow does not look at its case. */
export const MLPROJECT = "MLproject";

const parameter = z.union([
  z.string(),
  z.looseObject({ type: z.string().optional(), default: z.union([z.string(), z.number(), z.boolean()]).nullish() }),
]);

const schema = z.looseObject({
  name: z.string().nullish(),
  entry_points: z
    .record(
      z.string(),
      z.looseObject({ parameters: z.record(z.string(), parameter).nullish(), command: z.string().min(1) }),
    )
    .nullish(),
});

/** A parameter of an entry point. */
export interface ProjectParameter {
  /** `string`, `float`, `path` or `uri`; MLflow takes any other for `string`. */
  readonly type: string;
  /** Absent where a value has to be given. */
  readonly default?: string;
}

/** What an MLproject file says, as far as a run is checked by it. */
export interface MlprojectFile {
  /** Entry points by their names, each with its parameters. */
  readonly entryPoints: Readonly<Record<string, Readonly<Record<string, ProjectParameter>>>>;
}

/**
 * Reads an MLproject file. Throws a usage error, with everything that is wrong with it.
 * See https://mlflow.org/docs/latest/ml/projects/#mlproject-file.
 */
export function parseMlproject(content: string, place: string): MlprojectFile {
  const raw = read(content, place) ?? {};
  const { data, error } = schema.safeParse(raw);
  if (data === undefined) {
    const faults = schemaFaults(raw, error.issues);
    throw new AutomationError("usage", `${place} is not an MLproject file: ${faults.join("; ")}`, {
      hint: "see https://mlflow.org/docs/latest/ml/projects/#mlproject-file",
    });
  }
  const entryPoints = Object.entries(data.entry_points ?? {}).map(([name, { parameters }]) => [
    name,
    Object.fromEntries(Object.entries(parameters ?? {}).map(([key, value]) => [key, parameterOf(value)])),
  ]);
  return { entryPoints: Object.fromEntries(entryPoints) as MlprojectFile["entryPoints"] };
}

function read(content: string, place: string): unknown {
  try {
    return parse(content);
  } catch (cause) {
    throw new AutomationError("usage", `${place} is not YAML: ${(cause as Error).message}`, { cause });
  }
}

function parameterOf(value: z.infer<typeof parameter>): ProjectParameter {
  if (typeof value === "string") return { type: value };
  const { type = "string", default: given } = value;
  return { type, ...(given !== undefined && given !== null && { default: String(given) }) };
}
