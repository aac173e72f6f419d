import type { PropertyDiff } from "../provider/provider";
import type { PropertyMap, PropertyValue } from "./property-value";
import { isMap, signatureOf } from "./property-value";
import { hasValue, propertiesEqual } from "./property-equality";
import { formatPropertyPath, type PropertyPath } from "./property-path";
import { isUnknown } from "./unknown-value";

/** What differs between two property maps, at the top level. */
export interface ObjectDiff {
  readonly adds: PropertyMap;
  readonly deletes: PropertyMap;
  readonly updates: Record<string, { old: PropertyValue; new: PropertyValue }>;
  readonly sames: PropertyMap;
}

/** The difference between two property maps; undefined where there is none. */
export function diffObjects(olds: PropertyMap, news: PropertyMap): ObjectDiff | undefined {
  return diffBy(olds, news, (a, b) => propertiesEqual(a, b));
}

/**
 * The difference with unknowns taken as "may be anything": an old unknown matches every new value, also an absent one.
 * Plans are compared this way: what they left open may be decided later.
 */
export function diffWithUnknowns(olds: PropertyMap, news: PropertyMap): ObjectDiff | undefined {
  const known = Object.fromEntries(Object.entries(olds).filter(([key, value]) => key in news || !isUnknown(value)));
  return diffBy(known, news, matchesUnknowns);
}

/** Whether two values are equal when every unknown, on either side, matches anything. */
export function matchesUnknowns(a: PropertyValue | undefined, b: PropertyValue | undefined): boolean {
  if (isUnknown(a) || isUnknown(b)) return true;
  if (Array.isArray(a) && Array.isArray(b)) {
    return a.length === b.length && a.every((element, i) => matchesUnknowns(element, b[i]));
  }
  if (isMap(a) && isMap(b) && signatureOf(a) === signatureOf(b)) return diffWithUnknowns(a, b) === undefined;
  return propertiesEqual(a, b);
}

/** The top-level properties that changed, sorted. */
export function changedKeys(diff: ObjectDiff): string[] {
  return [...Object.keys(diff.adds), ...Object.keys(diff.deletes), ...Object.keys(diff.updates)].sort();
}

/** The difference by property path, as a provider with detailed diffs would give it. */
export function detailedDiff(olds: PropertyMap, news: PropertyMap): Record<string, PropertyDiff> {
  const result: Record<string, PropertyDiff> = {};
  const visit = (path: PropertyPath, a: PropertyValue | undefined, b: PropertyValue | undefined): void => {
    if (propertiesEqual(a, b)) return;
    if (Array.isArray(a) && Array.isArray(b)) {
      for (let i = 0; i < Math.max(a.length, b.length); i++) visit([...path, i], a[i], b[i]);
    } else if (isMap(a) && isMap(b) && !signatureOf(a) && !signatureOf(b)) {
      for (const key of new Set([...Object.keys(a), ...Object.keys(b)])) visit([...path, key], a[key], b[key]);
    } else {
      const kind = !hasValue(a) ? "add" : !hasValue(b) ? "delete" : "update";
      result[formatPropertyPath(path)] = { kind, inputDiff: true };
    }
  };
  visit([], olds, news);
  return result;
}

function diffBy(
  olds: PropertyMap,
  news: PropertyMap,
  equal: (a: PropertyValue | undefined, b: PropertyValue | undefined) => boolean,
): ObjectDiff | undefined {
  const diff: ObjectDiff = { adds: {}, deletes: {}, updates: {}, sames: {} };
  let changed = false;
  for (const key of new Set([...Object.keys(olds), ...Object.keys(news)])) {
    const before = olds[key];
    const after = news[key];
    if (equal(before, after)) {
      if (hasValue(before)) diff.sames[key] = before;
      continue;
    }
    changed = true;
    if (!hasValue(before)) diff.adds[key] = after!;
    else if (!hasValue(after)) diff.deletes[key] = before;
    else diff.updates[key] = { old: before, new: after };
  }
  return changed ? diff : undefined;
}
