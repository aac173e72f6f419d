import { execFile } from "node:child_process";
import { promisify } from "node:util";

/** What the pipeline asks git. */
export interface GitPort {
  /** The checked-out branch; undefined for a detached head, outside a repository and without git. */
  currentBranch(directory: string): Promise<string | undefined>;
  /** The checked-out commit; undefined before the first one, outside a repository and without git. */
  headCommit(directory: string): Promise<string | undefined>;
  /**
   * The files of a directory that git tracks or would track, from there with `/`; only those that fit a pathspec where
   * there are any. Undefined outside a repository and without git.
   */
  listFiles(directory: string, pathspecs: readonly string[]): Promise<string[] | undefined>;
}

/** A list of all files of a very large repository still fits. */
const MAX_BYTES = 256 * 1024 * 1024;

/** Asks the `git` on PATH. */
export const git: GitPort = {
  async currentBranch(directory) {
    const branch = await run(directory, ["branch", "--show-current"]);
    return branch?.trim() || undefined;
  },
  async headCommit(directory) {
    const commit = await run(directory, ["rev-parse", "--verify", "--quiet", "HEAD^{commit}"]);
    return commit?.trim() || undefined;
  },
  async listFiles(directory, pathspecs) {
    const listed = await run(directory, [
      "ls-files",
      "-z",
      "--cached",
      "--others",
      "--exclude-standard",
      "--",
      ...pathspecs,
    ]);
    return listed?.split("\0").filter((path) => path !== "");
  },
};

/** What git prints; undefined where it fails or there is none. */
async function run(directory: string, args: readonly string[]): Promise<string | undefined> {
  try {
    // Looking must not take the index's lock from another git, and texts are compared.
    const env = { ...process.env, GIT_OPTIONAL_LOCKS: "0", LC_ALL: "C" };
    const { stdout } = await promisify(execFile)("git", args, { cwd: directory, env, maxBuffer: MAX_BYTES });
    return stdout;
  } catch {
    return undefined;
  }
}
