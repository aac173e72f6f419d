import { canonicalJson } from "./canonical-json";
import type { Change, PropertyChange } from "./change";

/** How many differences are told in words. */
const TOLD = 10;

/**
 * How one list of changes differs from another, old and new values included, a line for each difference; empty where they
 * are equal. Secrets are compared by their digests, which both lists have to have from the same salt. Of a value that the
 * reviewed list marks as generated only that there is one is compared: the plan binds the value itself.
 */
export function compareChanges(reviewed: readonly Change[], now: readonly Change[]): string[] {
  const after = new Map(now.map((change) => [change.urn, change]));
  const before = new Set(reviewed.map(({ urn }) => urn));
  return [
    ...reviewed.flatMap((change) => compareChange(change, after.get(change.urn))),
    ...now.filter(({ urn }) => !before.has(urn)).map(({ urn, action }) => `${urn}: ${action} is new`),
  ];
}

/** Differences as one text, the first of many. */
export function differenceText(differences: readonly string[]): string {
  const more = differences.length - TOLD;
  return [...differences.slice(0, TOLD), ...(more > 0 ? [`and ${more} more`] : [])].join("; ");
}

function compareChange(reviewed: Change, now: Change | undefined): string[] {
  const { urn } = reviewed;
  if (!now) return [`${urn}: ${reviewed.action} is gone`];
  if (now.action !== reviewed.action) return [`${urn}: ${reviewed.action} became ${now.action}`];
  const { properties: oldProperties, ...oldRest } = reviewed;
  const { properties: newProperties, ...newRest } = now;
  const after = new Map(newProperties.map((property) => [property.path, property]));
  const paths = new Set(oldProperties.map(({ path }) => path));
  const differences = [
    ...oldProperties.flatMap((property) => compareProperty(property, after.get(property.path))),
    ...newProperties.filter(({ path }) => !paths.has(path)).map((property) => `${property.path} is new`),
  ];
  if (canonicalJson(oldRest) !== canonicalJson(newRest)) differences.push("its type or protection");
  return differences.map((difference) => `${urn}: ${difference}`);
}

function compareProperty(reviewed: PropertyChange, now: PropertyChange | undefined): string[] {
  const { path } = reviewed;
  if (!now) return [`${path} is gone`];
  const parts: readonly (readonly [string, unknown, unknown])[] = [
    ["kind", reviewed.kind, now.kind],
    ["replacement", reviewed.replaces, now.replaces],
    ["old value", reviewed.old, now.old],
    ...(reviewed.generated && now.new !== undefined ? [] : [["new value", reviewed.new, now.new] as const]),
  ];
  const told = parts.flatMap(([what, old, next]) =>
    text(old) === text(next) ? [] : [`${path}: ${what} ${text(old)} became ${text(next)}`],
  );
  // The values of secrets look alike; that they moved is all that may be told.
  if (reviewed.oldDigest !== now.oldDigest) told.push(`${path}: the old secret moved`);
  if (!reviewed.generated && reviewed.newDigest !== now.newDigest) told.push(`${path}: the new secret moved`);
  if (reviewed.secret !== now.secret) told.push(`${path}: it is ${now.secret ? "" : "not "}secret now`);
  return told;
}

function text(value: unknown): string {
  return value === undefined ? "nothing" : canonicalJson(value);
}
