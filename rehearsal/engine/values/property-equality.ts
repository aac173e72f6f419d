import type { PropertyMap, PropertyValue } from "./property-value";
import { isMap, SIGNATURE_KEY, signatureOf, SIGNATURES } from "./property-value";
import { isUnknown } from "./unknown-value";

/** Whether a property is there: a null counts as absent. */
export function hasValue(value: PropertyValue | undefined): value is PropertyValue {
  return value !== undefined && value !== null;
}

/**
 * Whether two values are the same to the engine: secretness counts, absent and null are equal, assets and archives are
 * compared by their hash, resource references by URN and id.
 */
export function propertiesEqual(a: PropertyValue | undefined, b: PropertyValue | undefined): boolean {
  if (a === b) return true;
  if (Array.isArray(a)) {
    return Array.isArray(b) && a.length === b.length && a.every((element, i) => propertiesEqual(element, b[i]));
  }
  if (!isMap(a) || !isMap(b)) return !hasValue(a) && !hasValue(b) ? true : isUnknown(a) && isUnknown(b);
  const signature = signatureOf(a);
  if (signature !== signatureOf(b)) return false;
  switch (signature) {
    case SIGNATURES.asset:
    case SIGNATURES.archive:
      return a.hash !== undefined && b.hash !== undefined ? a.hash === b.hash : sameKeys(a, b);
    case SIGNATURES.resource:
      return a.urn === b.urn && propertiesEqual(a.id, b.id);
    default:
      return mapsEqual(a, b);
  }
}

/** Whether two property maps are the same to the engine; see propertiesEqual. */
export function mapsEqual(a: PropertyMap, b: PropertyMap): boolean {
  if (a === b) return true;
  for (const key of Object.keys(a)) if (!propertiesEqual(a[key], b[key])) return false;
  for (const key of Object.keys(b)) if (!(key in a) && hasValue(b[key])) return false;
  return true;
}

function sameKeys(a: PropertyMap, b: PropertyMap): boolean {
  const keys = new Set([...Object.keys(a), ...Object.keys(b)]);
  keys.delete(SIGNATURE_KEY);
  keys.delete("hash");
  return [...keys].every((key) => propertiesEqual(a[key], b[key]));
}
