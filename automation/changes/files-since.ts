import type { GitPort } from "../ports/git";
import type { FileChange } from "../ports/git-output";

/** What differs between a commit and the working tree, or why that cannot be told. */
export type FilesSince =
  | { readonly kind: "files"; readonly files: readonly FileChange[] }
  | { readonly kind: "lost"; readonly reason: string };

interface SinceOptions {
  readonly root: string;
  /** Commits, in full. */
  readonly bases: readonly string[];
  /** Fetch those that this clone lacks. @default false */
  readonly fetch?: boolean;
}

/** What has changed since each of some commits; what is not committed yet counts, since it is what would be deployed. */
export async function filesSince(
  git: Pick<GitPort, "changedFiles" | "fetchCommit" | "headCommit" | "modifiedFiles">,
  { root, bases, fetch = false }: SinceOptions,
): Promise<Map<string, FilesSince>> {
  const different = [...new Set(bases)];
  if (different.length === 0) return new Map();
  const [head, modified] = await Promise.all([git.headCommit(root), git.modifiedFiles(root)]);
  const since = async (base: string): Promise<FilesSince> => {
    if (head === undefined || modified === undefined) {
      return { kind: "lost", reason: "git does not tell what has changed: there is no repository, or nothing in it" };
    }
    const compare = () => (base === head ? Promise.resolve([]) : git.changedFiles(root, base, head));
    let changed = await compare();
    if (changed === undefined && fetch && (await git.fetchCommit(root, base))) changed = await compare();
    if (changed === undefined) return { kind: "lost", reason: lostReason(base, fetch) };
    return { kind: "files", files: together(changed, modified) };
  };
  const entries = different.map(async (base) => [base, await since(base)] as const);
  return new Map(await Promise.all(entries));
}

function lostReason(base: string, fetched: boolean): string {
  const short = base.slice(0, 12);
  return fetched
    ? `the commit that it was deployed from, ${short}, is neither in this clone nor at its origin`
    : `the commit that it was deployed from, ${short}, is not in this clone`;
}

/** What happened to a file last is what the working tree has. */
function together(committed: readonly FileChange[], modified: readonly FileChange[]): FileChange[] {
  const byPath = new Map(committed.map((change) => [change.path, change]));
  for (const change of modified) {
    byPath.set(change.path, { ...change, link: change.link || byPath.get(change.path)?.link === true });
  }
  return [...byPath.values()].sort((a, b) => (a.path < b.path ? -1 : 1));
}
