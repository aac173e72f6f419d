import { execFile } from "node:child_process";
import { promisify } from "node:util";

/** What the pipeline asks git. */
export interface GitPort {
  /** The checked-out branch; undefined for a detached head, outside a repository and without git. */
  currentBranch(directory: string): Promise<string | undefined>;
}

/** Asks the `git` on PATH. */
export const git: GitPort = {
  async currentBranch(directory) {
    try {
      const { stdout } = await promisify(execFile)("git", ["branch", "--show-current"], { cwd: directory });
      return stdout.trim() || undefined;
    } catch {
      return undefined;
    }
  },
};
