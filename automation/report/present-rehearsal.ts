import type { RehearseResult } from "../commands/rehearse";
import type { Presenter } from "../verbs/verb-definition";
import { nextAfterFailure } from "./next-after-failure";
import { maskedOutputs, renderOutputs } from "./render-outputs";
import { reportJson } from "./report-json";

/** Tells how a rehearsal ended; its operations were told when each of them ended. */
export const presentRehearsal: Presenter<RehearseResult> = {
  exit: ({ kind }) => (kind === "rehearsed" ? "done" : "fault"),
  lines: (result, { colours }) => {
    switch (result.kind) {
      case "failed":
        return nextAfterFailure(result.report);
      case "unsettled":
        return [
          "the second preview has changes although nothing was changed since the update: the program never settles",
        ];
      case "rehearsed":
        return [
          colours.bold("Outputs"),
          ...renderOutputs(result.outputs).map((line) => `  ${line}`),
          "",
          `State lives in ${result.statePlace}`,
          "Try next:",
          `  npx trunkline rehearse --env ${result.environment === "prd" ? "dev" : "prd"}`,
          `  npx trunkline outputs --target rehearsal --env ${result.environment} --json`,
          `  npx trunkline destroy --target rehearsal --env ${result.environment}`,
        ];
    }
  },
  json: (result) => {
    if (result.kind !== "rehearsed") return { ...result, report: reportJson(result.report) };
    const { dependencies: _, ...rest } = result;
    return { ...rest, outputs: maskedOutputs(result.outputs), reports: result.reports.map(reportJson) };
  },
};
