import type { MlprojectRunResult } from "../commands/mlproject-run";
import type { Presenter } from "../verbs/verb-definition";

/** Tells how a run of a project ended, and where MLflow shows what it recorded. */
export const presentProjectRun: Presenter<MlprojectRunResult> = {
  exit: ({ kind }) => (kind === "succeeded" ? "done" : "fault"),
  lines: (result) => [
    headline(result),
    ...result.runs.map(({ runId, address }) => `MLflow run ${runId}  ${address}`),
    ...(result.kind === "left"
      ? [`next: trunkline mlproject logs ${result.name} --follow, or trunkline mlproject stop ${result.name}`]
      : []),
  ],
  json: (result) => result,
};

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
