import type { StackOutcome } from "../run/stack-outcome";
import type { EnvironmentName } from "../stack/stack-for-branch";
import type { VerbOptions } from "./verb";

export interface RunOptions extends VerbOptions {
  /** How many stacks are brought up at once, 1 or more. */
  readonly parallel: number;
}

/** How a run of several stacks ended. */
export interface RunResult {
  readonly kind: "run";
  readonly environment: EnvironmentName;
  /** Whether every stack is what its program declares. */
  readonly complete: boolean;
  /** Each stack of the run with how it ended; `before` was brought up before the run was resumed. */
  readonly stacks: readonly { readonly stack: string; readonly outcome: StackOutcome | { readonly kind: "before" } }[];
}

/** The result of a run from its stacks' outcomes, and from those that were brought up before it was resumed. */
export function runResult(
  environment: EnvironmentName,
  outcomes: ReadonlyMap<string, StackOutcome>,
  before: readonly string[] = [],
): RunResult {
  const complete = [...outcomes.values()].every(({ kind }) => kind === "applied" || kind === "unchanged");
  const done = before.map((stack) => ({ stack, outcome: { kind: "before" } as const }));
  return {
    kind: "run",
    environment,
    complete,
    stacks: [...done, ...[...outcomes].map(([stack, outcome]) => ({ stack, outcome }))],
  };
}
