import { existsSync } from "node:fs";
import { join } from "node:path";
import { at } from "./config-value";
import type { EngineRequest } from "./engine-session";
import { readStackSettings, settingsFile } from "./stack-settings";

/** Where the program looks for the image with the scoring script, if its settings do not say. */
const DEFAULT_DIRECTORY = "artifacts/azure-ml/image";

/** The folder of the scoring script that the slots of a project run; undefined where there is none. */
export function scoringScripts({ projectDir, environment }: EngineRequest): string | undefined {
  const { config } = readStackSettings(settingsFile(projectDir, environment)) ?? {};
  const named = at(config, "trunkline:azure", "endpoint", "scoring", "create", "directory");
  const folder = join(projectDir, typeof named === "string" ? named : DEFAULT_DIRECTORY);
  return existsSync(join(folder, "score.py")) ? folder : undefined;
}
