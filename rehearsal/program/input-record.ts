import { createHash } from "node:crypto";
import { lstatSync, readdirSync, readFileSync, readlinkSync, statSync, type Stats } from "node:fs";
import { join } from "node:path";

/**
 * A stamp is believed only when it was at least this much older than the reading of the content, in milliseconds:
 * an edit within one tick of a file system's clock leaves the stamp as it is (FAT has the coarsest clock, 2 s).
 * @see https://git-scm.com/docs/racy-git
 */
const CLOCK_TICK_MS = 2_100;

/** What `stat` says of a path: inode, size, and the milliseconds of its last change of content and of inode. */
type Stamp = readonly [inode: number, size: number, mtimeMs: number, ctimeMs: number];

/** A file or directory with the digest of its content, and the stamp for which the digest is known to hold. */
interface RecordedPath {
  readonly path: string;
  readonly digest: string;
  /** Absent while the content must be read anew each time. */
  readonly stamp?: Stamp;
}

/** Everything that a build read, so that it can be told later whether it would come out the same. */
export interface InputRecord {
  /** Files by content. */
  readonly files: readonly RecordedPath[];
  /** Directories by the names in them and the targets of links. */
  readonly directories: readonly RecordedPath[];
  /** Paths that did not exist. */
  readonly absent: readonly string[];
}

/** Paths that a build depends on. */
export interface InputPaths {
  readonly files: Iterable<string>;
  readonly directories: Iterable<string>;
  readonly absent: Iterable<string>;
}

/** Whether a record still holds: the changed path, or the record with its stamps renewed where contents were read. */
export type InputCheck =
  | { readonly kind: "changed"; readonly path: string }
  | { readonly kind: "same"; readonly record: InputRecord; readonly renewed: boolean };

/** Reads every path and records it; throws ENOENT where a file or directory is missing. */
export function recordInputs(paths: InputPaths): InputRecord {
  return {
    files: [...new Set(paths.files)].map((path) => recordPath(path, digestOfFile)),
    directories: [...new Set(paths.directories)].map((path) => recordPath(path, digestOfDirectory)),
    absent: [...new Set(paths.absent)],
  };
}

/** Compares a record with the disk: by stamps where they can be believed, else by content. */
export function checkInputs(record: InputRecord): InputCheck {
  const appeared = record.absent.find(exists);
  if (appeared !== undefined) return { kind: "changed", path: appeared };
  const files = checkPaths(record.files, digestOfFile);
  if (typeof files === "string") return { kind: "changed", path: files };
  const directories = checkPaths(record.directories, digestOfDirectory);
  if (typeof directories === "string") return { kind: "changed", path: directories };
  const renewed = files !== record.files || directories !== record.directories;
  return { kind: "same", record: { files, directories, absent: record.absent }, renewed };
}

/** Whether one of the paths was changed at or after a time, in milliseconds since 1970. */
export function changedSince(record: InputRecord, timeMs: number): boolean {
  return [...record.files, ...record.directories].some(({ path }) => {
    const stats = statOf(path);
    return stats === undefined || Math.max(stats.mtimeMs, stats.ctimeMs) >= timeMs;
  });
}

/** The recorded paths themselves when no stamp had to be renewed; a path when it changed. */
function checkPaths(
  recorded: readonly RecordedPath[],
  digestOf: (path: string) => string,
): readonly RecordedPath[] | string {
  let renewed: RecordedPath[] | undefined;
  for (const [index, entry] of recorded.entries()) {
    const stats = statOf(entry.path);
    if (stats === undefined) return entry.path;
    if (entry.stamp !== undefined && sameStamp(entry.stamp, stampOf(stats))) continue;
    const now = recordPath(entry.path, digestOf);
    if (now.digest !== entry.digest) return entry.path;
    if (now.stamp !== undefined) (renewed ??= [...recorded])[index] = now;
  }
  return renewed ?? recorded;
}

function recordPath(path: string, digestOf: (path: string) => string): RecordedPath {
  const readAt = Date.now();
  const stats = statSync(path);
  const digest = digestOf(path);
  const settled = Math.max(stats.mtimeMs, stats.ctimeMs) < readAt - CLOCK_TICK_MS;
  return settled ? { path, digest, stamp: stampOf(stats) } : { path, digest };
}

function stampOf(stats: Stats): Stamp {
  return [stats.ino, stats.size, stats.mtimeMs, stats.ctimeMs];
}

function sameStamp(a: Stamp, b: Stamp): boolean {
  return a.every((value, index) => value === b[index]);
}

function digestOfFile(path: string): string {
  return createHash("sha256").update(readFileSync(path)).digest("base64url");
}

function digestOfDirectory(path: string): string {
  const entries = readdirSync(path, { withFileTypes: true })
    // Tools keep caches in dot directories, such as node_modules/.cache; no import resolves into one by itself.
    .filter((entry) => !entry.name.startsWith("."))
    .map((entry) => (entry.isSymbolicLink() ? `${entry.name} -> ${readlinkSync(join(path, entry.name))}` : entry.name))
    .sort();
  return createHash("sha256").update(entries.join("\n")).digest("base64url");
}

function statOf(path: string): Stats | undefined {
  return statSync(path, { throwIfNoEntry: false });
}

function exists(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false }) !== undefined;
}
