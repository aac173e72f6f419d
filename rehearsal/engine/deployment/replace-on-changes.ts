import type { DiffResult, PropertyDiff } from "../provider/provider";
import { parsePropertyPath, pathContains, type PropertyPath } from "../values/property-path";

/** The name under which a failed initialisation counts as a changed property. */
const INIT_ERROR = "#initerror";

/**
 * The diff with every change at one of the paths turned into one that needs a replacement.
 * @see https://www.pulumi.com/docs/iac/concepts/options/replaceonchanges/
 */
export function applyReplaceOnChanges(diff: DiffResult, paths: readonly string[], initErrors: boolean): DiffResult {
  if (diff.changes !== "some" && !initErrors) return diff;
  const parsed = paths.map(parsePropertyPath);
  const reached = (path: PropertyPath): boolean => parsed.some((candidate) => pathContains(candidate, path));
  const replaceKeys = new Set(diff.replaceKeys);
  for (const key of diff.changedKeys ?? []) {
    const path = pathOf(key);
    if (path && reached(path)) replaceKeys.add(key);
  }
  const detailed = diff.detailedDiff && {
    ...Object.fromEntries(
      Object.entries(diff.detailedDiff).map(([path, change]) => [
        path,
        reached(parsePropertyPath(path)) ? { ...change, kind: replacing(change.kind) } : change,
      ]),
    ),
  };
  let changes = diff.changes;
  if (initErrors && reached([INIT_ERROR])) {
    replaceKeys.add(INIT_ERROR);
    if (detailed) detailed[INIT_ERROR] = { kind: "update-replace", inputDiff: false };
    changes = "some";
  }
  return { ...diff, changes, replaceKeys: [...replaceKeys], detailedDiff: detailed };
}

/** The path that a property's name is; undefined for a name such as `odd[`, which no path reaches. */
function pathOf(key: string): PropertyPath | undefined {
  try {
    return parsePropertyPath(key);
  } catch {
    return undefined;
  }
}

function replacing(kind: PropertyDiff["kind"]): PropertyDiff["kind"] {
  return kind.endsWith("-replace") ? kind : (`${kind}-replace` as PropertyDiff["kind"]);
}
