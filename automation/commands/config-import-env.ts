import { readFile } from "node:fs/promises";
import { basename, resolve } from "node:path";
import { createTwoFilesPatch } from "diff";
import { writeFileDurably } from "../engine/durable-file";
import { settingsFile } from "../engine/stack-settings";
import { AutomationError } from "../errors";
import { parseEnvFile } from "../release/env-file";
import { importSettings } from "../release/import-settings";
import { loadSettings } from "../settings/load-settings";
import { chooseEnvironment } from "../stack/choose-environment";
import { findProject } from "../stack/find-project";
import type { EnvironmentName } from "../stack/stack-for-branch";
import { workspaceRoot } from "../workspace/workspace-root";

export interface ConfigImportEnvOptions {
  readonly cwd: string;
  /** The env file. */
  readonly file: string;
  /** The environment whose settings get it, by its name or an alias. */
  readonly env: string;
  /** Show what would change, and change nothing. @default false */
  readonly dryRun?: boolean;
}

/** What an import changes, or would. */
export interface ConfigImportEnvResult {
  readonly kind: "imported" | "shown" | "unchanged";
  readonly environment: EnvironmentName;
  /** The settings file. */
  readonly settings: string;
  /** The change as a unified diff. */
  readonly diff: string;
}

/** Takes the settings of an env file into the settings of an environment; comments stay, and the file is replaced as a whole. */
export async function configImportEnv(_: unknown, options: ConfigImportEnvOptions): Promise<ConfigImportEnvResult> {
  const { cwd, env, dryRun = false } = options;
  const projectDir = findProject(cwd);
  const { environment } = chooseEnvironment(env, undefined, { table: loadSettings(workspaceRoot(projectDir)) });
  const source = resolve(cwd, options.file);
  const settings = settingsFile(projectDir, environment);
  const imported = parseEnvFile(await read(source), source);
  const before = await read(settings);
  const after = importSettings(before, settings, imported);
  const name = basename(settings);
  const diff = after === before ? "" : createTwoFilesPatch(name, name, before, after, "", "", { context: 2 });
  if (after === before) return { kind: "unchanged", environment, settings, diff };
  if (dryRun) return { kind: "shown", environment, settings, diff };
  await writeFileDurably(settings, after);
  return { kind: "imported", environment, settings, diff };
}

function read(file: string): Promise<string> {
  return readFile(file, "utf8").catch((cause: NodeJS.ErrnoException) => {
    throw new AutomationError("usage", `${file} cannot be read: ${cause.message}`, {
      hint: "name a file that is there",
      cause,
    });
  });
}
