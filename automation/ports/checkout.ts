import { execFile } from "node:child_process";
import { basename } from "node:path";
import { promisify } from "node:util";

/** The commit that is checked out. */
export interface Checkout {
  /** The repository's root. */
  readonly root: string;
  readonly commit: string;
  /** More than one for a merge. */
  readonly parents: readonly string[];
  /** E-mail address of who wrote the commit. */
  readonly author: string;
  /** `owner/name` of the remote `origin`, else the name of the root's folder. */
  readonly repository: string;
}

/** What a bundle is bound to in git. */
export interface CheckoutPort {
  /** Undefined outside a repository, and in one without commits. */
  checkout(directory: string): Promise<Checkout | undefined>;
  /** Which of the files, or of those in the folders, differ from the commit, from the root. */
  uncommitted(root: string, files: readonly string[]): Promise<readonly string[]>;
  /** Whether a commit is part of another's history; false where one of them is not there. */
  isAncestor(root: string, ancestor: string, commit: string): Promise<boolean>;
  /** Files that git knows in a directory, from the root. */
  files(root: string, directory: string): Promise<readonly string[]>;
}

async function run(directory: string, args: readonly string[]): Promise<string> {
  const { stdout } = await promisify(execFile)("git", args, { cwd: directory, maxBuffer: 2 ** 28 });
  return stdout;
}

/** Asks the `git` on PATH. */
export const gitCheckout: CheckoutPort = {
  async checkout(directory) {
    try {
      const root = (await run(directory, ["rev-parse", "--show-toplevel"])).trim();
      const [commit = "", parents = "", author = ""] = (
        await run(root, ["log", "-1", "--no-show-signature", "--format=%H%n%P%n%ae"])
      ).split("\n");
      const url = await run(root, ["remote", "get-url", "origin"]).catch(() => "");
      const [, owned] = /[/:]([^/:\s]+\/[^/\s]+?)(?:\.git)?\/?\s*$/.exec(url) ?? [];
      return {
        root,
        commit,
        parents: parents.split(" ").filter(Boolean),
        author,
        repository: owned ?? basename(root),
      };
    } catch {
      return undefined;
    }
  },
  async uncommitted(root, files) {
    if (files.length === 0) return [];
    const listed = await run(root, ["status", "--porcelain=v1", "-z", "--no-renames", "--untracked-files=all"]);
    const wanted = new Set(files);
    return listed
      .split("\0")
      .map((entry) => entry.slice(3))
      .filter((file) => wanted.has(file));
  },
  async isAncestor(root, ancestor, commit) {
    return run(root, ["merge-base", "--is-ancestor", ancestor, commit]).then(
      () => true,
      () => false,
    );
  },
  async files(root, directory) {
    const listed = await run(root, ["ls-files", "-z", "--full-name", "--", directory]);
    return listed.split("\0").filter(Boolean);
  },
};
