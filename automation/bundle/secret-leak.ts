import { isObject } from "./property-values";

/** A shorter text is in others by chance; it is masked where it stands alone, and does not stop a bundle. */
const SHORTEST = 8;

/** Where in a value a secret is in clear, as keys from the outside; undefined where none is. */
export function secretLeak(value: unknown, secrets: readonly string[]): string | undefined {
  const known = secrets.filter((secret) => secret.length >= SHORTEST);
  return find(value, known, []);
}

function find(value: unknown, secrets: readonly string[], path: readonly string[]): string | undefined {
  if (typeof value === "string") return secrets.some((one) => value.includes(one)) ? path.join(" > ") : undefined;
  if (typeof value === "number") return find(String(value), secrets, path);
  if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) {
      const found = find(item, secrets, [...path, nameOf(item) ?? String(index)]);
      if (found !== undefined) return found;
    }
  } else if (isObject(value)) {
    for (const [key, inner] of Object.entries(value)) {
      // A key that is a secret is not told.
      if (secrets.some((one) => key.includes(one))) return [...path, "a key"].join(" > ");
      const found = find(inner, secrets, [...path, key]);
      if (found !== undefined) return found;
    }
  }
  return undefined;
}

/** A change, and a property of one, is called by its name rather than its number. */
function nameOf(item: unknown): string | undefined {
  if (!isObject(item)) return undefined;
  const name = item["urn"] ?? item["path"];
  return typeof name === "string" ? name : undefined;
}
