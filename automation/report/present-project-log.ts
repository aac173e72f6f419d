import type { MlprojectLogsResult } from "../commands/mlproject-logs";
import type { Presenter } from "../verbs/verb-definition";

/** Tells the log of a run. */
export const presentProjectLog: Presenter<MlprojectLogsResult> = {
  exit: () => "done",
  lines: ({ lines }) => [...lines],
  json: (result) => result,
};
