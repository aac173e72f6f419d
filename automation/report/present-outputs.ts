import type { OutputsResult } from "../commands/outputs";
import type { Presenter } from "../verbs/verb-definition";
import { maskedOutputs, renderOutputs } from "./render-outputs";

/** Tells the outputs of an environment, secrets masked, or where they were written. */
export const presentOutputs: Presenter<OutputsResult> = {
  exit: () => "done",
  lines: (result) => {
    switch (result.kind) {
      case "outputs":
        return renderOutputs(result.outputs);
      case "formatted":
        // What prints the lines ends each of them.
        return [result.text.replace(/\n$/, "")];
      case "written":
        return [
          `written to ${result.file}`,
          ...(result.leftOut.length > 0 ? [`left out are secrets: ${result.leftOut.join(", ")}`] : []),
        ];
    }
  },
  json: (result) => (result.kind === "outputs" ? { ...result, outputs: maskedOutputs(result.outputs) } : result),
};
