import { digestOf } from "./init-record";
import { withLf } from "./line-ends";

/**
 * What becomes of a file: `create` one that is not there, `merge` lines into one, `update` one that is as it was written;
 * ask before an `edited`, `foreign` (never written by us) or `removed` one; leave an `unchanged` one.
 */
export type FileAction = "create" | "merge" | "update" | "edited" | "foreign" | "removed" | "unchanged";

/** A file, and what becomes of it. */
export interface FilePlan {
  readonly path: string;
  readonly action: FileAction;
  /** Its text on disk; undefined where there is none. */
  readonly current?: string;
  readonly next: string;
}

/** What there is to decide from. */
export interface FileFacts {
  /** Whole files that are wanted, by path. */
  readonly wanted: Readonly<Record<string, string>>;
  /** Files into which lines are merged, with their texts after it. */
  readonly merged: Readonly<Record<string, string>>;
  /** What is on disk. */
  readonly current: (path: string) => string | undefined;
  /** Digests of what was written before, by path. */
  readonly recorded: Readonly<Record<string, string>>;
  /** Ask about somebody's changes also where what is wanted is what was written before. */
  readonly offerEdits: boolean;
}

/** Actions that are carried out with one question for all of them. */
export const SAFE_ACTIONS: readonly FileAction[] = ["create", "merge", "update"];

/** Actions that need a word for each file: somebody's work would be lost. */
export const ASKED_ACTIONS: readonly FileAction[] = ["edited", "foreign", "removed"];

/** Decides what becomes of each file, in the order of their paths. */
export function planFiles({ wanted, merged, current, recorded, offerEdits }: FileFacts): FilePlan[] {
  const whole = Object.entries(wanted).map(([path, next]): FilePlan => {
    const text = current(path);
    return {
      path,
      next,
      ...(text !== undefined && { current: text }),
      action: actionOf(text, next, recorded[path], offerEdits),
    };
  });
  const lines = Object.entries(merged).map(([path, next]): FilePlan => {
    const text = current(path);
    if (text === undefined) return { path, next, action: "create" };
    return { path, next, current: text, action: withLf(text) === withLf(next) ? "unchanged" : "merge" };
  });
  return [...whole, ...lines].sort((a, b) => (a.path < b.path ? -1 : 1));
}

function actionOf(
  current: string | undefined,
  next: string,
  recorded: string | undefined,
  offerEdits: boolean,
): FileAction {
  if (current !== undefined && withLf(current) === withLf(next)) return "unchanged";
  if (recorded === undefined) return current === undefined ? "create" : "foreign";
  if (!offerEdits && recorded === digestOf(next)) return "unchanged";
  if (current === undefined) return "removed";
  return recorded === digestOf(current) ? "update" : "edited";
}
