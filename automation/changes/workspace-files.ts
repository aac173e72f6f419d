import { readFileSync } from "node:fs";
import { join, posix } from "node:path";
import type { GitPort } from "../ports/git";

/** The files of a workspace as they are now and as they were; each is read once. Undefined stands for a missing file. */
export class WorkspaceFiles {
  private readonly before = new Map<string, Promise<string | undefined>>();
  private readonly after = new Map<string, string | undefined>();

  constructor(
    private readonly git: Pick<GitPort, "fileAt">,
    private readonly root: string,
  ) {}

  /** The text of a file as it is in the working tree. */
  now(path: string): string | undefined {
    if (!this.after.has(path)) this.after.set(path, readIfThere(join(this.root, path)));
    return this.after.get(path);
  }

  /** The text of a file as it was in a commit. */
  at(commit: string, path: string): Promise<string | undefined> {
    const key = `${commit}:${path}`;
    const known = this.before.get(key) ?? this.git.fileAt(this.root, commit, path);
    this.before.set(key, known);
    return known;
  }

  /** The nearest of some files, from a folder upwards to the root. */
  nearest(folder: string, names: readonly string[]): string | undefined {
    const path = names.map((name) => posix.join(folder, name)).find((candidate) => this.now(candidate) !== undefined);
    if (path !== undefined || folder === ".") return path;
    return this.nearest(posix.dirname(folder), names);
  }
}

function readIfThere(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "ENOENT" || code === "ENOTDIR" || code === "EISDIR") return undefined;
    throw error;
  }
}
