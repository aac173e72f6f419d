import { createTwoFilesPatch } from "diff";
import { withLf } from "../init/line-ends";
import type { FileAction, FilePlan } from "../init/plan-files";

const WORDS: Readonly<Record<FileAction, string>> = {
  create: "new",
  merge: "lines are added",
  update: "written anew: nobody changed it",
  edited: "you changed it: it stays unless you say otherwise",
  foreign: "it was there before: it stays unless you say otherwise",
  removed: "you removed it: it stays away unless you say otherwise",
  unchanged: "as it is",
};

/** Each file with what becomes of it, and the difference of those that are there. */
export function renderFilePlan(plan: readonly FilePlan[]): string[] {
  const changed = plan.filter(({ action }) => action !== "unchanged");
  if (changed.length === 0) return ["nothing to write: every file is as it is wanted"];
  const width = Math.max(...changed.map(({ path }) => path.length));
  const listed = changed.map(({ path, action }) => `  ${path.padEnd(width)}  ${WORDS[action]}`);
  const patches = changed.flatMap(({ path, action, current, next }) => {
    if (current === undefined || action === "create") return [];
    const patch = createTwoFilesPatch(path, path, withLf(current), withLf(next), "on disk", "wanted");
    return ["", ...patch.trimEnd().split("\n").slice(1)];
  });
  return [...listed, ...patches, ""];
}
