import { digestMatches } from "../bundle/verify-bundle";
import { brokenText, outputName, type BrokenContract } from "../outputs/output-readers";
import type { Change } from "../bundle/change";
import type { Reason } from "./decision";

/** A person's word that a resource may be lost, or an output break, for one bundle. */
export interface Acknowledgement {
  /** Of the resource; of an output `output:` and its path. */
  readonly urn: string;
  /** The bundle's digest, or at least 12 digits of it. */
  readonly digest: string;
}

/** The changes by which data is lost: deletions and replacements of stateful resources. */
export function lossesOf(changes: readonly Change[]): readonly Change[] {
  return changes.filter(({ stateful, action }) => stateful && (action === "delete" || action === "replace"));
}

/**
 * Why losses, and outputs that break for their readers, are not acknowledged: each has to be, by its URN, for this very bundle or for the reviewed one that it is equal
 * to. An acknowledgement of what is not lost is refused as well, since whoever gave it expected another bundle.
 */
export function missingAcknowledgements(
  changes: readonly Change[],
  digests: readonly string[],
  given: readonly Acknowledgement[],
  brokenOutputs: readonly BrokenContract[] = [],
): Reason[] {
  const losses = lossesOf(changes);
  const broken = brokenOutputs.map((output) => ({ output, urn: outputName(output) }));
  const applies = ({ digest }: Acknowledgement) => digests.some((own) => digestMatches(own, digest));
  const shortest = (digests[0] ?? "").slice("sha256:".length, "sha256:".length + 12);
  const foreign = given.filter((one) => !applies(one));
  const unknown = given.filter((one) => applies(one) && ![...losses, ...broken].some(({ urn }) => urn === one.urn));
  const isMissing = ({ urn }: { readonly urn: string }) => !given.some((one) => applies(one) && one.urn === urn);
  const missing = losses.filter(isMissing);
  return [
    ...foreign.map(({ urn, digest }): Reason => ({
      code: "acknowledgement-foreign",
      message: `the acknowledgement of ${urn} is for the bundle ${digest || "(none named)"}`,
      hint: `acknowledge it for this bundle: --digest ${shortest} --acknowledge '${urn}'`,
    })),
    ...unknown.map(({ urn }): Reason => ({
      code: "acknowledgement-unknown",
      message: `${urn} is acknowledged, but the bundle neither deletes nor replaces such a stateful resource, nor breaks such an output`,
      hint: "leave the acknowledgement out, or look whether this is the bundle that you mean",
    })),
    ...missing.map(({ urn, action, type }): Reason => ({
      code: "acknowledgement-missing",
      message: `${action} of ${urn} loses the data of a ${type}`,
      hint: `acknowledge it: --digest ${shortest} --acknowledge '${urn}', or in a signed approval`,
    })),
    ...broken.filter(isMissing).map(({ urn, output }): Reason => ({
      code: "acknowledgement-missing",
      message: brokenText(output),
      hint: `change the consumer first, or acknowledge it: --digest ${shortest} --acknowledge '${urn}', or in a signed approval`,
    })),
  ];
}
