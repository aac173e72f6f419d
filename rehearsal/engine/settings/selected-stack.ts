import { createHash } from "node:crypto";
import { readFile, rm } from "node:fs/promises";
import { homedir } from "node:os";
import { join } from "node:path";
import { writeFileDurably } from "../backend/durable-file";
import { errorCode, fileFault } from "../backend/file-fault";
import { removeTemporaries } from "../backend/temporary-file";
import type { ProjectFile } from "./project-file";

/** The CLI's workspace settings; keys that are not known here are kept. */
interface WorkspaceSettings {
  stack?: string;
  [unknownField: string]: unknown;
}

/** The CLI's home directory: PULUMI_HOME, else `~/.pulumi`. */
export function pulumiHome(env: Readonly<Record<string, string | undefined>>): string {
  return env["PULUMI_HOME"] || join(env["HOME"] || homedir(), ".pulumi");
}

/** The selected stack of a project, as it was stored: a qualified name, or a bare one; undefined where none is selected. */
export async function selectedStack(
  env: Readonly<Record<string, string | undefined>>,
  project: ProjectFile,
): Promise<string | undefined> {
  if (env["PULUMI_STACK"]) return env["PULUMI_STACK"];
  return (await readSettings(settingsFile(env, project))).stack || undefined;
}

/** Selects a stack of a project, or none; the CLI reads the same file. */
export async function selectStack(
  env: Readonly<Record<string, string | undefined>>,
  project: ProjectFile,
  qualifiedName: string | undefined,
): Promise<void> {
  const file = settingsFile(env, project);
  const settings = await readSettings(file);
  if (settings.stack === qualifiedName) return;
  if (qualifiedName === undefined) delete settings.stack;
  else settings.stack = qualifiedName;
  await removeTemporaries(file);
  if (Object.keys(settings).length === 0) await rm(file, { force: true });
  else await writeFileDurably(file, JSON.stringify(settings, undefined, 4), 0o600);
}

function settingsFile(env: Readonly<Record<string, string | undefined>>, project: ProjectFile): string {
  const hash = createHash("sha1").update(project.file).digest("hex");
  return join(pulumiHome(env), "workspaces", `${project.name}-${hash}-workspace.json`);
}

async function readSettings(file: string): Promise<WorkspaceSettings> {
  try {
    return JSON.parse(await readFile(file, "utf8")) as WorkspaceSettings;
  } catch (cause) {
    // A damaged selection is no more than a selection that has to be made again.
    if (errorCode(cause) === "ENOENT" || cause instanceof SyntaxError) return {};
    throw fileFault("read", file, cause);
  }
}
