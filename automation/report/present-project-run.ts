import type { MlprojectRunResult } from "../commands/mlproject-run";
import { exitCodeOf, type Exit } from "../exit-codes";
import type { Presenter } from "../verbs/verb-definition";

/** Tells how a run of a project ended, ends as it did, and tells where MLflow shows what it recorded. */
export const presentProjectRun: Presenter<MlprojectRunResult> = {
  exit: exitOf,
  lines: (result) => [
    headline(result),
    ...result.runs.map(({ runId, address }) => `MLflow run ${runId}  ${address ?? "(nothing is recorded of it)"}`),
    ...(result.kind === "left"
      ? [`next: trunkline mlproject logs ${result.name} --follow, or trunkline mlproject stop ${result.name}`]
      : []),
  ],
  json: (result) => {
    const exit = exitOf(result);
    return { ...result, exit: { code: exitCodeOf(exit), of: typeof exit === "string" ? "trunkline" : "run" } };
  },
};

/** The code of the run's process; a run that did not succeed never ends the CLI with 0, and one without a code with 1. */
function exitOf({ kind, exitCode }: MlprojectRunResult): Exit {
  if (kind === "left") return "fault";
  if (kind === "succeeded") return { ofProgram: 0 };
  return exitCode ? { ofProgram: exitCode } : "fault";
}

function headline({ kind, name, exitCode, reason }: MlprojectRunResult): string {
  switch (kind) {
    case "succeeded":
      return `run ${name} succeeded`;
    case "failed":
      return `run ${name} failed${exitCode === undefined ? "" : ` with exit code ${exitCode}`}: ${reason}`;
    case "stopped":
      return `run ${name} was stopped`;
    case "left":
      return `run ${name} goes on, and is not followed any more`;
  }
}
