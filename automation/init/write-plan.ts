import type { Questions } from "../ports/questions";
import type { RepositoryFiles } from "../ports/repository-files";
import { likeBefore } from "./merge-files";
import { ASKED_ACTIONS, SAFE_ACTIONS, type FilePlan } from "./plan-files";

/** How it is decided what is written. */
export interface WriteConsent {
  /** Undefined where nobody can be asked. */
  readonly questions: Questions | undefined;
  /** What loses nobody's work is written without a question. */
  readonly yes: boolean;
  /** Files that are replaced though somebody's work is in them. */
  readonly replace: readonly string[];
}

/** What was written, and what was left as it is. */
export interface WrittenPlan {
  readonly written: readonly string[];
  readonly kept: readonly string[];
}

/**
 * Writes what was agreed to: new files and lines after one question, and each file with somebody's work in it only where it
 * was named, or the person said so. Undefined where the person wants none of it; nothing is written then.
 */
export async function writePlan(
  files: Pick<RepositoryFiles, "write">,
  plan: readonly FilePlan[],
  { questions, yes, replace }: WriteConsent,
): Promise<WrittenPlan | undefined> {
  const safe = plan.filter(({ action }) => SAFE_ACTIONS.includes(action));
  if (safe.length > 0 && !yes && !(await questions?.confirm(`Write ${safe.length} files?`, true))) return undefined;
  const asked: FilePlan[] = [];
  const kept: string[] = [];
  for (const file of plan.filter(({ action }) => ASKED_ACTIONS.includes(action))) {
    const what = file.action === "removed" ? `${file.path} was removed. Write it again?` : `Replace ${file.path}?`;
    const agreed = replace.includes(file.path) || (!yes && (await questions?.confirm(what, false)) === true);
    if (agreed) asked.push(file);
    else kept.push(file.path);
  }
  const chosen = [...safe, ...asked];
  for (const { path, next, current } of chosen) await files.write(path, likeBefore(next, current));
  return { written: chosen.map(({ path }) => path).sort(), kept };
}
