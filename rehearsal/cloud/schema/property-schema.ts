import type { PropertyMap, PropertyValue } from "../../engine/values/property-value";

/** What holds for a property whatever its type. */
export interface PropertyOptions {
  readonly required?: boolean;
  /** A change of the property, or of anything in it, needs a replacement. */
  readonly replace?: boolean;
  /** The vendor never shows the value: outputs hold it as a secret. */
  readonly secret?: boolean;
  /** Filled in by `check` where the program says nothing. */
  readonly default?: PropertyValue;
  /** An argument that the resource does not show among its outputs. */
  readonly inputOnly?: boolean;
}

/** Rules for the text of a property. */
export interface TextRules {
  readonly oneOf?: readonly string[];
  readonly pattern?: RegExp;
  /** What `pattern` means, in words: "lower case letters, digits, dots and hyphens". */
  readonly meaning?: string;
  readonly minLength?: number;
  readonly maxLength?: number;
  /** Upper and lower case are the same to the vendor. */
  readonly ignoreCase?: boolean;
}

/** Limits of a number, inclusive. */
export interface NumberRules {
  readonly min?: number;
  readonly max?: number;
  readonly integer?: boolean;
}

/** The type and rules of one property. */
export type PropertySchema = PropertyOptions &
  (
    | ({ readonly kind: "text" } & TextRules)
    | ({ readonly kind: "number" } & NumberRules)
    | { readonly kind: "flag" }
    | { readonly kind: "any" }
    /** A JSON document as text, or as an object that the provider turns into text. */
    | { readonly kind: "json"; readonly document: (value: PropertyValue) => readonly string[] }
    /** `unordered`: a set, in which the order of elements means nothing. */
    | {
        readonly kind: "list";
        readonly item: PropertySchema;
        readonly unordered?: boolean;
        readonly minItems?: number;
        readonly maxItems?: number;
      }
    | { readonly kind: "record"; readonly value: PropertySchema }
    | { readonly kind: "object"; readonly properties: PropertySchemas }
  );

/** Properties by name. */
export type PropertySchemas = Readonly<Record<string, PropertySchema>>;

/** A text property. */
export const text = (rules: TextRules & PropertyOptions = {}): PropertySchema => ({ kind: "text", ...rules });

/** A text property with a fixed set of values. */
export const oneOf = (values: readonly string[], options: PropertyOptions = {}): PropertySchema => ({
  kind: "text",
  oneOf: values,
  ...options,
});

/** A number. */
export const number = (rules: NumberRules & PropertyOptions = {}): PropertySchema => ({ kind: "number", ...rules });

/** A whole number. */
export const integer = (rules: NumberRules & PropertyOptions = {}): PropertySchema =>
  number({ integer: true, ...rules });

/** A truth value. */
export const flag = (options: PropertyOptions = {}): PropertySchema => ({ kind: "flag", ...options });

/** A value of any type: for what the vendor itself leaves open. */
export const any = (options: PropertyOptions = {}): PropertySchema => ({ kind: "any", ...options });

/** A list, in which order counts. */
export const list = (
  item: PropertySchema,
  options: PropertyOptions & { minItems?: number; maxItems?: number } = {},
): PropertySchema => ({ kind: "list", item, ...options });

/** A list, in which order means nothing. */
export const set = (
  item: PropertySchema,
  options: PropertyOptions & { minItems?: number; maxItems?: number } = {},
): PropertySchema => ({ kind: "list", item, unordered: true, ...options });

/** Values by keys of the user's choice, such as tags. */
export const record = (value: PropertySchema, options: PropertyOptions = {}): PropertySchema => ({
  kind: "record",
  value,
  ...options,
});

/** Named properties. */
export const object = (properties: PropertySchemas, options: PropertyOptions = {}): PropertySchema => ({
  kind: "object",
  properties,
  ...options,
});

/** A JSON document; `document` answers what is wrong with the parsed value. */
export const json = (
  document: (value: PropertyValue) => readonly string[],
  options: PropertyOptions = {},
): PropertySchema => ({ kind: "json", document, ...options });

/** The text of a plain property; undefined where it is absent or no text. */
export function textOf(properties: PropertyMap, name: string): string | undefined {
  const value = properties[name];
  return typeof value === "string" ? value : undefined;
}

/** A scalar as text, for ids and messages; anything else as its JSON, and nothing as the empty text. */
export function asText(value: unknown): string {
  if (typeof value === "string") return value;
  return value === undefined || value === null ? "" : JSON.stringify(value);
}
