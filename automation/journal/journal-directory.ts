import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Target } from "../engine/engine-session";

/**
 * Where the journals of an environment's runs lie: in `.trunkline` at the workspace's root, for a rehearsal beside its
 * state. The folder is kept out of git.
 */
export function journalDirectory(root: string, target: Target, environment: string): string {
  const folder = join(root, ".trunkline");
  const directory = join(folder, target, "journal", environment);
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  const ignore = join(folder, ".gitignore");
  if (!existsSync(ignore)) writeFileSync(ignore, "*\n");
  return directory;
}
