/** The key by which Pulumi marks a value that is not plain, and the marks; see the SDK's `runtime/rpc`. */
const SIGNATURE_KEY = "4dabf18193072939515e22adb298388d";
const SECRET_SIGNATURE = "1b47061264138c4ac30d75fd1eb44270";

/** By these texts, one for each type of older SDKs, the engine says that a value is not known yet. */
const UNKNOWNS: ReadonlySet<string> = new Set([
  "04da6b54-80e4-46f7-96ec-b56ff0331ba9",
  "1c4a061d-8072-4f0a-a4cb-0ff528b18fe7",
  "3eeb2bf0-c639-47a8-9e75-3b44932eb421",
  "6a19a0b0-7e62-4c92-b797-7f8e31da9cc2",
  "030794c1-ac77-496b-92df-f27374a8bd58",
  "e48ece36-62e2-4504-bad9-02848725956a",
  "dd056dcd-154b-4c76-9bd3-c8f88648b5ff",
]);

/** What is shown in the place of a secret. */
export const SECRET_TEXT = "[secret]";

/** What is shown in the place of a value that is known only once others are created. */
export const UNKNOWN_TEXT = "[known after apply]";

/** A secret on its way into a bundle; its value is undefined where nobody could say. */
export class SecretValue {
  constructor(readonly value: unknown) {}
}

/** A plain object of JSON. */
export type PlainObject = Readonly<Record<string, unknown>>;

/** Whether a value is an object, and neither a list nor a secret. */
export function isObject(value: unknown): value is PlainObject {
  return typeof value === "object" && value !== null && !Array.isArray(value) && !(value instanceof SecretValue);
}

/** The parts of a secret as the engine writes it: in a state that was exported in clear, in an event, in a plan. */
export function secretParts(value: unknown): { readonly plaintext?: string; readonly ciphertext?: string } | undefined {
  if (!isObject(value) || value[SIGNATURE_KEY] !== SECRET_SIGNATURE) return undefined;
  const { plaintext, ciphertext } = value;
  return {
    ...(typeof plaintext === "string" && { plaintext }),
    ...(typeof ciphertext === "string" && { ciphertext }),
  };
}

/**
 * A value of the engine with its secrets marked. `open` answers what a secret is, by its parts and by where it lies, as
 * JSON text, or undefined.
 */
export function withSecrets(
  value: unknown,
  open: (parts: { plaintext?: string; ciphertext?: string }, path: readonly (string | number)[]) => string | undefined,
  path: readonly (string | number)[] = [],
): unknown {
  const parts = secretParts(value);
  if (parts) {
    const text = open(parts, path);
    return new SecretValue(text === undefined ? undefined : (JSON.parse(text) as unknown));
  }
  if (typeof value === "string") return UNKNOWNS.has(value) ? UNKNOWN_TEXT : value;
  if (Array.isArray(value)) return value.map((item, index) => withSecrets(item, open, [...path, index]));
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [key, withSecrets(inner, open, [...path, key])]),
  );
}

/** The value below a path; what lies inside of a secret is a secret. */
export function valueAt(value: unknown, path: readonly (string | number)[]): unknown {
  let current = value;
  for (const key of path) {
    if (current instanceof SecretValue) {
      const inner = valueAt(current.value, [key]);
      current = inner === undefined ? undefined : new SecretValue(inner);
    } else if (typeof current === "object" && current !== null) {
      current = (current as Readonly<Record<string | number, unknown>>)[key];
    } else return undefined;
  }
  return current;
}

/** Whether a secret lies in a value. */
export function holdsSecret(value: unknown): boolean {
  if (value instanceof SecretValue) return true;
  if (Array.isArray(value)) return value.some(holdsSecret);
  return isObject(value) && Object.values(value).some(holdsSecret);
}

/** The value in clear. */
export function revealed(value: unknown): unknown {
  if (value instanceof SecretValue) return revealed(value.value);
  if (Array.isArray(value)) return value.map(revealed);
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, revealed(inner)]));
}

/** The value as it is shown: secrets masked. */
export function masked(value: unknown): unknown {
  if (value instanceof SecretValue) return SECRET_TEXT;
  if (Array.isArray(value)) return value.map(masked);
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, masked(inner)]));
}
