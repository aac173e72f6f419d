import { execFile } from "node:child_process";
import { promisify } from "node:util";

/** Larger answers come from working trees with very many changed files; all that counts then is that there are some. */
const MAX_BYTES = 64 * 1024 * 1024;

/**
 * What the history keeps of the repository that a directory lies in: `git.head`, `git.headName` (a full reference name;
 * none for a detached head) and `git.dirty`, as the CLI records them. Empty outside a repository, without a commit and
 * without git: an update never fails for want of it.
 * @see https://github.com/pulumi/pulumi/blob/master/pkg/cmd/pulumi/metadata/metadata.go
 */
export async function gitMetadata(directory: string): Promise<Record<string, string>> {
  try {
    const { stdout } = await promisify(execFile)("git", ["status", "--porcelain=v2", "--branch", "-z"], {
      cwd: directory,
      maxBuffer: MAX_BYTES,
      // A status that only looks must not take the index's lock from another git.
      env: { ...process.env, GIT_OPTIONAL_LOCKS: "0", LC_ALL: "C" },
    });
    return metadataOf(stdout.split("\0").filter((line) => line !== ""));
  } catch {
    return {};
  }
}

function metadataOf(lines: readonly string[]): Record<string, string> {
  const header = (name: string) => lines.find((line) => line.startsWith(`# branch.${name} `))?.split(" ")[2];
  const [head, branch] = [header("oid"), header("head")];
  if (head === undefined || head === "(initial)") return {};
  return {
    "git.head": head,
    ...(branch !== undefined && branch !== "(detached)" ? { "git.headName": `refs/heads/${branch}` } : {}),
    "git.dirty": String(lines.some((line) => !line.startsWith("# "))),
  };
}
