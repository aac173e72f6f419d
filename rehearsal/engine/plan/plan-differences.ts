import { diffWithUnknowns, matchesUnknowns } from "../values/object-diff";
import type { PropertyMap, PropertyValue } from "../values/property-value";
import { containsSecrets } from "../values/secret-value";
import { isUnknown } from "../values/unknown-value";
import type { PlanDiff } from "./plan-file";

/**
 * Where a change is not the planned one, each difference as `<planned><actual><property>[<planned value>!=<actual value>]`
 * with `+` for added, `-` for deleted, `~` for updated and `=` for the same. What the plan left unknown matches anything.
 */
export function planDifferences(
  olds: PropertyMap,
  news: PropertyMap,
  plan: PlanDiff,
  describe: (value: PropertyValue | undefined) => string,
): string[] {
  const { adds = {}, updates = {}, deletes = [] } = plan;
  const actual = diffWithUnknowns(olds, news) ?? { adds: {}, deletes: {}, updates: {}, sames: {} };
  const differences: string[] = [];
  const differ = (key: string, sign: string, value?: PropertyValue): void => {
    const expected = adds[key] ?? updates[key];
    const planned = key in adds ? "+" : key in updates ? "~" : deletes.includes(key) ? "-" : "=";
    // A value that is secret on one side only would be told by the other.
    const hidden = containsSecrets(expected) || containsSecrets(value);
    const values = [expected, value].filter((known) => known !== undefined).map(hidden ? () => "[secret]" : describe);
    differences.push(`${planned}${sign}${key}${values.length > 0 ? `[${values.join("!=")}]` : ""}`);
  };
  const matches = (expected: PropertyValue | undefined, value: PropertyValue): boolean =>
    expected !== undefined && matchesUnknowns(expected, value);

  for (const [key, value] of Object.entries(actual.adds)) if (!matches(adds[key], value)) differ(key, "+", value);
  for (const key of Object.keys(actual.deletes)) {
    if (!deletes.includes(key) && !isUnknown(updates[key])) differ(key, "-");
  }
  for (const [key, { new: value }] of Object.entries(actual.updates)) {
    if (!matches(updates[key] ?? adds[key], value)) differ(key, "~", value);
  }
  for (const [key, expected] of Object.entries(adds)) {
    if (key in actual.adds || key in actual.updates) continue;
    if (key in news ? !matchesUnknowns(expected, news[key]) : !isUnknown(expected))
      differ(key, key in news ? "=" : "-", news[key]);
  }
  for (const [key, expected] of Object.entries(updates)) {
    if (key in actual.updates) continue;
    if (key in actual.adds) differ(key, "+", actual.adds[key]);
    else if (key in news ? !matchesUnknowns(expected, news[key]) : !isUnknown(expected))
      differ(key, key in news ? "=" : "-", news[key]);
  }
  for (const key of deletes) {
    if (key in actual.deletes) continue;
    if (key in actual.adds) differ(key, "+", actual.adds[key]);
    else if (key in actual.updates) differ(key, "~", news[key]);
    else if (key in actual.sames) differ(key, "=", news[key]);
  }
  return [...new Set(differences)].sort();
}
