import type { OperationResult } from "../commands/verb";
import type { Presenter } from "../verbs/verb-definition";
import { nextAfterFailure } from "./next-after-failure";
import { renderReport } from "./render-report";
import { reportJson } from "./report-json";

/** Tells how a verb ended that is one operation. */
export const presentOperation: Presenter<OperationResult> = {
  exit: ({ kind }) => (kind === "done" ? "done" : "fault"),
  lines: ({ kind, report }, terminal) => [
    ...renderReport(report, terminal),
    ...(kind === "failed" ? nextAfterFailure(report) : []),
  ],
  json: (result) => ({ ...result, report: reportJson(result.report) }),
};
