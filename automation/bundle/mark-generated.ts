import { canonicalJson } from "./canonical-json";
import type { Change, PropertyChange } from "./change";

/**
 * Marks the new values that come out differently in two previews of the same program and state: names that providers make
 * up. The plan of the first preview holds what its values are made from, so that an update to it makes these very values;
 * another preview does not, and cannot be compared in them.
 */
export function markGenerated(first: readonly Change[], second: readonly Change[]): Change[] {
  const again = new Map(second.map((change) => [change.urn, change]));
  return first.map((change) => {
    const other = new Map((again.get(change.urn)?.properties ?? []).map((property) => [property.path, property]));
    const properties = change.properties.map((property) => marked(property, other.get(property.path)));
    return { ...change, properties };
  });
}

function marked(property: PropertyChange, other: PropertyChange | undefined): PropertyChange {
  if (other === undefined || property.new === undefined || other.new === undefined) return property;
  const same = canonicalJson(property.new) === canonicalJson(other.new) && property.newDigest === other.newDigest;
  return same ? property : { ...property, generated: true };
}
