import { createHash } from "node:crypto";
import { downgradeOutputValues } from "../../engine/values/output-value";
import type { PropertyMap, PropertyValue } from "../../engine/values/property-value";
import { isMap, signatureOf, SIGNATURES, UNKNOWN } from "../../engine/values/property-value";
import { containsSecrets, isSecret, makeSecret, unwrapSecrets } from "../../engine/values/secret-value";
import { isUnknown } from "../../engine/values/unknown-value";

/** Key of an object that stands for a value which the simulated cloud must not keep: its SHA-256 digest. */
const DIGEST_KEY = "$sha256";

/** From this many characters on, a secret that is found within a longer text is there on purpose. */
const LONG_ENOUGH = 8;

/** The properties without secrets, output values and resource references: these become the ids that they refer to. */
export function plainProperties(properties: PropertyMap): PropertyMap {
  const plain: PropertyMap = {};
  for (const [name, value] of Object.entries(properties)) {
    if (value !== undefined && value !== null) plain[name] = plainValue(value);
  }
  return plain;
}

/** One value as plainProperties makes it. */
export function plainValue(value: PropertyValue): PropertyValue {
  return withoutReferences(unwrapSecrets(downgradeOutputValues(value)));
}

/** Makes a secret of every property that is one in `like`, as a whole or in part, that repeats one, or that `names` has. */
export function markSecrets(properties: PropertyMap, like: PropertyMap, names: ReadonlySet<string>): PropertyMap {
  const secret = secretNames(properties, like);
  const marked: PropertyMap = {};
  for (const [name, value] of Object.entries(properties)) {
    marked[name] = names.has(name) || secret.has(name) ? makeSecret(value) : value;
  }
  return marked;
}

/**
 * Names of the plain properties that are secret, as a whole or in part, in `like`, or that repeat a text which is secret
 * there, as an output does that the vendor computes from an input.
 */
export function secretNames(properties: PropertyMap, like: PropertyMap): ReadonlySet<string> {
  const texts = new Set<string>();
  const names = new Set<string>();
  for (const [name, value] of Object.entries(like)) {
    const known = downgradeOutputValues(value ?? null);
    if (!containsSecrets(known)) continue;
    names.add(name);
    collectSecretTexts(known, false, texts);
  }
  if (texts.size === 0) return names;
  for (const [name, value] of Object.entries(properties)) if (repeats(value, texts)) names.add(name);
  return names;
}

/** The properties with the named ones replaced by digests: what the simulated cloud's document keeps of them. */
export function hideProperties(properties: PropertyMap, names: ReadonlySet<string>): PropertyMap {
  const hidden: PropertyMap = {};
  for (const [name, value] of Object.entries(properties)) {
    hidden[name] = names.has(name) ? { [DIGEST_KEY]: digestOf(value) } : value;
  }
  return hidden;
}

/** The properties with digests replaced by the state's values where they still fit, and left out where they do not. */
export function revealProperties(properties: PropertyMap, state: PropertyMap): PropertyMap {
  const revealed: PropertyMap = {};
  for (const [name, value] of Object.entries(properties)) {
    const known = state[name];
    if (!isMap(value) || typeof value[DIGEST_KEY] !== "string") revealed[name] = value;
    else if (known !== undefined && digestOf(known) === value[DIGEST_KEY]) revealed[name] = known;
  }
  return revealed;
}

function digestOf(value: PropertyValue): string {
  return createHash("sha256").update(JSON.stringify(value)).digest("hex");
}

function collectSecretTexts(value: PropertyValue, inside: boolean, into: Set<string>): void {
  if (typeof value === "string") {
    if (inside && value !== "" && !isUnknown(value)) into.add(value);
  } else if (Array.isArray(value)) for (const element of value) collectSecretTexts(element, inside, into);
  else if (isSecret(value)) collectSecretTexts(value.value, true, into);
  else if (isMap(value)) for (const element of Object.values(value)) collectSecretTexts(element, inside, into);
}

/** Whether one of the texts is in the value: as a whole, or, when it is too long for chance, as a part. */
function repeats(value: PropertyValue, texts: ReadonlySet<string>): boolean {
  if (typeof value === "string") {
    return texts.has(value) || [...texts].some((text) => text.length >= LONG_ENOUGH && value.includes(text));
  }
  if (Array.isArray(value)) return value.some((element) => repeats(element, texts));
  return isMap(value) && Object.values(value).some((element) => repeats(element, texts));
}

function withoutReferences(value: PropertyValue): PropertyValue {
  if (Array.isArray(value)) return value.map(withoutReferences);
  if (!isMap(value)) return value;
  if (signatureOf(value) === SIGNATURES.resource) return value.id ?? value.urn ?? UNKNOWN;
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, element]) =>
      element === undefined || element === null ? [] : [[key, withoutReferences(element)]],
    ),
  );
}
