/** Why a bundle may not be applied; stable, for programs that read them. */
export type ReasonCode =
  // the file
  | "bundle-unreadable"
  | "bundle-version"
  | "bundle-malformed"
  | "bundle-checksum"
  | "bundle-expired"
  | "bundle-not-yet-valid"
  | "bundle-digest"
  // what it is bound to
  | "repository-moved"
  | "commit-moved"
  | "inputs-moved"
  | "inputs-uncommitted"
  | "project-moved"
  | "stack-moved"
  | "target-moved"
  | "config-moved"
  | "lockfile-moved"
  | "tools-moved"
  | "state-moved"
  | "state-unsettled"
  | "changes-moved"
  | "plan-unusable"
  | "plan-violated"
  // what is never done
  | "fork"
  | "empty-registration"
  | "guard-not-run"
  // consent
  | "acknowledgement-missing"
  | "acknowledgement-foreign"
  | "acknowledgement-unknown"
  | "approval-missing"
  | "approval-pending"
  | "approval-malformed"
  | "approval-foreign"
  | "approval-expired"
  | "approval-not-yet-valid"
  | "approval-duplicate"
  | "approval-author"
  | "approval-signature"
  | "approval-signer"
  | "approval-declined"
  | "approval-unprotected"
  | "approval-unavailable"
  | "changes-requested"
  | "reviewed-unrelated"
  | "reviewed-expired"
  | "reviewed-differs";

/** One reason for a decision. */
export interface Reason {
  readonly code: ReasonCode;
  /** What differs or is missing, with both values where there are two. */
  readonly message: string;
  /** What to do next. */
  readonly hint: string;
}

/** Whether a bundle may be applied now. */
export interface GateDecision {
  /** `waiting`: nothing is wrong, and an approval may still come. */
  readonly kind: "open" | "refused" | "waiting";
  /** Why not; for an open gate, what it was opened by is in `approvedBy`. */
  readonly reasons: readonly Reason[];
  /** Who approved, and how. */
  readonly approvedBy: readonly string[];
}

/** A decision against a bundle. */
export function refused(...reasons: readonly Reason[]): GateDecision {
  return { kind: "refused", reasons, approvedBy: [] };
}
