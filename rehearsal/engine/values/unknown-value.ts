import type { PropertyMap, PropertyValue } from "./property-value";
import { isMap, signatureOf, SIGNATURES, UNKNOWN } from "./property-value";

/** Sentinels by which older SDKs told the type of an unknown; all of them mean "not known yet". */
const SENTINELS: ReadonlySet<string> = new Set([
  UNKNOWN,
  "1c4a061d-8072-4f0a-a4cb-0ff528b18fe7",
  "3eeb2bf0-c639-47a8-9e75-3b44932eb421",
  "6a19a0b0-7e62-4c92-b797-7f8e31da9cc2",
  "030794c1-ac77-496b-92df-f27374a8bd58",
  "e48ece36-62e2-4504-bad9-02848725956a",
  "dd056dcd-154b-4c76-9bd3-c8f88648b5ff",
]);

/** Whether the value as a whole is not known yet. */
export function isUnknown(value: PropertyValue | undefined): boolean {
  if (typeof value === "string") return value.length === UNKNOWN.length && SENTINELS.has(value);
  return signatureOf(value) === SIGNATURES.output && (value as PropertyMap).value === undefined;
}

/** Whether something in the value is not known yet. */
export function containsUnknowns(value: PropertyValue | undefined): boolean {
  if (isUnknown(value)) return true;
  if (Array.isArray(value)) return value.some(containsUnknowns);
  return isMap(value) && Object.values(value).some(containsUnknowns);
}
