import { digestMatches } from "../bundle/verify-bundle";
import type { Change } from "../bundle/change";
import type { Reason } from "./decision";

/** A person's word that a resource may be lost, for one bundle. */
export interface Acknowledgement {
  readonly urn: string;
  /** The bundle's digest, or at least 12 digits of it. */
  readonly digest: string;
}

/** The changes by which data is lost: deletions and replacements of stateful resources. */
export function lossesOf(changes: readonly Change[]): readonly Change[] {
  return changes.filter(({ stateful, action }) => stateful && (action === "delete" || action === "replace"));
}

/**
 * Why losses are not acknowledged: each has to be, by its URN, for this very bundle or for the reviewed one that it is equal
 * to. An acknowledgement of what is not lost is refused as well, since whoever gave it expected another bundle.
 */
export function missingAcknowledgements(
  changes: readonly Change[],
  digests: readonly string[],
  given: readonly Acknowledgement[],
): Reason[] {
  const losses = lossesOf(changes);
  const applies = ({ digest }: Acknowledgement) => digests.some((own) => digestMatches(own, digest));
  const shortest = (digests[0] ?? "").slice("sha256:".length, "sha256:".length + 12);
  const foreign = given.filter((one) => !applies(one));
  const unknown = given.filter((one) => applies(one) && !losses.some(({ urn }) => urn === one.urn));
  const missing = losses.filter(({ urn }) => !given.some((one) => applies(one) && one.urn === urn));
  return [
    ...foreign.map(({ urn, digest }): Reason => ({
      code: "acknowledgement-foreign",
      message: `the acknowledgement of ${urn} is for the bundle ${digest || "(none named)"}`,
      hint: `acknowledge it for this bundle: --digest ${shortest} --acknowledge '${urn}'`,
    })),
    ...unknown.map(({ urn }): Reason => ({
      code: "acknowledgement-unknown",
      message: `${urn} is acknowledged, but the bundle neither deletes nor replaces such a stateful resource`,
      hint: "leave the acknowledgement out, or look whether this is the bundle that you mean",
    })),
    ...missing.map(({ urn, action, type }): Reason => ({
      code: "acknowledgement-missing",
      message: `${action} of ${urn} loses the data of a ${type}`,
      hint: `acknowledge it: --digest ${shortest} --acknowledge '${urn}', or in a signed approval`,
    })),
  ];
}
