import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parseDocument, stringify } from "yaml";
import { stateConfig } from "../state/state-part";
import { workspaceRoot } from "../workspace/workspace-root";
import { writeFileDurably } from "./durable-file";
import { projectSettings } from "./stage-project";
import { readStackSettings, settingsFile } from "./stack-settings";

/** What the CLI writes into a stack's settings about its secrets. */
const SECRETS = ["secretsprovider", "encryptedkey", "encryptionsalt"] as const;

/** A copy of a project's settings that declares nothing but the part that keeps state. */
export interface StagedStatePart {
  readonly directory: string;
  /** Takes over into the project's own settings how the CLI encrypts the stack's secrets. */
  keepSecretsSettings(): Promise<void>;
}

/** Copies a project's settings, reduced to the part that keeps state, into the workspace's `.trunkline`. */
export async function stageStatePart(projectDir: string, environment: string): Promise<StagedStatePart> {
  const directory = join(workspaceRoot(projectDir), ".trunkline", "cloud", "bootstrap", environment, "project");
  const own = settingsFile(projectDir, environment);
  const staged = settingsFile(directory, environment);
  const { config = {}, ...rest } = readStackSettings(own) ?? {};
  const before = readStackSettings(staged) ?? {};
  await writeFileDurably(join(directory, "Pulumi.yaml"), projectSettings(projectDir));
  const known = Object.fromEntries(SECRETS.flatMap((key) => (before[key] === undefined ? [] : [[key, before[key]]])));
  await writeFileDurably(staged, stringify({ ...known, ...rest, config: stateConfig(config, environment) }));
  return {
    directory,
    async keepSecretsSettings() {
      const made = readStackSettings(staged) ?? {};
      const document = parseDocument(readFileSync(own, "utf8"));
      const missing = SECRETS.filter((key) => made[key] !== undefined && !document.has(key));
      if (missing.length === 0) return;
      for (const key of missing) document.set(key, made[key]);
      await writeFileDurably(own, document.toString());
    },
  };
}
