import type { CiResult } from "../commands/ci";
import type { Presenter } from "../verbs/verb-definition";
import { reportHeadline } from "./report-headline";
import { stackLines, stacksExit } from "./stack-lines";

/** Tells how a run of CI ended. That it could not be told elsewhere is told here, and changes nothing. */
export const presentCi: Presenter<CiResult> = {
  exit: (result) => (result.kind === "ran" ? stacksExit(result.report.stacks, result.report.step) : "done"),
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
          ...stackLines(report.stacks, report.step),
          ...(told.comment ? [`comment ${told.comment.kind}: ${told.comment.url}`] : []),
          ...told.faults.map((fault) => colours.yellow(`warning: ${fault}`)),
          `report: ${file}`,
        ];
      }
    }
  },
  json: (result) => (result.kind === "ran" ? { kind: "ran", file: result.file, ...result.told } : result),
};
