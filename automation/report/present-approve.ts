import type { ApproveResult } from "../commands/approve";
import { summaryOf } from "../gate/summary";
import type { Presenter } from "../verbs/verb-definition";
import { renderDecision } from "./render-decision";

/** Tells what was approved, and how it is used. */
export const presentApprove: Presenter<ApproveResult> = {
  exit: ({ kind }) => (kind === "approved" ? "done" : "refused"),
  lines: (result, terminal) => {
    if (result.kind === "refused") return renderDecision(result.decision, terminal);
    const { bundle, approval, file } = result;
    return [
      ...summaryOf(bundle),
      `approved as ${approval.principal} until ${approval.expiresAt}: ${file}`,
      `next: trunkline up --bundle FILE --approval ${file}`,
    ];
  },
  json: (result) => {
    if (result.kind === "refused") return result;
    const { kind, approval, file } = result;
    return { kind, approval, file };
  },
};
