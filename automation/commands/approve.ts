import { resolve } from "node:path";
import writeFileAtomic from "write-file-atomic";
import type { Bundle } from "../bundle/bundle";
import { canonicalJson } from "../bundle/canonical-json";
import { readBundle } from "../bundle/read-bundle";
import { digestMatches } from "../bundle/verify-bundle";
import { AutomationError } from "../errors";
import { missingAcknowledgements } from "../gate/acknowledgements";
import {
  APPROVAL_NAMESPACE,
  APPROVAL_VERSION,
  approvalText,
  type ApprovalContent,
  type SignedApproval,
} from "../gate/approval-document";
import { refused, type GateDecision } from "../gate/decision";
import type { VerbDeps } from "./verb";

export interface ApproveOptions {
  /** The file of the bundle. */
  readonly bundle: string;
  /** The digest that was reviewed, or at least 12 digits of it: another bundle is refused. */
  readonly digest: string;
  /** A private SSH key, or a public one whose private key the agent has. */
  readonly key: string;
  /** Who approves, as the allowed-signers file calls them. */
  readonly as: string;
  /** URNs of the stateful resources that may be deleted or replaced, and outputs that may break: `output:PATH`. */
  readonly acknowledge?: readonly string[];
  /** How long the approval counts, in hours, at most as long as the bundle. @default as long as the bundle */
  readonly expiresIn?: number;
  /** Where the approval is written. */
  readonly out: string;
}

/** What became of an approval. */
export type ApproveResult =
  | { readonly kind: "approved"; readonly bundle: Bundle; readonly approval: ApprovalContent; readonly file: string }
  | { readonly kind: "refused"; readonly decision: GateDecision };

/** Approves a bundle with an SSH key. It is refused where data would be lost that is not acknowledged: it would open no gate. */
export async function approve({ gate }: Pick<VerbDeps, "gate">, options: ApproveOptions): Promise<ApproveResult> {
  const read = await readBundle(options.bundle);
  if (read.kind === "refused") return { kind: "refused", decision: refused(read.reason) };
  const { bundle } = read;
  const now = gate.clock();
  const reasons = missingAcknowledgements(
    bundle.changes,
    [bundle.digest],
    (options.acknowledge ?? []).map((urn) => ({ urn, digest: options.digest })),
    bundle.brokenOutputs,
  );
  if (!digestMatches(bundle.digest, options.digest)) {
    const message = `the bundle has the digest ${bundle.digest}, ${options.digest} was reviewed`;
    reasons.unshift({ code: "bundle-digest", message, hint: "take the file that was reviewed" });
  }
  if (Date.parse(bundle.expiresAt) <= now.getTime()) {
    const message = `the bundle expired at ${bundle.expiresAt}`;
    reasons.push({ code: "bundle-expired", message, hint: "preview anew and review the new bundle" });
  }
  if (reasons.length > 0) return { kind: "refused", decision: refused(...reasons) };
  const approval: ApprovalContent = {
    version: APPROVAL_VERSION,
    digest: bundle.digest,
    repository: bundle.repository,
    commit: bundle.commit,
    project: bundle.project,
    stack: bundle.stack,
    acknowledged: [...(options.acknowledge ?? [])],
    principal: options.as,
    approvedAt: now.toISOString(),
    expiresAt: expiry(bundle, now, options.expiresIn),
  };
  const signature = await gate.signatures.sign(options.key, APPROVAL_NAMESPACE, approvalText(approval));
  const file = resolve(options.out);
  await write(file, { approval, signature });
  return { kind: "approved", bundle, approval, file };
}

function expiry({ expiresAt }: Bundle, now: Date, hours: number | undefined): string {
  const latest = Date.parse(expiresAt);
  return new Date(hours === undefined ? latest : Math.min(latest, now.getTime() + hours * 3_600_000)).toISOString();
}

async function write(file: string, signed: SignedApproval): Promise<void> {
  try {
    await writeFileAtomic(file, `${canonicalJson(signed)}\n`);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new AutomationError("fault", `${file} cannot be written: ${reason}`, {
      hint: "name a file in a folder that exists and can be written to: --out FILE",
      cause,
    });
  }
}
