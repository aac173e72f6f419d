import { posix } from "node:path";

/** A file that differs between two states of a repository. */
export interface FileChange {
  readonly path: string;
  readonly status: "added" | "modified" | "deleted";
  /** It is, or was, no file of its own: a symbolic link, or a repository within the repository. */
  readonly link: boolean;
}

/** Modes of symbolic links and of submodules. */
const LINK_MODES: readonly string[] = ["120000", "160000"];

/**
 * Reads what `git diff-tree --raw -z --no-renames` prints; `prefix` is where the directory lies to which paths are told.
 * @see https://git-scm.com/docs/diff-format
 */
export function parseRawDiff(text: string, prefix: string): FileChange[] {
  const fields = text.split("\0");
  const changes: FileChange[] = [];
  for (let i = 0; i + 1 < fields.length; i += 2) {
    const [oldMode = "", newMode = "", , , status = ""] = (fields[i] ?? "").slice(1).split(" ");
    changes.push({
      path: posix.relative(prefix, fields[i + 1] ?? ""),
      status: status === "A" ? "added" : status === "D" ? "deleted" : "modified",
      link: LINK_MODES.includes(oldMode) || LINK_MODES.includes(newMode),
    });
  }
  return changes;
}

/**
 * Reads what `git status --porcelain=v2 -z --no-renames` prints. A file whose change is staged and undone again still
 * counts as changed: it may be built from either.
 * @see https://git-scm.com/docs/git-status#_porcelain_format_version_2
 */
export function parseStatus(text: string, prefix: string): FileChange[] {
  return text.split("\0").flatMap((line): FileChange[] => {
    const [kind = "", states = "", submodule = "", ...rest] = line.split(" ");
    const path = (skipped: number) => posix.relative(prefix, rest.slice(skipped).join(" "));
    switch (kind) {
      case "?":
        return [{ path: posix.relative(prefix, line.slice(2)), status: "added", link: false }];
      case "1": {
        const status = states.includes("D") ? "deleted" : states.includes("A") ? "added" : "modified";
        return [{ path: path(5), status, link: isLink(submodule, rest.slice(0, 3)) }];
      }
      case "u":
        return [{ path: path(7), status: "modified", link: isLink(submodule, rest.slice(0, 4)) }];
      default:
        return [];
    }
  });
}

function isLink(submodule: string, modes: readonly string[]): boolean {
  return submodule.startsWith("S") || modes.some((mode) => LINK_MODES.includes(mode));
}
