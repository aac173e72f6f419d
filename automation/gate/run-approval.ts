import type { Approval, ApprovalVerdict } from "./approval-provider";
import type { Reason, ReasonCode } from "./decision";

/** The number of a run of CI, which it keeps when its jobs run again: 1658 of `1658-1`. */
export function runNumber(run: string): number {
  return Number(run.split("-")[0]);
}

/** What a CI system, which waits by itself, has to say of a run: nothing is pending any more. */
export function verdict(approvals: readonly Approval[], rejected: readonly Reason[], fatal?: Reason): ApprovalVerdict {
  return { approvals, rejected, ...(fatal && { fatal }), pending: false };
}

/** A reason with what to do about it. */
export function reason(code: ReasonCode, message: string, hint: string): Reason {
  return { code, message, hint };
}
