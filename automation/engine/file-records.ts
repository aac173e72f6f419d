import { existsSync } from "node:fs";
import { join } from "node:path";
import { readCheckpoint } from "../../rehearsal/engine/backend/checkpoint";
import { readHistory } from "../../rehearsal/engine/backend/history";
import { stackReference } from "../../rehearsal/engine/backend/stack-reference";
import { StateDirectory } from "../../rehearsal/engine/backend/state-directory";
import { EngineError } from "../../rehearsal/engine/engine-error";
import { backendLocation } from "../../rehearsal/engine/settings/backend-url";
import { readProjectFile } from "../workspace/project-file";
import type { Project } from "../workspace/project";
import type { ReadRecords, StackRecords } from "../workspace/stack-records";
import type { Target } from "./engine-session";
import { rehearsalPaths } from "./rehearsal-paths";

/** Entries that are read at a time; refreshes may lie between updates. */
const PAGE = 20;

/**
 * Looks records up in files, without an engine and without a network: those of a rehearsal, and those of a `file://`
 * backend. Any other backend is unavailable.
 */
export function fileRecords(target: Target, env: Readonly<Record<string, string | undefined>>): ReadRecords {
  return async (project, environment) => {
    const place = target === "rehearsal" ? rehearsalPaths(project.directory).state : stateDirectory(project, env);
    if (place === undefined) {
      return { kind: "unavailable", reason: "its history lies in a backend that needs a network" };
    }
    // Opening would make the directory.
    if (!existsSync(join(place, ".pulumi"))) return { kind: "recorded", updates: [], references: [] };
    try {
      return await readRecords(place, project.name, environment);
    } catch (cause) {
      if (cause instanceof EngineError) return { kind: "unavailable", reason: cause.message };
      throw cause;
    }
  };
}

async function readRecords(place: string, project: string, environment: string): Promise<StackRecords> {
  const directory = await StateDirectory.open(`file://${place}`, place);
  const stack = stackReference(project, environment);
  const checkpoint = await readCheckpoint(directory, stack);
  const updates = [];
  for (let page = 1; checkpoint !== undefined; page += 1) {
    const entries = await readHistory(directory, stack, PAGE, page);
    updates.push(...entries);
    if (entries.length < PAGE || entries.some(({ kind }) => kind === "update" || kind === "destroy")) break;
  }
  const resources = checkpoint?.latest?.resources ?? [];
  const references = resources.flatMap(({ type, inputs }) => {
    const name = type === "pulumi:pulumi:StackReference" ? inputs?.["name"] : undefined;
    return typeof name === "string" ? [name] : [];
  });
  return { kind: "recorded", updates, references };
}

/** The directory of a `file://` backend; undefined for any other. */
function stateDirectory({ directory }: Project, env: Readonly<Record<string, string | undefined>>): string | undefined {
  const { backend } = readProjectFile(join(directory, "Pulumi.yaml"));
  try {
    return backendLocation(env, backend, directory).directory;
  } catch (cause) {
    if (cause instanceof EngineError) return undefined;
    throw cause;
  }
}
