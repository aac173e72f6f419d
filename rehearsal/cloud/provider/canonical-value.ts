import type { PropertyMap, PropertyValue } from "../../engine/values/property-value";
import { isMap, signatureOf, SIGNATURES } from "../../engine/values/property-value";
import { isUnknown } from "../../engine/values/unknown-value";
import type { PropertySchema } from "../schema/property-schema";

/** Whether two plain values mean the same under their schema: sets without order, JSON without layout. */
export function sameValue(a: PropertyValue, b: PropertyValue, schema: PropertySchema | undefined): boolean {
  return !isUnknown(a) && !isUnknown(b) && canonicalText(a, schema) === canonicalText(b, schema);
}

/** A text that is the same for values that mean the same. */
function canonicalText(value: PropertyValue, schema: PropertySchema | undefined): string {
  return JSON.stringify(canonical(value, schema));
}

function canonical(value: PropertyValue, schema: PropertySchema | undefined): PropertyValue {
  if (schema?.kind === "json" && typeof value === "string") {
    try {
      return canonical(JSON.parse(value) as PropertyValue, undefined);
    } catch {
      return value;
    }
  }
  if (schema?.kind === "text" && schema.ignoreCase && typeof value === "string") return value.toLowerCase();
  if (Array.isArray(value)) {
    const item = schema?.kind === "list" ? schema.item : undefined;
    const elements = value.map((element) => canonical(element, item));
    const unordered = schema?.kind === "list" && schema.unordered;
    return unordered ? elements.sort((x, y) => (JSON.stringify(x) < JSON.stringify(y) ? -1 : 1)) : elements;
  }
  return isMap(value) ? canonicalMap(value, schema) : value;
}

function canonicalMap(value: PropertyMap, schema: PropertySchema | undefined): PropertyMap {
  const signature = signatureOf(value);
  if ((signature === SIGNATURES.asset || signature === SIGNATURES.archive) && typeof value.hash === "string") {
    return { hash: value.hash };
  }
  const entries = Object.keys(value)
    .filter((key) => value[key] !== undefined && value[key] !== null)
    .sort()
    .map((key): [string, PropertyValue] => [key, canonical(value[key]!, schemaAt(schema, key))]);
  return Object.fromEntries(entries);
}

/** The schema of what lies under a key or index. */
export function schemaAt(schema: PropertySchema | undefined, key: string | number): PropertySchema | undefined {
  switch (schema?.kind) {
    case "object":
      return typeof key === "string" && Object.hasOwn(schema.properties, key) ? schema.properties[key] : undefined;
    case "record":
      return schema.value;
    case "list":
      return schema.item;
    default:
      return undefined;
  }
}
