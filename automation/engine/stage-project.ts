import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { parseDocument, stringify } from "yaml";
import { writeFileDurably } from "../../rehearsal/engine/backend/durable-file";
import { removeTemporaries } from "../../rehearsal/engine/backend/temporary-file";
import { AutomationError } from "../errors";
import { stateConfig } from "../state/state-part";
import type { StandIn } from "./engine-session";
import type { RehearsalPaths } from "./rehearsal-paths";
import { readStackSettings, settingsFile } from "./stack-settings";

/** A project that is ready to be rehearsed. */
export interface StagedProject {
  /** Secrets of the configuration that the rehearsal has no key for, with what stands in for them. */
  readonly standIns: readonly StandIn[];
  /** Those of them that are not set yet. */
  readonly missing: readonly StandIn[];
}

/**
 * Copies a project's settings for the rehearsal, which keeps its own salt in them. Secrets are encrypted for the real
 * environment and cannot be read here: they are left out, to be replaced by stand-ins; those that an earlier rehearsal
 * set are kept. With `statePart` there is nothing but the part that keeps state. Throws a usage error where the environment has no settings.
 */
export async function stageProject(
  projectDir: string,
  environment: string,
  paths: RehearsalPaths,
  passphrase: string,
  statePart = false,
): Promise<StagedProject> {
  const file = settingsFile(projectDir, environment);
  const settings = readStackSettings(file);
  if (settings === undefined) {
    throw new AutomationError("usage", `environment ${environment} has no settings: ${file} does not exist`, {
      hint: `write it, or copy another environment's: see docs/config.schema.json for what it may hold`,
    });
  }
  const stagedProject = join(paths.project, "Pulumi.yaml");
  const stagedFile = settingsFile(paths.project, environment);
  await removeTemporaries(stagedProject, stagedFile);
  const project = projectSettings(projectDir);
  if (!existsSync(stagedProject) || readFileSync(stagedProject, "utf8") !== project)
    await writeFileDurably(stagedProject, project);
  const staged = readStackSettings(stagedFile);
  const standIns: StandIn[] = [];
  const missing: StandIn[] = [];
  const replace = (value: unknown, before: unknown, path: string): unknown => {
    if (Array.isArray(value)) {
      return value.map((item, index) => replace(item, (before as unknown[] | undefined)?.[index], `${path}[${index}]`));
    }
    if (!isRecord(value)) return value;
    if (isSecure(value)) {
      const standIn = { path, value: standInFor(path, passphrase) };
      standIns.push(standIn);
      if (isSecure(before)) return before;
      missing.push(standIn);
      return undefined;
    }
    const entries = Object.entries(value).map(([key, inner]) => [
      key,
      replace(inner, isRecord(before) ? before[key] : undefined, path ? `${path}["${key}"]` : key),
    ]);
    return Object.fromEntries(entries.filter(([, inner]) => inner !== undefined)) as unknown;
  };
  const declared = settings.config ?? {};
  const config = replace(statePart ? stateConfig(declared, environment) : declared, staged?.config, "");
  const salt = staged?.encryptionsalt && { encryptionsalt: staged.encryptionsalt };
  const text = stringify({ ...salt, config });
  if (staged === undefined || text !== stringify(staged)) await writeFileDurably(stagedFile, text);
  return { standIns, missing };
}

/** The project's settings, in which the program is found from anywhere. */
export function projectSettings(projectDir: string): string {
  const settings = parseDocument(readFileSync(join(projectDir, "Pulumi.yaml"), "utf8"));
  const main = settings.get("main");
  settings.set("main", resolve(projectDir, typeof main === "string" ? main : "."));
  return settings.toString();
}

/** The same text each time, so that a rehearsal without changes shows none. */
function standInFor(path: string, passphrase: string): string {
  return `stand-in-${createHash("sha256").update(`${passphrase}\n${path}`).digest("hex").slice(0, 24)}`;
}

function isSecure(value: unknown): boolean {
  return isRecord(value) && Object.keys(value).length === 1 && typeof value["secure"] === "string";
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
