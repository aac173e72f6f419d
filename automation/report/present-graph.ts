import type { GraphResult } from "../commands/graph";
import type { Presenter } from "../verbs/verb-definition";

/** Prints a graph as it is. */
export const presentGraph: Presenter<GraphResult> = {
  exit: () => "done",
  // What prints the lines ends each of them.
  lines: ({ text }) => [text.replace(/\n$/, "")],
  json: (result) => result,
};
