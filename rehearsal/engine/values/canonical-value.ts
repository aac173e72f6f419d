import { isMap, SIGNATURE_KEY, signatureOf, SIGNATURES, type PropertyMap, type PropertyValue } from "./property-value";
import { mapUnlessSame, mapValuesUnlessSame } from "./secret-value";
import { checkSpecialObject } from "./special-object";

/** What the state keeps of special objects; SDKs and providers send more with them. */
const KEPT: Readonly<Record<string, readonly string[]>> = {
  [SIGNATURES.asset]: ["hash", "text", "path", "uri"],
  [SIGNATURES.archive]: ["hash", "assets", "path", "uri"],
};

/** Deeper than programs nest, and as deep as messages between them and the engine can be read. */
const MAX_DEPTH = 1_000;

/**
 * The properties with assets, archives and resource references in the form in which the state has them. Throws an Error
 * that names the property for what the state cannot hold: functions, class instances, malformed special objects, values
 * that contain themselves.
 */
export function canonicalProperties(properties: PropertyMap): PropertyMap {
  if (!isMap(properties)) throw new Error(`expected an object of properties, got ${kindOf(properties)}`);
  return mapValuesUnlessSame(properties, (value, key) => canonicalValue(value, key, 1));
}

function canonicalValue(value: PropertyValue, name: string, depth: number): PropertyValue {
  if (value === null || typeof value === "string" || typeof value === "number" || typeof value === "boolean")
    return value;
  if (depth > MAX_DEPTH) {
    throw new Error(`property "${name}" contains itself, or is nested more than ${MAX_DEPTH} levels deep`);
  }
  if (Array.isArray(value)) return mapUnlessSame(value, (element) => canonicalValue(element, name, depth + 1));
  if (!isPlainObject(value)) {
    throw new Error(
      `property "${name}" holds ${kindOf(value)}; allowed are text, numbers, booleans, null, lists and objects`,
    );
  }
  checkSpecialObject(value, name);
  const signature = signatureOf(value);
  if (signature === SIGNATURES.resource) return canonicalReference(value);
  const inner = mapValuesUnlessSame(value, (element, key) => canonicalValue(element, key, depth + 1));
  const kept = signature === undefined ? undefined : KEPT[signature];
  if (!kept || Object.keys(inner).every((key) => key === SIGNATURE_KEY || kept.includes(key))) return inner;
  const fields = kept.flatMap((key) => (inner[key] === undefined ? [] : [[key, inner[key]] as const]));
  return { [SIGNATURE_KEY]: signature!, ...Object.fromEntries(fields) };
}

/** Class instances lose in the state what makes them. Plain objects of another realm are as good as ours. */
function isPlainObject(value: PropertyValue): value is PropertyMap {
  if (!isMap(value)) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

function kindOf(value: unknown): string {
  if (Array.isArray(value)) return "a list";
  if (typeof value === "object" && value !== null) return `an instance of ${value.constructor?.name ?? "a class"}`;
  return value === undefined || value === null ? String(value) : `a ${typeof value}`;
}

function canonicalReference({ urn, id, packageVersion }: PropertyMap): PropertyMap {
  const reference: PropertyMap = { [SIGNATURE_KEY]: SIGNATURES.resource, urn: urn! };
  if (id !== undefined && id !== "") reference.id = id;
  reference.packageVersion = packageVersion ?? "";
  return reference;
}
