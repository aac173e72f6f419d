import { isMap, SIGNATURE_KEY, SIGNATURES, type PropertyMap, type PropertyValue } from "./property-value";

/** Signature of text that is not UTF-8, which newer providers send and which is passed on as it is. */
const BYTE_STRING = "803fd3297a5875dc03ca845dda5d2a98";

/**
 * Throws an Error for an object that carries a signature but not what belongs to it, and for one with a signature that
 * nobody knows. `name` is the property that it was found in. Objects without a signature pass.
 */
export function checkSpecialObject(object: PropertyMap, name: string): void {
  const signature = object[SIGNATURE_KEY];
  switch (signature) {
    case undefined:
      return;
    case SIGNATURES.secret:
      if (object.value === undefined) throw new Error(`malformed secret "${name}": it has no value`);
      return;
    case BYTE_STRING:
      return requireText(object, ["value"], `byte string "${name}"`);
    case SIGNATURES.resource:
      if (object.urn === undefined) throw new Error(`malformed resource reference "${name}": it has no urn`);
      return requireText(object, ["urn", "id", "name", "type", "packageVersion"], `resource reference "${name}"`);
    case SIGNATURES.output:
      return checkOutput(object, name);
    case SIGNATURES.asset:
      return requireText(object, ["hash", "text", "path", "uri"], `asset "${name}"`);
    case SIGNATURES.archive:
      requireText(object, ["hash", "path", "uri"], `archive "${name}"`);
      return checkMembers(object.assets, name);
    default:
      throw new Error(`unknown signature ${JSON.stringify(signature)} in an object of "${name}"`);
  }
}

function requireText(object: PropertyMap, fields: readonly string[], what: string): void {
  for (const field of fields) {
    const value = object[field];
    if (value === undefined || typeof value === "string") continue;
    // The id of a resource that is still to be created may come as an output value.
    if (field === "id" && isMap(value) && value[SIGNATURE_KEY] === SIGNATURES.output) continue;
    throw new Error(`malformed ${what}: its ${field} is ${kindOf(value)}, expected text`);
  }
}

function checkOutput({ secret, dependencies }: PropertyMap, name: string): void {
  if (secret !== undefined && typeof secret !== "boolean") {
    throw new Error(`malformed output value "${name}": its secret is ${kindOf(secret)}, expected true or false`);
  }
  if (dependencies === undefined) return;
  if (!Array.isArray(dependencies) || dependencies.some((urn) => typeof urn !== "string")) {
    throw new Error(`malformed output value "${name}": its dependencies are no list of URNs`);
  }
}

function checkMembers(assets: PropertyValue | undefined, name: string): void {
  if (assets === undefined) return;
  if (!isMap(assets))
    throw new Error(`malformed archive "${name}": its assets are ${kindOf(assets)}, expected an object`);
  for (const [member, value] of Object.entries(assets)) {
    const signature = isMap(value) ? value[SIGNATURE_KEY] : undefined;
    if (signature !== SIGNATURES.asset && signature !== SIGNATURES.archive) {
      throw new Error(`malformed archive "${name}": its member "${member}" is neither an asset nor an archive`);
    }
  }
}

function kindOf(value: PropertyValue): string {
  if (value === null) return "null";
  return Array.isArray(value) ? "a list" : `a value of type ${typeof value}`;
}
