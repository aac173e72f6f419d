import type { SignaturePort } from "../ports/ssh-keygen";
import { APPROVAL_NAMESPACE, approvalText, readApproval, type SignedApproval } from "./approval-document";
import type { Approval, ApprovalProvider, ApprovalRequest, ApprovalVerdict } from "./approval-provider";
import type { Reason, ReasonCode } from "./decision";

export interface SignedApprovalOptions {
  readonly name: string;
  /** Files that `trunkline approve` wrote. */
  readonly files: readonly string[];
  /** Path of the file that lists who may sign. */
  readonly allowedSigners: string;
  /** Whether who wrote the commit may approve it. */
  readonly byAuthor: boolean;
}

/** A clock of another machine may be ahead by so much. */
const CLOCK_SKEW_MS = 5 * 60_000;

/** Approvals that were signed with SSH keys and are handed over as files. */
export function signedApprovals(signatures: SignaturePort, options: SignedApprovalOptions): ApprovalProvider {
  return {
    name: options.name,
    async check(request): Promise<ApprovalVerdict> {
      const approvals: Approval[] = [];
      const rejected: Reason[] = [];
      // By key: one that is listed under two names is still one person's.
      const counted = new Map<string, string>();
      for (const file of options.files) {
        const read = await readApproval(file);
        if (read.kind === "rejected") {
          rejected.push(read.reason);
          continue;
        }
        const { signed } = read;
        const fault = contentFault(file, signed, request, options.byAuthor);
        const key = fault ? undefined : await keyOf(signatures, options.allowedSigners, signed);
        if (fault) rejected.push(fault);
        else if (key === undefined) rejected.push(unsigned(file, signed, options.allowedSigners));
        else if (counted.has(key)) rejected.push(duplicate(file, counted.get(key) ?? ""));
        else {
          counted.set(key, file);
          approvals.push({ by: signed.approval.principal, acknowledged: signed.approval.acknowledged });
        }
      }
      return { approvals, rejected, pending: false };
    },
  };
}

async function keyOf(
  signatures: SignaturePort,
  allowedSigners: string,
  { approval, signature }: SignedApproval,
): Promise<string | undefined> {
  const { principal } = approval;
  const check = { allowedSigners, principal, namespace: APPROVAL_NAMESPACE, signature, text: approvalText(approval) };
  return (await signatures.verify(check))?.fingerprint;
}

function contentFault(
  file: string,
  { approval }: SignedApproval,
  request: ApprovalRequest,
  byAuthor: boolean,
): Reason | undefined {
  const fault = (code: ReasonCode, message: string, hint: string): Reason => ({
    code,
    message: `${file}: ${message}`,
    hint,
  });
  const anew = "have this bundle approved: trunkline approve --bundle FILE";
  for (const field of ["digest", "repository", "commit", "project", "stack"] as const) {
    if (approval[field] === request[field]) continue;
    return fault("approval-foreign", `it approves ${field} ${approval[field]}, this is ${request[field]}`, anew);
  }
  if (Date.parse(approval.expiresAt) <= request.now.getTime()) {
    return fault("approval-expired", `it expired at ${approval.expiresAt}`, anew);
  }
  if (Date.parse(approval.approvedAt) > request.now.getTime() + CLOCK_SKEW_MS) {
    return fault("approval-not-yet-valid", `it is from ${approval.approvedAt}, which is yet to come`, "set the clock");
  }
  const own = request.authors.some((author) => author.toLowerCase() === approval.principal.toLowerCase());
  if (own && !byAuthor) {
    return fault("approval-author", `${approval.principal} wrote what is approved`, "have another person approve it");
  }
  return undefined;
}

function unsigned(file: string, { approval }: SignedApproval, allowedSigners: string): Reason {
  return {
    code: "approval-signature",
    message: `${file}: its signature is not ${approval.principal}'s, by ${allowedSigners}`,
    hint: "approve anew with a key that the file lists, or have the key listed there",
  };
}

function duplicate(file: string, first: string): Reason {
  return {
    code: "approval-duplicate",
    message: `${file}: the key has approved already, in ${first}`,
    hint: "nobody counts twice: have another person approve it",
  };
}
