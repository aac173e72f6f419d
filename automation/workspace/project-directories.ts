import { existsSync, readdirSync } from "node:fs";
import { dirname, join, posix } from "node:path";
import type { GitPort } from "../ports/git";

/** What is never looked into outside a repository: dependencies, and what tools keep for themselves. */
const SKIPPED = /^(?:node_modules|\..*)$/;

/**
 * The directories with a `Pulumi.yaml` below a directory, from there with `/` (`.` for itself), sorted; what git ignores
 * is left out. Outside a repository all folders are looked through but `node_modules` and hidden ones.
 */
export async function projectDirectories(root: string, git: Pick<GitPort, "listFiles">): Promise<string[]> {
  const listed = await git.listFiles(root, [":(glob)**/Pulumi.yaml"]);
  // What is deleted and not committed yet is still listed.
  const files = listed?.filter((file) => existsSync(join(root, file))) ?? walk(root, ".");
  return files.map((file) => dirname(file)).sort();
}

function walk(root: string, directory: string): string[] {
  const entries = readdirSync(join(root, directory), { withFileTypes: true });
  return entries.flatMap((entry) => {
    const path = posix.join(directory, entry.name);
    if (entry.isDirectory()) return SKIPPED.test(entry.name) ? [] : walk(root, path);
    return entry.name === "Pulumi.yaml" ? [path] : [];
  });
}
