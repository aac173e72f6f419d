import type { DiffResult, PropertyDiff } from "../../engine/provider/provider";
import type { PropertyPath } from "../../engine/values/property-path";
import { formatPropertyPath, parsePropertyPath, pathContains } from "../../engine/values/property-path";
import type { PropertyMap, PropertyValue } from "../../engine/values/property-value";
import { isMap, signatureOf } from "../../engine/values/property-value";
import type { PropertySchema, PropertySchemas } from "../schema/property-schema";
import { sameValue, schemaAt } from "./canonical-value";

/** What decides over a change besides the schema; see ResourceTypeTable. */
export interface DiffRules {
  readonly properties: PropertySchemas;
  replaceOn?(oldInputs: PropertyMap, newInputs: PropertyMap): readonly string[];
  same?(property: string, oldValue: PropertyValue, newValue: PropertyValue): boolean;
}

interface Difference {
  readonly path: PropertyPath;
  readonly kind: "add" | "delete" | "update";
  readonly replace: boolean;
}

/** Compares plain, checked inputs. An unknown counts as changed; what `ignoreChanges` covers counts as equal. */
export function diffInputs(
  olds: PropertyMap,
  news: PropertyMap,
  rules: DiffRules,
  ignoreChanges: readonly string[] = [],
): Omit<DiffResult, "deleteBeforeReplace" | "stableKeys"> {
  const ignored = ignoreChanges.map(parsePropertyPath);
  const differences = keysOf(olds, news)
    .filter((name) => !name.startsWith("__"))
    .flatMap((name) => differencesOf(name, olds[name], news[name], rules))
    .filter(({ path }) => !ignored.some((prefix) => pathContains(prefix, path)));
  const forced = (differences.length > 0 ? (rules.replaceOn?.(olds, news) ?? []) : []).map(parsePropertyPath);
  const detailedDiff: Record<string, PropertyDiff> = {};
  const replaceKeys = new Set<string>();
  for (const { path, kind, replace } of differences) {
    const top = String(path[0]);
    const needsReplacement = replace || forced.some((prefix) => pathContains(prefix, path));
    if (needsReplacement) replaceKeys.add(top);
    detailedDiff[formatPropertyPath(path)] = { kind: needsReplacement ? `${kind}-replace` : kind, inputDiff: true };
  }
  return {
    changes: differences.length > 0 ? "some" : "none",
    changedKeys: [...new Set(differences.map(({ path }) => String(path[0])))],
    replaceKeys: [...replaceKeys],
    detailedDiff,
  };
}

function differencesOf(
  name: string,
  old: PropertyValue | undefined,
  now: PropertyValue | undefined,
  rules: DiffRules,
): Difference[] {
  const schema = Object.hasOwn(rules.properties, name) ? rules.properties[name] : undefined;
  if (old !== undefined && now !== undefined && rules.same?.(name, old, now)) return [];
  return compare(old, now, schema, [name], schema?.replace === true);
}

function compare(
  old: PropertyValue | undefined,
  now: PropertyValue | undefined,
  schema: PropertySchema | undefined,
  path: PropertyPath,
  replace: boolean,
): Difference[] {
  if (old === undefined || old === null) {
    return now === undefined || now === null ? [] : [{ path, kind: "add", replace }];
  }
  if (now === undefined || now === null) return [{ path, kind: "delete", replace }];
  if (sameValue(old, now, schema)) return [];
  const below = (key: string | number, a: PropertyValue | undefined, b: PropertyValue | undefined): Difference[] => {
    const inner = schemaAt(schema, key);
    return compare(a, b, inner, [...path, key], replace || inner?.replace === true);
  };
  if (Array.isArray(old) && Array.isArray(now)) {
    const longest = old.length > now.length ? old : now;
    return longest.flatMap((_, i) => below(i, old[i], now[i]));
  }
  if (isMap(old) && isMap(now) && signatureOf(old) === undefined && signatureOf(now) === undefined) {
    return keysOf(old, now).flatMap((key) => below(key, old[key], now[key]));
  }
  return [{ path, kind: "update", replace }];
}

function keysOf(a: PropertyMap, b: PropertyMap): string[] {
  return [...new Set([...Object.keys(a), ...Object.keys(b)])];
}
