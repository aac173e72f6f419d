import { relative, sep } from "node:path";
import type { Reason } from "../changes/reason";
import type { VerbDeps } from "../commands/verb";
import { journalDirectory } from "../journal/journal-directory";
import { leftByLastRun } from "../journal/left-by-last-run";
import type { StackReport } from "../report/pipeline-report";
import { beginRun } from "../run/begin-run";
import type { KnownStates } from "../run/run-work";
import type { StackWork } from "../run/stack-work";
import type { StackDecision } from "../workspace/decide-pipeline";
import { runStep } from "./run-step";

/**
 * Applies the stacks that are affected and those that the last run of the environment left in their midst, and records in a
 * journal how far that got: a job that is run again goes on from there.
 */
export async function applyStep(
  deps: VerbDeps,
  root: string,
  decided: readonly StackDecision[],
  work: StackWork,
): Promise<StackReport[]> {
  const { target, environment, directory } = work;
  const known = await leftByLastRun(journalDirectory(root, target, environment), deps.owners);
  for (const stack of goneStacks(decided, known)) {
    deps.note(`the last run left ${stack} in its midst, which is no project of ${environment} any more`);
  }
  const affected = withLeft(decided, known).filter(({ reasons }) => reasons.length > 0);
  if (affected.length === 0) return [];
  const stacks = affected.map(({ project }) => project.name);
  const dependencies = new Map(affected.map((stack) => [stack.project.name, namesOf(stack)]));
  const bundles = relative(root, directory).split(sep).join("/") || ".";
  const journal = await beginRun(deps, { root, target, environment, stacks, dependencies, bundles });
  try {
    return await runStep(deps, "apply", affected, work, { journal, known });
  } finally {
    await journal.end();
  }
}

/** What was left in its midst is brought to its end whatever has changed since, with what depends on it. */
export function withLeft(decided: readonly StackDecision[], known: KnownStates): StackDecision[] {
  const added = new Set<string>();
  return decided.map((stack) => {
    if (stack.reasons.length > 0) return stack;
    const reasons: Reason[] = namesOf(stack)
      .filter((name) => added.has(name))
      .map((project) => ({ kind: "upstream", project }));
    if (known.get(stack.project.name) === "unknown")
      reasons.unshift({ kind: "base", text: "its last run was cut off" });
    if (reasons.length > 0) added.add(stack.project.name);
    return { ...stack, reasons };
  });
}

function goneStacks(decided: readonly StackDecision[], known: KnownStates): string[] {
  const names = new Set(decided.map(({ project }) => project.name));
  return [...known].filter(([name, state]) => state === "unknown" && !names.has(name)).map(([name]) => name);
}

function namesOf({ dependsOn }: StackDecision): string[] {
  return dependsOn.map(({ project }) => project);
}
