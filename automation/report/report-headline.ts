import { CHANGE_WORDS, type Tense } from "./change-words";
import type { ResourceChange } from "./operation-tree";
import type { PipelineReport, PipelineStep, StackReport } from "./pipeline-report";

/** The order in which results are told: the worst first. */
const WORST_FIRST = [
  "failed",
  "unknown",
  "stopped",
  "refused",
  "blocked",
  "drifted",
  "not-checked",
  "waiting",
  "applied",
  "changing",
  "unchanged",
] as const satisfies readonly StackReport["result"][];

/** What a result is called. */
export const RESULT_WORDS: Readonly<Record<StackReport["result"], string>> = {
  unchanged: "no changes",
  changing: "changes",
  applied: "applied",
  refused: "refused",
  waiting: "waiting",
  blocked: "blocked",
  failed: "failed",
  stopped: "stopped",
  unknown: "unknown",
  drifted: "drifted",
  "not-checked": "not checked",
};

const STEP_TITLES: Readonly<Record<PipelineStep, string>> = {
  rehearse: "Rehearsal",
  preview: "Preview",
  plan: "Plan",
  apply: "Deployment",
  drift: "Drift",
  nothing: "Nothing to do",
};

/** How a run is summed up in one line of plain text: its worst result, then what is changed. */
export function reportHeadline({ step, environment, stacks, fault }: PipelineReport): string {
  const title = `${STEP_TITLES[step]}${environment ? ` of ${environment}` : ""}`;
  if (step === "nothing") return title;
  const worst = worstResult(stacks);
  const verdict = fault !== undefined ? "failed" : worst === undefined ? "no stack is affected" : RESULT_WORDS[worst];
  const counted = countsText(totalCounts(stacks), tenseOf(step));
  const tell = counted !== "" && verdict !== RESULT_WORDS.unchanged;
  const isCounted = verdict === RESULT_WORDS.changing || verdict === RESULT_WORDS.drifted;
  return `${title}: ${isCounted && tell ? counted : tell ? `${verdict}, ${counted}` : verdict}`;
}

/** The result that needs most attention; undefined without stacks. */
export function worstResult(stacks: readonly StackReport[]): StackReport["result"] | undefined {
  return WORST_FIRST.find((result) => stacks.some((stack) => stack.result === result));
}

/** How the changes of a step are spoken of. */
export function tenseOf(step: PipelineStep): Tense {
  return step === "apply" ? "done" : step === "drift" ? "found" : "planned";
}

/** Counts as words, `2 to create, 1 to delete`, without what stays the same. */
export function countsText(counts: Readonly<Record<string, number>>, tense: Tense): string {
  return Object.entries(CHANGE_WORDS)
    .flatMap(([change, words]) => {
      const count = counts[change as ResourceChange] ?? 0;
      if (count === 0 || change === "same") return [];
      return [tense === "planned" ? `${count} to ${words.planned}` : `${count} ${words[tense]}`];
    })
    .join(", ");
}

function totalCounts(stacks: readonly StackReport[]): Record<string, number> {
  const total: Record<string, number> = {};
  for (const { counts } of stacks) {
    for (const [change, count] of Object.entries(counts)) total[change] = (total[change] ?? 0) + count;
  }
  return total;
}
