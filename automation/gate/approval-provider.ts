import type { Reason } from "./decision";

/** What is to be approved. */
export interface ApprovalRequest {
  readonly digest: string;
  readonly repository: string;
  readonly commit: string;
  readonly project: string;
  readonly stack: string;
  readonly pullRequest?: number;
  /** The run of CI that made the bundle. */
  readonly run?: string;
  /** Who wrote the commit, and who caused the run. */
  readonly authors: readonly string[];
  /** URNs whose loss has to be acknowledged. */
  readonly stateful: readonly string[];
  readonly now: Date;
}

/** One approval that counts. */
export interface Approval {
  /** Who approved; nobody counts twice. */
  readonly by: string;
  /** URNs whose loss this person acknowledges. */
  readonly acknowledged: readonly string[];
}

/** What one provider knows of a request. */
export interface ApprovalVerdict {
  readonly approvals: readonly Approval[];
  /** Approvals that do not count, and why; what is refused outright is `fatal`. */
  readonly rejected: readonly Reason[];
  /** Closes the gate whatever other approvals there are. */
  readonly fatal?: Reason;
  /** Whether more may come without a change of what is to be approved. */
  readonly pending: boolean;
}

/** Knows of approvals from one place. */
export interface ApprovalProvider {
  /** As the policy calls it. */
  readonly name: string;
  /** Throws AutomationError where the place cannot be asked. */
  check(request: ApprovalRequest): Promise<ApprovalVerdict>;
}
