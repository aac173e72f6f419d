import { lossesOf, missingAcknowledgements, type Acknowledgement } from "./acknowledgements";
import type { Approval, ApprovalVerdict } from "./approval-provider";
import type { Bundle } from "../bundle/bundle";
import type { GateDecision, Reason } from "./decision";

/** What one rule of the policy found: the gate is open when one rule has enough approvals. */
export interface RuleOutcome {
  /** How the policy calls the rule. */
  readonly rule: string;
  /** How many different people have to approve. */
  readonly required: number;
  readonly verdict: ApprovalVerdict;
}

export interface GateFacts {
  readonly bundle: Bundle;
  /** The reviewed bundle, where this one is equal to it. */
  readonly inherited?: Bundle;
  /** Why it is not, where one was given. */
  readonly notInherited: readonly Reason[];
  /** No rules: nobody has to approve. */
  readonly outcomes: readonly RuleOutcome[];
  readonly acknowledgements: readonly Acknowledgement[];
}

/** Decides whether a bundle may be applied. */
export function decideGate(facts: GateFacts): GateDecision {
  const { bundle, inherited, notInherited, outcomes } = facts;
  const counted = outcomes.map((outcome) => ({ ...outcome, people: distinct(outcome.verdict.approvals) }));
  const opened = counted.find(({ people, required, verdict }) => people.length >= required && !verdict.fatal);
  const fatal = outcomes.flatMap(({ verdict }) => (verdict.fatal ? [verdict.fatal] : []));
  const digests = [bundle.digest, ...(inherited ? [inherited.digest] : [])];
  // An approver names the losses of the bundle that is approved: they count with the approval, and only with it.
  const signed = (opened?.verdict.approvals ?? []).flatMap(({ acknowledged }) =>
    acknowledged.map((urn) => ({ urn, digest: bundle.digest })),
  );
  const acknowledged = unique([...facts.acknowledgements, ...signed]);
  const missing = missingAcknowledgements(bundle.changes, digests, acknowledged, bundle.brokenOutputs);
  const approvedBy = (opened?.people ?? []).map((by) => `${by} (${opened?.rule})`);
  const open = outcomes.length === 0 || opened !== undefined;
  if (open && fatal.length === 0 && missing.length === 0) return { kind: "open", reasons: [], approvedBy };
  const reasons = [...fatal, ...missing];
  const pending = !open && fatal.length === 0 && outcomes.some(({ verdict }) => verdict.pending);
  if (!open) {
    reasons.push(...notInherited, ...outcomes.flatMap(({ verdict }) => verdict.rejected));
    reasons.push(...counted.map(({ rule, required, people }) => lacking(bundle, rule, required, people, pending)));
  }
  return { kind: pending && missing.length === 0 ? "waiting" : "refused", reasons, approvedBy };
}

function lacking(bundle: Bundle, rule: string, required: number, people: readonly string[], pending: boolean): Reason {
  const losses = lossesOf(bundle.changes).length;
  return {
    code: pending ? "approval-pending" : "approval-missing",
    message: `${bundle.stack} needs ${required} by ${rule}, it has ${people.length}${people.length > 0 ? ` (${people.join(", ")})` : ""}`,
    hint: `have the bundle ${bundle.digest} approved${losses > 0 ? `, with the loss of ${losses} stateful resources` : ""}`,
  };
}

/** Nobody counts twice, however often they approve. */
function distinct(approvals: readonly Approval[]): string[] {
  return [...new Set(approvals.map(({ by }) => by.toLowerCase()))];
}

function unique(acknowledgements: readonly Acknowledgement[]): Acknowledgement[] {
  return [...new Map(acknowledgements.map((one) => [`${one.urn} ${one.digest}`, one])).values()];
}
