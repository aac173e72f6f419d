import { existsSync, readdirSync, type Dirent } from "node:fs";
import { dirname, join, posix } from "node:path";
import type { GitPort } from "../ports/git";

/** What is never looked into outside a repository: dependencies, and what tools keep for themselves. */
const SKIPPED = /^(?:node_modules|\..*)$/;

/** Levels of folders that are looked through outside a repository: nothing says there where a workspace ends. */
const DEEPEST = 4;

/**
 * The directories with a `Pulumi.yaml` below a directory, from there with `/` (`.` for itself), sorted; what git ignores
 * is left out. Outside a repository the folders are looked through, some levels deep, but `node_modules` and hidden ones.
 */
export async function projectDirectories(root: string, git: Pick<GitPort, "filesNamed">): Promise<string[]> {
  const listed = await git.filesNamed(root, "Pulumi.yaml");
  // What is deleted and not committed yet is still listed.
  const files = listed?.filter((file) => existsSync(join(root, file))) ?? walk(root, ".", DEEPEST);
  return files.map((file) => dirname(file)).sort();
}

function walk(root: string, directory: string, levels: number): string[] {
  return entriesOf(join(root, directory)).flatMap((entry) => {
    const path = posix.join(directory, entry.name);
    if (!entry.isDirectory()) return entry.name === "Pulumi.yaml" ? [path] : [];
    return levels === 0 || SKIPPED.test(entry.name) ? [] : walk(root, path, levels - 1);
  });
}

/** What may not be read holds no project that could be run. */
function entriesOf(directory: string): Dirent[] {
  try {
    return readdirSync(directory, { withFileTypes: true });
  } catch {
    return [];
  }
}
