import type { CiResult } from "../commands/ci";
import type { ExitKind } from "../exit-codes";
import type { Presenter } from "../verbs/verb-definition";
import type { PipelineReport } from "./pipeline-report";
import { countsText, reportHeadline, RESULT_WORDS } from "./report-headline";

/** Tells how a run of CI ended. That it could not be told elsewhere is told here, and changes nothing. */
export const presentCi: Presenter<CiResult> = {
  exit: (result) => (result.kind === "ran" ? exitOf(result.report) : "done"),
  lines: (result, { colours }) => {
    switch (result.kind) {
      case "nothing":
        return [`nothing to do: ${result.reason}`];
      case "decided":
        return [`${result.step} ${result.environment}: ${result.reason}`];
      case "ran": {
        const { report, told, file } = result;
        return [
          colours.bold(reportHeadline(report)),
          ...report.stacks.flatMap((stack) => [
            `  ${stack.project}/${stack.environment}: ${[RESULT_WORDS[stack.result], countsText(stack.counts, report.step !== "apply")].filter(Boolean).join(", ")}`,
            ...(stack.detail === undefined ? [] : [`    ${stack.detail}`]),
            ...(stack.gate?.reasons ?? []).map(({ code, message, hint }) => `    ${code}: ${message}; next: ${hint}`),
          ]),
          ...(told.comment ? [`comment ${told.comment.kind}: ${told.comment.url}`] : []),
          ...told.faults.map((fault) => colours.yellow(`warning: ${fault}`)),
          `report: ${file}`,
        ];
      }
    }
  },
  json: (result) => (result.kind === "ran" ? { kind: "ran", file: result.file, ...result.told } : result),
};

/** A preview that waits for its upstream is done; a deployment that waits for somebody is not. */
function exitOf({ stacks, step }: PipelineReport): ExitKind {
  const results = stacks.map(({ result }) => result);
  if (results.some((result) => ["failed", "unknown", "blocked", "stopped"].includes(result))) {
    const refused = results.includes("refused") && !results.some((one) => one === "failed" || one === "unknown");
    return refused ? "refused" : "fault";
  }
  if (results.includes("refused") || (step === "apply" && results.includes("waiting"))) return "refused";
  return results.includes("drifted") ? "drift" : "done";
}
