import { canonicalJson } from "./canonical-json";
import type { PropertyChange } from "./change";
import { formatPath, isBelow, parsePath, type PropertyPath } from "./property-path";
import { holdsSecret, isObject, masked, revealed, SecretValue, valueAt, type PlainObject } from "./property-values";
import type { SecretDigests } from "./secret-digest";

/** How the engine describes that a resource changes, values with their secrets marked. */
export interface ResourceDiff {
  readonly oldInputs: PlainObject;
  readonly oldOutputs: PlainObject;
  readonly newInputs: PlainObject;
  /** By path; a kind that ends in `-replace` replaces the resource. */
  readonly detailed: Readonly<Record<string, { readonly diffKind: string; readonly inputDiff: boolean }>>;
  /** Properties that replace the resource. */
  readonly replaceKeys: readonly string[];
}

/** Bookkeeping of bridged providers: which inputs are defaults. */
const INTERNAL = "__defaults";

interface Difference {
  readonly path: PropertyPath;
  readonly old: unknown;
  readonly new: unknown;
}

/**
 * Every input that changes, down to its innermost part, and what the provider says changes beyond these (what it read from
 * the cloud), sorted by path.
 */
export function propertyChanges(diff: ResourceDiff, digests: SecretDigests): PropertyChange[] {
  const { oldInputs, oldOutputs, newInputs, detailed, replaceKeys } = diff;
  const differences = [...innermost(oldInputs, newInputs, [])];
  const told = Object.entries(detailed).map(([text, { diffKind, inputDiff }]) => ({
    path: parsePath(text),
    replaces: diffKind.endsWith("-replace"),
    inputDiff,
  }));
  for (const { path, inputDiff } of told) {
    if (differences.some((difference) => isBelow(path, difference.path) || isBelow(difference.path, path))) continue;
    const old = valueAt(inputDiff ? oldInputs : oldOutputs, path);
    differences.push({ path, old, new: valueAt(newInputs, path) });
  }
  const replacing = [...told.filter(({ replaces }) => replaces).map(({ path }) => path), ...replaceKeys.map(parsePath)];
  const changes = differences.map(({ path, old, new: next }): PropertyChange => {
    const secret = holdsSecret(old) || holdsSecret(next);
    return {
      path: formatPath(path),
      kind: old === undefined ? "add" : next === undefined ? "delete" : "update",
      replaces: replacing.some((other) => isBelow(other, path) || isBelow(path, other)),
      secret,
      ...(old !== undefined && { old: masked(old) }),
      ...(next !== undefined && { new: masked(next) }),
      ...(secret && old !== undefined && { oldDigest: digests.of(revealed(old)) }),
      ...(secret && next !== undefined && { newDigest: digests.of(revealed(next)) }),
    };
  });
  return changes.sort((a, b) => (a.path < b.path ? -1 : 1));
}

function* innermost(old: unknown, next: unknown, path: PropertyPath): Generator<Difference> {
  if (isObject(old) && isObject(next)) {
    for (const key of new Set([...Object.keys(old), ...Object.keys(next)])) {
      if (key !== INTERNAL) yield* innermost(old[key], next[key], [...path, key]);
    }
  } else if (Array.isArray(old) && Array.isArray(next)) {
    for (let index = 0; index < Math.max(old.length, next.length); index++) {
      yield* innermost(old[index], next[index], [...path, index]);
    }
  } else if (!same(old, next)) {
    yield { path, old: withoutInternal(old), new: withoutInternal(next) };
  }
}

/** A value that became a secret, or ceased to be one, is not the same. */
function same(old: unknown, next: unknown): boolean {
  if (old === undefined || next === undefined) return old === next;
  const text = (value: unknown) => canonicalJson([shape(value), revealed(value) ?? null]);
  return text(old) === text(next);
}

function shape(value: unknown): unknown {
  if (value instanceof SecretValue) return true;
  if (Array.isArray(value)) return value.map(shape);
  if (!isObject(value)) return false;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, shape(inner)]));
}

function withoutInternal(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutInternal);
  if (!isObject(value)) return value;
  const entries = Object.entries(value).filter(([key]) => key !== INTERNAL);
  return Object.fromEntries(entries.map(([key, inner]) => [key, withoutInternal(inner)]));
}
