import type { DeployedBundle } from "../bundle/deploy-bundle";
import type { Presenter } from "../verbs/verb-definition";
import { nextAfterFailure } from "./next-after-failure";
import { renderDecision } from "./render-decision";
import { renderReport } from "./render-report";
import { reportJson } from "./report-json";

/** Tells how the deployment of a bundle ended: who approved it, or why it was refused. */
export const presentBundle: Presenter<DeployedBundle> = {
  exit: ({ kind }) => (kind === "applied" ? "done" : kind === "failed" ? "fault" : "refused"),
  lines: (result, terminal) => {
    if (result.kind === "refused") return renderDecision(result.decision, terminal);
    const { report, bundle, approvedBy, kind } = result;
    return [
      ...renderReport(report, terminal),
      `bundle ${bundle.digest}${approvedBy.length > 0 ? `, approved by ${approvedBy.join(", ")}` : ""}`,
      ...(kind === "failed" ? nextAfterFailure(report) : []),
    ];
  },
  json: (result) => {
    if (result.kind === "refused") return result;
    const { kind, environment, approvedBy, report, bundle } = result;
    return { kind, environment, bundle: bundle.digest, approvedBy, report: reportJson(report) };
  },
};
