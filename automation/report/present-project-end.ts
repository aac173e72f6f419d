import type { MlprojectEndResult } from "../commands/mlproject-end";
import type { Presenter } from "../verbs/verb-definition";

/** Tells what became of a run that was to end or to go. */
export const presentProjectEnd: Presenter<MlprojectEndResult> = {
  exit: () => "done",
  lines: ({ kind, name }) => [kind === "ended already" ? `run ${name} has ended already` : `run ${name} was ${kind}`],
  json: (result) => result,
};
