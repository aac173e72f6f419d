import type { OutputsResult } from "../commands/outputs";
import type { Presenter } from "../verbs/verb-definition";
import { maskedOutputs, renderOutputs } from "./render-outputs";

/** Tells the outputs of an environment, secrets masked. */
export const presentOutputs: Presenter<OutputsResult> = {
  exit: () => "done",
  lines: ({ outputs }) => renderOutputs(outputs),
  json: (result) => ({ ...result, outputs: maskedOutputs(result.outputs) }),
};
