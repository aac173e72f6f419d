import type { CompletionResult } from "../commands/completion";
import type { Presenter } from "../verbs/verb-definition";

/** Prints the script, for the shell to read. */
export const presentCompletion: Presenter<CompletionResult> = {
  exit: () => "done",
  lines: ({ script }) => script.trimEnd().split("\n"),
  json: (result) => result,
};
