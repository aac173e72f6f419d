import { isObject, SecretValue } from "./property-values";

/** A copy of a value in which a text that holds a secret, though nobody marked it, is one: `mask` finds secrets in texts. */
export function hideTexts(value: unknown, mask: (text: string) => string): unknown {
  if (typeof value === "string") return mask(value) === value ? value : new SecretValue(value);
  if (Array.isArray(value)) return value.map((item: unknown) => hideTexts(item, mask));
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, hideTexts(inner, mask)]));
}
