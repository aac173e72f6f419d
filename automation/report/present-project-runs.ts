import type { MlprojectListResult } from "../commands/mlproject-list";
import type { Presenter } from "../verbs/verb-definition";

/** Tells the runs of an environment, oldest first. */
export const presentProjectRuns: Presenter<MlprojectListResult> = {
  exit: () => "done",
  lines: ({ environment, runs }) => {
    if (runs.length === 0) return [`no runs of projects in ${environment}`];
    const names = Math.max(...runs.map(({ name }) => name.length));
    const states = Math.max(...runs.map(({ state }) => state.length));
    return runs.map(({ name, state, createdAt = "", detail = "" }) =>
      `${name.padEnd(names)}  ${state.padEnd(states)}  ${createdAt}  ${detail}`.trimEnd(),
    );
  },
  json: (result) => result,
};
