import type { RunResult } from "../commands/run-result";
import type { OperationResult } from "../commands/verb";
import type { Presenter } from "../verbs/verb-definition";
import { presentOperation } from "./present-operation";
import { presentRun } from "./present-run";

/** Tells how an update ended, of one stack or of several. */
export const presentUp: Presenter<OperationResult | RunResult> = {
  exit: (result) => (result.kind === "run" ? presentRun.exit(result) : presentOperation.exit(result)),
  lines: (result, terminal) =>
    result.kind === "run" ? presentRun.lines(result, terminal) : presentOperation.lines(result, terminal),
  json: (result) => (result.kind === "run" ? presentRun.json(result) : presentOperation.json(result)),
};
