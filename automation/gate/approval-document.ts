import { readFile } from "node:fs/promises";
import { z } from "zod";
import { canonicalJson } from "../bundle/canonical-json";
import type { Reason } from "./decision";

/** The version of the format. */
export const APPROVAL_VERSION = 1;

/** What a signature is for: one that was made for anything else does not fit. */
export const APPROVAL_NAMESPACE = "trunkline-approval";

const approval = z.strictObject({
  version: z.literal(APPROVAL_VERSION),
  /** The digest of the bundle. */
  digest: z.string().regex(/^sha256:[0-9a-f]{64}$/),
  repository: z.string(),
  commit: z.string(),
  project: z.string(),
  stack: z.string(),
  /** URNs of the stateful resources whose loss is acknowledged. */
  acknowledged: z.array(z.string()),
  /** Who approves, as the allowed-signers file calls them. */
  principal: z.string().min(1),
  approvedAt: z.iso.datetime(),
  expiresAt: z.iso.datetime(),
});

const signedApproval = z.strictObject({
  approval,
  signature: z.string().startsWith("-----BEGIN SSH SIGNATURE-----"),
});

/** What an approver signs. */
export type ApprovalContent = Readonly<z.infer<typeof approval>>;

/** An approval with its signature, as `trunkline approve` writes it. */
export type SignedApproval = Readonly<z.infer<typeof signedApproval>>;

/** The text that is signed. */
export function approvalText(content: ApprovalContent): string {
  return canonicalJson(content);
}

/** A signed approval that was read, or why a file is none. */
export type ReadApproval =
  | { readonly kind: "approval"; readonly file: string; readonly signed: SignedApproval }
  | { readonly kind: "rejected"; readonly reason: Reason };

/** Reads the file of a signed approval; its signature is not looked at. */
export async function readApproval(file: string): Promise<ReadApproval> {
  try {
    const { data, error } = signedApproval.safeParse(JSON.parse(await readFile(file, "utf8")));
    if (data) return { kind: "approval", file, signed: data };
    return reject(
      file,
      error.issues.map(({ path, message }) => `${path.map(String).join(".")}: ${message}`).join("; "),
    );
  } catch (cause) {
    return reject(file, cause instanceof Error ? cause.message : String(cause));
  }
}

function reject(file: string, message: string): ReadApproval {
  const hint = "take the file that trunkline approve wrote, or approve anew";
  return {
    kind: "rejected",
    reason: { code: "approval-malformed", message: `${file} is no approval: ${message}`, hint },
  };
}
