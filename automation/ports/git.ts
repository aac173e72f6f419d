import { execFile } from "node:child_process";
import { posix } from "node:path";
import { promisify } from "node:util";
import { parseRawDiff, parseStatus, type FileChange } from "./git-output";

/** An answer of `untrackedFiles`, on its way. */
export type Untracked = Promise<readonly string[] | undefined>;

/** What the pipeline asks git. Paths are those from the asked directory, with `/`; above it they begin with `../`. */
export interface GitPort {
  /** The checked-out branch; undefined for a detached head, outside a repository and without git. */
  currentBranch(directory: string): Promise<string | undefined>;
  /** The checked-out commit; undefined before the first one, outside a repository and without git. */
  headCommit(directory: string): Promise<string | undefined>;
  /** The files that git would track and does not yet, of the whole repository; undefined outside one and without git. */
  untrackedFiles(directory: string): Promise<string[] | undefined>;
  /**
   * The files of a name below a directory that git tracks or would track; `untracked` is what it would track, where that is
   * asked already. Undefined outside a repository and without git.
   */
  filesNamed(directory: string, name: string, untracked?: Untracked): Promise<string[] | undefined>;
  /** Whether a commit and all its folders are in this clone. */
  hasCommit(directory: string, commit: string): Promise<boolean>;
  /** Fetches a commit that this clone lacks from `origin`; answers whether it is there then. Needs a network. */
  fetchCommit(directory: string, commit: string): Promise<boolean>;
  /** What differs between two commits of this clone, renamed files as deleted and added; undefined where one is missing. */
  changedFiles(directory: string, from: string, to: string): Promise<FileChange[] | undefined>;
  /** What the working tree has other than the checked-out commit, files that are not tracked yet included. */
  modifiedFiles(directory: string, untracked?: Untracked): Promise<FileChange[] | undefined>;
  /** The text of a file in a commit; undefined where it is not in it. */
  fileAt(directory: string, commit: string, path: string): Promise<string | undefined>;
}

/** A list of all files of a very large repository still fits. */
const MAX_BYTES = 256 * 1024 * 1024;

/** How long a fetch may take, in milliseconds. */
const FETCH_MS = 120_000;

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
  async untrackedFiles(directory) {
    const options = ["-z", "--others", "--exclude-standard", "--full-name"];
    const [prefix, listed] = await Promise.all([
      prefixOf(directory),
      run(directory, ["ls-files", ...options, "--", ":/"]),
    ]);
    return prefix === undefined ? undefined : pathsOf(listed)?.map((path) => posix.relative(prefix, path));
  },
  async filesNamed(directory, name, untracked = git.untrackedFiles(directory)) {
    const listed = run(directory, ["ls-files", "-z", "--cached", "--", `:(glob)**/${name}`]);
    const [tracked, others] = [pathsOf(await listed), await untracked];
    if (tracked === undefined || others === undefined) return undefined;
    return [...tracked, ...others.filter((path) => posix.basename(path) === name && !path.startsWith("../"))];
  },
  async hasCommit(directory, commit) {
    return (await run(directory, ["rev-parse", "--verify", "--quiet", `${commit}^{tree}`])) !== undefined;
  },
  async fetchCommit(directory, commit) {
    const shallow = (await run(directory, ["rev-parse", "--is-shallow-repository"]))?.trim() === "true";
    // A depth would make a whole clone shallow.
    const depth = shallow ? ["--depth=1"] : [];
    const options = ["--quiet", "--no-tags", "--no-recurse-submodules", "--no-write-fetch-head", ...depth];
    const env = { GIT_TERMINAL_PROMPT: "0", GIT_NO_LAZY_FETCH: "0" };
    await run(directory, ["fetch", ...options, "origin", commit], { env, timeout: FETCH_MS });
    return git.hasCommit(directory, commit);
  },
  async changedFiles(directory, from, to) {
    const diff = run(directory, ["diff-tree", "-r", "--raw", "-z", "--no-renames", from, to, "--"]);
    const [prefix, raw] = await Promise.all([prefixOf(directory), diff]);
    return raw === undefined || prefix === undefined ? undefined : parseRawDiff(raw, prefix);
  },
  async modifiedFiles(directory, untracked = git.untrackedFiles(directory)) {
    // The two ways through the working tree go side by side: one looks at each file that is tracked, one at each folder.
    const status = run(directory, ["status", "--porcelain=v2", "-z", "--no-renames", "--untracked-files=no"]);
    const [prefix, tracked, others] = await Promise.all([prefixOf(directory), status, untracked]);
    if (prefix === undefined || tracked === undefined || others === undefined) return undefined;
    const added = others.map((path) => ({ path, status: "added", link: false }) as const);
    return [...parseStatus(tracked, prefix), ...added];
  },
  async fileAt(directory, commit, path) {
    // A path that begins with ./ is one from the directory.
    return run(directory, ["cat-file", "blob", `${commit}:./${path}`]);
  },
};

function pathsOf(text: string | undefined): string[] | undefined {
  return text?.split("\0").filter((path) => path !== "");
}

/** Where a directory lies in its repository: empty for the root, else with a `/` at its end. */
async function prefixOf(directory: string): Promise<string | undefined> {
  return (await run(directory, ["rev-parse", "--show-prefix"]))?.replace(/\n$/, "");
}

interface RunOptions {
  readonly env?: Readonly<Record<string, string>>;
  readonly timeout?: number;
}

/** What git prints; undefined where it fails or there is none. */
async function run(directory: string, args: readonly string[], options: RunOptions = {}): Promise<string | undefined> {
  try {
    // Looking must not take the index's lock from another git, reach a network or depend on a language.
    const quiet = { GIT_OPTIONAL_LOCKS: "0", GIT_NO_LAZY_FETCH: "1", LC_ALL: "C" };
    const env = { ...process.env, ...quiet, ...options.env };
    const limits = { maxBuffer: MAX_BYTES, timeout: options.timeout ?? 0 };
    const { stdout } = await promisify(execFile)("git", args, { cwd: directory, env, ...limits });
    return stdout;
  } catch {
    return undefined;
  }
}
