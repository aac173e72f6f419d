import { fileRecords } from "../engine/file-records";
import type { EngineName, OpenEngine, Target } from "../engine/engine-session";
import { engineRecords } from "./engine-records";
import type { ReadRecords } from "./stack-records";

interface RecordDeps {
  readonly openEngine: OpenEngine;
  /** @default that of the process */
  readonly env?: Readonly<Record<string, string | undefined>>;
}

interface RecordOptions {
  readonly target: Target;
  readonly engine?: EngineName;
}

/** Looks records up in files where they lie in some, else through the engine. */
export function recordsOf(
  { openEngine, env = process.env }: RecordDeps,
  { target, engine }: RecordOptions,
): ReadRecords {
  const inFiles = fileRecords(target, env);
  const inEngine = engineRecords(openEngine, target, engine);
  return async (project, environment) => {
    const records = await inFiles(project, environment);
    return records.kind === "recorded" ? records : inEngine(project, environment);
  };
}
