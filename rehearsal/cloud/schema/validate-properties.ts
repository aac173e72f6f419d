import { distance } from "fastest-levenshtein";
import type { CheckFailure } from "../../engine/provider/provider";
import type { PropertyPath } from "../../engine/values/property-path";
import { formatPropertyPath } from "../../engine/values/property-path";
import type { PropertyMap, PropertyValue } from "../../engine/values/property-value";
import { isMap, signatureOf, SIGNATURES } from "../../engine/values/property-value";
import { isUnknown } from "../../engine/values/unknown-value";
import { messageOf } from "../../message-of";
import type { PropertySchema, PropertySchemas, TextRules } from "./property-schema";

/**
 * Everything that is wrong with plain properties: unknown names (with the nearest known one), missing required ones,
 * wrong types, values outside what is allowed. What is not known yet is left for later.
 */
export function validateProperties(properties: PropertyMap, schemas: PropertySchemas): CheckFailure[] {
  return validateMap(properties, schemas, []);
}

function validateMap(properties: PropertyMap, schemas: PropertySchemas, path: PropertyPath): CheckFailure[] {
  const failures: CheckFailure[] = [];
  for (const [name, value] of Object.entries(properties)) {
    if (name.startsWith("__") || !hasValue(value)) continue;
    const schema = Object.hasOwn(schemas, name) ? schemas[name] : undefined;
    if (schema) failures.push(...validateValue(value, schema, [...path, name]));
    else failures.push({ property: formatPropertyPath([...path, name]), reason: unknownProperty(name, schemas) });
  }
  for (const [name, schema] of Object.entries(schemas)) {
    if (schema.required && !hasValue(properties[name])) {
      failures.push({ property: formatPropertyPath([...path, name]), reason: "is required and was not given" });
    }
  }
  return failures;
}

function validateValue(value: PropertyValue, schema: PropertySchema, path: PropertyPath): CheckFailure[] {
  if (isUnknown(value)) return [];
  const fail = (reason: string): CheckFailure[] => [{ property: formatPropertyPath(path), reason }];
  switch (schema.kind) {
    case "any":
      return [];
    case "text":
      return typeof value === "string"
        ? textFaults(value, schema, schema.secret).flatMap(fail)
        : fail(wrong("a string", value));
    case "flag":
      return typeof value === "boolean" ? [] : fail(wrong("a boolean", value));
    case "number": {
      if (typeof value !== "number") return fail(wrong("a number", value));
      if (schema.integer && !Number.isInteger(value)) return fail(`must be a whole number, got ${value}`);
      const { min = -Infinity, max = Infinity } = schema;
      return value < min || value > max ? fail(`must be ${range(min, max)}, got ${value}`) : [];
    }
    case "json":
      return jsonFaults(value, schema.document).flatMap(fail);
    case "list": {
      if (!Array.isArray(value)) return fail(wrong("a list", value));
      const { minItems = 0, maxItems = Infinity } = schema;
      const size = value.length < minItems || value.length > maxItems;
      return [
        ...(size ? fail(`must have ${range(minItems, maxItems)} elements, got ${value.length}`) : []),
        ...value.flatMap((element, i) => validateValue(element, schema.item, [...path, i])),
      ];
    }
    case "record":
      if (!isPlainMap(value)) return fail(wrong("an object", value));
      return Object.entries(value).flatMap(([key, element]) =>
        hasValue(element) ? validateValue(element, schema.value, [...path, key]) : [],
      );
    case "object":
      return isPlainMap(value) ? validateMap(value, schema.properties, path) : fail(wrong("an object", value));
  }
}

function textFaults(value: string, rules: TextRules, secret = false): string[] {
  const got = secret ? "got another value" : `got "${value}"`;
  const { minLength = 0, maxLength = Infinity } = rules;
  const same = (allowed: string): boolean =>
    allowed === value || (rules.ignoreCase === true && allowed.toLowerCase() === value.toLowerCase());
  if (rules.oneOf && !rules.oneOf.some(same)) {
    return [`must be one of ${rules.oneOf.map((allowed) => `"${allowed}"`).join(", ")}, ${got}`];
  }
  if (value.length < minLength || value.length > maxLength) {
    return [`must have ${range(minLength, maxLength)} characters, ${got} with ${value.length}`];
  }
  if (rules.pattern && !rules.pattern.test(value))
    return [`must be ${rules.meaning ?? `like ${rules.pattern}`}, ${got}`];
  return [];
}

function jsonFaults(value: PropertyValue, document: (value: PropertyValue) => readonly string[]): readonly string[] {
  if (isPlainMap(value)) return document(value);
  if (typeof value !== "string") return [wrong("a JSON document", value)];
  let parsed: PropertyValue;
  try {
    parsed = JSON.parse(value) as PropertyValue;
  } catch (error) {
    return [`must be a JSON document, but it does not parse: ${messageOf(error)}`];
  }
  return document(parsed);
}

function unknownProperty(name: string, schemas: PropertySchemas): string {
  const nearest = Object.keys(schemas)
    .map((known) => ({ known, far: distance(known.toLowerCase(), name.toLowerCase()) }))
    .sort((a, b) => a.far - b.far)[0];
  const close = nearest !== undefined && nearest.far <= Math.max(2, Math.floor(name.length / 3));
  return close
    ? `is not a property of this type, did you mean "${nearest.known}"?`
    : `is not a property of this type, which has: ${Object.keys(schemas).sort().join(", ")}`;
}

function range(min: number, max: number): string {
  if (max === Infinity) return `at least ${min}`;
  return min === -Infinity ? `at most ${max}` : min === max ? `exactly ${min}` : `${min} to ${max}`;
}

function wrong(wanted: string, value: PropertyValue): string {
  return `must be ${wanted}, got ${kindOf(value)}`;
}

function kindOf(value: PropertyValue): string {
  const signature = signatureOf(value);
  if (signature === SIGNATURES.asset || signature === SIGNATURES.archive) return "an asset";
  if (signature === SIGNATURES.resource) return "a resource";
  if (Array.isArray(value)) return "a list";
  return isMap(value) ? "an object" : typeof value === "string" ? "a string" : `the ${typeof value} ${String(value)}`;
}

function isPlainMap(value: PropertyValue): value is PropertyMap {
  return isMap(value) && signatureOf(value) === undefined;
}

function hasValue(value: PropertyValue | undefined): value is PropertyValue {
  return value !== undefined && value !== null;
}
