import type { RunResult } from "../commands/run-result";
import type { Presenter } from "../verbs/verb-definition";

type Outcome = RunResult["stacks"][number]["outcome"];

/** Tells how a run of several stacks ended. */
export const presentRun: Presenter<RunResult> = {
  exit: ({ complete }) => (complete ? "done" : "fault"),
  lines: ({ environment, stacks, complete }, { colours }) => {
    const width = Math.max(...stacks.map(({ stack }) => stack.length), 0);
    return [
      colours.bold(`Stacks of ${environment}`),
      ...stacks.map(({ stack, outcome }) => `  ${stack.padEnd(width)}  ${describe(outcome)}`),
      ...(complete ? [] : ["next: correct the cause, then go on with this run: trunkline up --resume"]),
    ];
  },
  json: (result) => result,
};

function describe(outcome: Outcome): string {
  switch (outcome.kind) {
    case "applied":
      return "applied";
    case "unchanged":
      return "no changes";
    case "before":
      return "applied before";
    case "changing":
      return "has changes";
    case "failed":
      return `failed: ${outcome.reason}`;
    case "unknown":
      return `unknown: ${outcome.reason}`;
    case "refused":
      return `refused: ${outcome.reason}`;
    case "stopped":
      return "stopped";
    case "blocked":
      return `blocked by ${outcome.by.join(", ")}`;
    case "waiting":
      return `waiting for ${outcome.for.join(", ")}`;
  }
}
