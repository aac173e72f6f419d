import type { Bundle } from "../bundle/bundle";
import { canonicalJson } from "../bundle/canonical-json";
import { compareChanges, differenceText } from "../bundle/compare-changes";
import type { Reason, ReasonCode } from "./decision";

/** How a merge's bundle relates to the one that was reviewed in its pull request. */
export interface Relation {
  /** The reviewed commit is part of the merge's history, or GitHub says that the merge is of its pull request. */
  readonly related: boolean;
  readonly now: Date;
}

/**
 * Why a bundle does not inherit the approval of a reviewed one; empty where it does: both are of the same stack, made of the
 * same inputs, and change the same in the same way, old and new values included.
 */
export function inheritanceFaults(bundle: Bundle, reviewed: Bundle, { related, now }: Relation): Reason[] {
  const reasons: Reason[] = [];
  const refuse = (code: ReasonCode, message: string) =>
    void reasons.push({ code, message, hint: "approve the new bundle, which differs from the reviewed one" });
  if (!related) {
    refuse("reviewed-unrelated", `commit ${bundle.commit} does not merge the reviewed commit ${reviewed.commit}`);
  }
  if (Date.parse(reviewed.expiresAt) <= now.getTime()) {
    refuse("reviewed-expired", `the reviewed bundle expired at ${reviewed.expiresAt}`);
  }
  const same = ["repository", "project", "stack", "target", "inputsTree", "configHash", "lockfileHash"] as const;
  for (const field of same) {
    if (bundle[field] === reviewed[field]) continue;
    refuse("reviewed-differs", `${field} was ${reviewed[field]} when it was reviewed, and is ${bundle[field]}`);
  }
  const secrets = [bundle, reviewed].some(({ changes }) => changes.some(({ properties }) => properties.some(isSecret)));
  if (secrets && bundle.salt !== reviewed.salt) {
    refuse("reviewed-differs", "the secrets of both cannot be compared: preview with --reviewed for the same salt");
  } else {
    const differences = compareChanges(reviewed.changes, bundle.changes);
    if (differences.length > 0) refuse("reviewed-differs", `the changes differ: ${differenceText(differences)}`);
  }
  if (canonicalJson(bundle.brokenOutputs ?? []) !== canonicalJson(reviewed.brokenOutputs ?? [])) {
    refuse("reviewed-differs", "other outputs break for their readers than when it was reviewed");
  }
  return reasons;
}

function isSecret({ secret }: { readonly secret: boolean }): boolean {
  return secret;
}
