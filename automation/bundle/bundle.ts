import { createHash } from "node:crypto";
import { z } from "zod";
import { canonicalJson } from "./canonical-json";
import { CHANGE_ACTIONS } from "./change";

/** The version of the format; a bundle of another version is refused. */
export const BUNDLE_VERSION = 1;

const sha256 = z.string().regex(/^sha256:[0-9a-f]{64}$/, "must be sha256: and 64 hexadecimal digits");
const commitId = z.string().regex(/^[0-9a-f]{40}(?:[0-9a-f]{24})?$/, "must be a full commit id");

/** The form of how a property changes. */
export const propertyChange = z.strictObject({
  path: z.string(),
  kind: z.enum(["add", "update", "delete"]),
  replaces: z.boolean(),
  secret: z.boolean(),
  old: z.json().optional(),
  new: z.json().optional(),
  oldDigest: z.string().optional(),
  newDigest: z.string().optional(),
  generated: z.literal(true).optional(),
});

/** The form of what is done to a resource. */
export const changeSchema = z.strictObject({
  urn: z.string().startsWith("urn:pulumi:"),
  type: z.string(),
  name: z.string(),
  action: z.enum(CHANGE_ACTIONS),
  stateful: z.boolean(),
  protected: z.boolean(),
  properties: z.array(propertyChange),
});

const brokenOutput = z.strictObject({
  path: z.array(z.string()).min(1).readonly(),
  change: z.enum(["removed", "retyped"]),
  from: z.string(),
  to: z.string(),
  /** Projects that read it. */
  consumers: z.array(z.string()).min(1).readonly(),
});

const tools = z.strictObject({
  trunkline: z.string(),
  node: z.string(),
  engine: z.strictObject({ name: z.enum(["cli", "embedded"]), version: z.string() }),
  /** Versions of the providers in use, sorted, by package. */
  providers: z.record(z.string(), z.array(z.string())),
});

/** The form of a bundle but for its digest. */
export const bundleContent = z.strictObject({
  version: z.literal(BUNDLE_VERSION),
  createdAt: z.iso.datetime(),
  expiresAt: z.iso.datetime(),
  /** `owner/name`; of a repository without a remote, the name of its folder. */
  repository: z.string().min(1),
  commit: commitId,
  /** The tree of files that the program is made of, by content. */
  inputsTree: sha256,
  project: z.string().min(1),
  stack: z.string().min(1),
  target: z.enum(["cloud", "rehearsal"]),
  configHash: sha256,
  lockfileHash: sha256,
  tools,
  /** With it the digests of secrets, and the fingerprint, are made. */
  salt: z.string().regex(/^[0-9a-f]{32}$/),
  stateFingerprint: sha256,
  /** The engine's update plan, its secrets encrypted by the stack's secrets provider, compressed, in base64. */
  plan: z.base64(),
  changes: z.array(changeSchema),
  /** Outputs that known consumers read and can read no longer; absent where there are none. */
  brokenOutputs: z.array(brokenOutput).min(1).readonly().optional(),
  /** Who wrote the commit, and who caused the run. */
  authors: z.array(z.string()),
  pullRequest: z.number().int().positive().optional(),
  /** The run of CI that made it. */
  run: z.string().optional(),
});

/** The form of a bundle. */
export const bundleSchema = bundleContent.extend({ digest: sha256 });

/** A bundle but for its digest. */
export type BundleContent = z.infer<typeof bundleContent>;

/** What a reviewer approves: everything that an update of one stack depends on, under one digest. */
export type Bundle = Readonly<z.infer<typeof bundleSchema>>;

/** Names and versions of what carried a preview out. */
export type BundleTools = Bundle["tools"];

/** The digest of a bundle: over all of it but the digest itself. */
export function digestOf(content: BundleContent): string {
  const { digest: _, ...rest } = content as Partial<Bundle>;
  return sha256Of(canonicalJson(rest));
}

/** Closes a bundle with its digest. */
export function sealBundle(content: BundleContent): Bundle {
  return { ...content, digest: digestOf(content) };
}

/** `sha256:` and the hexadecimal SHA-256 of a text or of bytes. */
export function sha256Of(content: string | Uint8Array): string {
  return `sha256:${createHash("sha256").update(content).digest("hex")}`;
}
