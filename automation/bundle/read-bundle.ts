import { readFile } from "node:fs/promises";
import writeFileAtomic from "write-file-atomic";
import { AutomationError } from "../errors";
import type { Reason } from "../gate/decision";
import { BUNDLE_VERSION, bundleSchema, digestOf, type Bundle } from "./bundle";
import { canonicalJson } from "./canonical-json";
import { schemaFaults } from "../settings/schema-faults";

/** A bundle that is whole, or why a text is none. */
export type ReadBundle =
  { readonly kind: "bundle"; readonly bundle: Bundle } | { readonly kind: "refused"; readonly reason: Reason };

/** No bundle of a real stack is as large. */
const MAX_BYTES = 256 * 1024 * 1024;

const ANEW = "make a bundle anew: trunkline preview --bundle FILE";

/** Reads a bundle's file. */
export async function readBundle(file: string): Promise<ReadBundle> {
  try {
    return parseBundle(await readFile(file));
  } catch (cause) {
    const message = `${file} cannot be read: ${cause instanceof Error ? cause.message : String(cause)}`;
    return refuse("bundle-unreadable", message, "name the file that trunkline preview --bundle wrote");
  }
}

/** Reads a bundle's text: its version first, then its form, then its digest, so that each has its own reason. */
export function parseBundle(bytes: Uint8Array | string): ReadBundle {
  if (bytes.length > MAX_BYTES) return refuse("bundle-malformed", `it has ${bytes.length} bytes`, ANEW);
  let content: unknown;
  try {
    content = JSON.parse(typeof bytes === "string" ? bytes : new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch {
    return refuse("bundle-malformed", "it is not JSON in UTF-8: the file is cut, or it is none of trunkline's", ANEW);
  }
  if (typeof content !== "object" || content === null || Array.isArray(content) || !("version" in content)) {
    return refuse("bundle-malformed", "it is JSON, but no bundle", ANEW);
  }
  const { version } = content;
  if (version !== BUNDLE_VERSION) {
    const message = `its version is ${JSON.stringify(version)}, this trunkline reads version ${BUNDLE_VERSION}`;
    return refuse("bundle-version", message, "use the version of trunkline that made it, or make it anew");
  }
  const { data, error } = bundleSchema.safeParse(content);
  if (error) {
    const faults = schemaFaults(content, error.issues.slice(0, 5));
    return refuse("bundle-malformed", faults.join("; "), ANEW);
  }
  const digest = digestOf(data);
  if (digest === data.digest) return { kind: "bundle", bundle: data };
  const message = `its content has the digest ${digest}, it says ${data.digest}`;
  return refuse("bundle-checksum", message, "it was changed after it was made: make it anew and have it reviewed");
}

/** Writes a bundle's file as a whole, readable by its owner alone. */
export async function writeBundle(file: string, bundle: Bundle): Promise<void> {
  try {
    await writeFileAtomic(file, `${canonicalJson(bundle)}\n`, { mode: 0o600 });
  } catch (cause) {
    throw new AutomationError("fault", `${file} cannot be written: ${cause instanceof Error ? cause.message : ""}`, {
      hint: "name a file in a folder that exists and can be written to",
      cause,
    });
  }
}

function refuse(code: Reason["code"], message: string, hint: string): ReadBundle {
  return { kind: "refused", reason: { code, message: `the bundle cannot be used: ${message}`, hint } };
}
