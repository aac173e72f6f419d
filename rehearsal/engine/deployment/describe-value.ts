import { isMap, type PropertyValue } from "../values/property-value";
import { containsSecrets } from "../values/secret-value";
import { containsUnknowns, isUnknown } from "../values/unknown-value";

/** A property value as messages of the CLI show it; secrets are masked. */
export function describeValue(value: PropertyValue | undefined): string {
  if (value === undefined || value === null) return "{<nil>}";
  if (containsSecrets(value)) return "[secret]";
  if (isUnknown(value)) return "output<string>{}";
  if (Array.isArray(value)) return `{[${value.map(describeValue).join(" ")}]}`;
  if (isMap(value) || containsUnknowns(value)) return `{${JSON.stringify(value)}}`;
  return `{${String(value)}}`;
}
