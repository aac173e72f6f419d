import { EngineError } from "../engine-error";
import {
  isMap,
  SIGNATURE_KEY,
  signatureOf,
  SIGNATURES,
  type PropertyMap,
  type PropertyValue,
} from "../values/property-value";

/** Signature of numbers that JSON has no form for: NaN and the infinities, as the hexadecimal bits of a double. */
const NUMBER_SIGNATURE = "8ad145fe-0d11-4827-bfd7-1abcbf086f5c";

/** Turns the plaintext (JSON) of a secret into what stands for it; `trail` says where it is: property names and indexes. */
export type Sealer = (plaintext: string, trail: readonly string[]) => PropertyMap;

/** Turns a stored secret into its plaintext (JSON). */
export type Opener = (ciphertext: string, trail: readonly string[]) => string;

/**
 * The stored form of properties: each secret is sealed with all that is in it. What holds nothing to change is returned
 * as it is, not copied.
 */
export function sealProperties<T extends PropertyValue>(value: T, seal: Sealer, trail: string[] = []): T {
  return rewrite(value, trail, (special) => {
    if (typeof special === "number") return storedNumber(special);
    if (signatureOf(special) !== SIGNATURES.secret || !isMap(special)) return undefined;
    // A secret within a secret is not encrypted a second time, but keeps its mark, as the CLI writes it.
    const inner = sealProperties(special["value"] ?? null, (plaintext) => secretOf({ ciphertext: plaintext }));
    return seal(JSON.stringify(inner), trail);
  }) as T;
}

/** The inner form of stored properties: the reverse of `sealProperties`. Accepts secrets in clear (`plaintext`) too. */
export function openProperties<T extends PropertyValue>(value: T, open: Opener, trail: string[] = []): T {
  return rewrite(value, trail, (special) => {
    if (!isMap(special)) return undefined;
    const signature = signatureOf(special);
    if (signature === NUMBER_SIGNATURE) return clearNumber(special);
    if (signature !== SIGNATURES.secret || !("ciphertext" in special || "plaintext" in special)) return undefined;
    const { ciphertext, plaintext } = special;
    if ((typeof ciphertext === "string") === (typeof plaintext === "string")) {
      throw new EngineError(
        "malformed secret value: exactly one of `ciphertext` or `plaintext` must be supplied; restore the state from a backup",
      );
    }
    const text = typeof plaintext === "string" ? plaintext : open(ciphertext as string, trail);
    return { [SIGNATURE_KEY]: SIGNATURES.secret, value: openProperties(parsed(text), (inner) => inner) };
  }) as T;
}

/** A stored secret. */
export function secretOf(content: { ciphertext: string } | { plaintext: string }): PropertyMap {
  return { [SIGNATURE_KEY]: SIGNATURES.secret, ...content };
}

/** Replaces what `replace` answers a value for; copies lists and objects only where something in them was replaced. */
function rewrite(
  value: PropertyValue,
  trail: string[],
  replace: (value: PropertyMap | number) => PropertyValue | undefined,
): PropertyValue {
  if (typeof value === "number") return replace(value) ?? value;
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) {
    let copy: PropertyValue[] | undefined;
    for (const [index, element] of value.entries()) {
      trail.push(String(index));
      const replaced = rewrite(element, trail, replace);
      trail.pop();
      if (replaced !== element) (copy ??= [...value])[index] = replaced;
    }
    return copy ?? value;
  }
  const special = SIGNATURE_KEY in value ? replace(value) : undefined;
  if (special !== undefined) return special;
  let copy: PropertyMap | undefined;
  for (const key of Object.keys(value)) {
    const element = value[key];
    if (element === undefined) continue;
    trail.push(key);
    const replaced = rewrite(element, trail, replace);
    trail.pop();
    if (replaced !== element) (copy ??= { ...value })[key] = replaced;
  }
  return copy ?? value;
}

function storedNumber(value: number): PropertyMap | undefined {
  if (Number.isFinite(value)) return undefined;
  const bits = Buffer.alloc(8);
  bits.writeDoubleBE(value);
  return { [SIGNATURE_KEY]: NUMBER_SIGNATURE, value: bits.toString("hex") };
}

function clearNumber(stored: PropertyMap): number {
  const { value } = stored;
  if (typeof value !== "string" || !/^[0-9a-f]{16}$/i.test(value)) {
    throw new EngineError(
      `malformed float value ${JSON.stringify(value)} in the state: expected 16 hexadecimal digits`,
    );
  }
  return Buffer.from(value, "hex").readDoubleBE();
}

function parsed(text: string): PropertyValue {
  try {
    return JSON.parse(text) as PropertyValue;
  } catch (cause) {
    throw new EngineError("malformed secret value: its plaintext is not JSON; restore the state from a backup", 1, {
      cause,
    });
  }
}
