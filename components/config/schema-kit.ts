import { z } from "zod";

/**
 * A section of the config: an object that takes exactly the keys of `shape`.
 * Its faults name the keys that it takes, from which the nearest one to a mistyped key is suggested.
 */
export function section<Shape extends z.ZodRawShape>(shape: Shape, description: string) {
  const keys = Object.keys(shape).join(", ");
  const error: z.core.$ZodErrorMap = (issue) =>
    issue.code === "unrecognized_keys"
      ? keys
      : `a section with the keys ${keys}; {} for its defaults where all are optional`;
  return z.strictObject(shape, { error }).describe(description);
}

/** A string of a given form; `allowed` says in words what `pattern` accepts. */
export function text(pattern: RegExp, allowed: string, description: string) {
  return z.string({ error: allowed }).regex(pattern, { error: allowed }).describe(description);
}

/** A secret of a given form. */
export function secretText(pattern: RegExp, allowed: string, description: string) {
  return text(pattern, `${allowed}, set with \`pulumi config set --secret --path\``, description).meta({
    writeOnly: true,
  });
}

/** A whole number between two bounds, both included. */
export function integer(min: number, max: number, description: string) {
  const error = `a whole number from ${min} to ${max}`;
  return z.int({ error }).min(min, { error }).max(max, { error }).describe(description);
}

/** A switch that is on or off. */
export function flag(description: string) {
  return z.boolean({ error: "true or false" }).describe(description);
}

/** A list of `min` to `max` different items. */
export function list<Item extends z.ZodType>(item: Item, min: number, max: number, description: string) {
  const error = `a list of ${min} to ${max} different items`;
  return z
    .array(item, { error })
    .min(min, { error })
    .max(max, { error })
    .refine((items) => new Set(items).size === items.length, { error, when: ({ value }) => Array.isArray(value) })
    .describe(description)
    .meta({ uniqueItems: true });
}

/** A choice between taking what exists and making it anew: exactly one of the keys `existing` and `create`. */
export function existingOrCreate<Existing extends z.ZodType, Create extends z.ZodType>(
  existing: Existing,
  create: Create,
  description: string,
) {
  return section({ existing: existing.optional(), create: create.optional() }, description)
    .refine((value) => Object.keys(value).length === 1, {
      error: "exactly one of the keys existing and create",
      when: ({ value }) => typeof value === "object" && value !== null,
    })
    .meta({ minProperties: 1, maxProperties: 1 });
}

/** What lies at a path of a value that may have any shape; undefined where there is nothing. */
export function at(value: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (inner, key) =>
      typeof inner === "object" && inner !== null && Object.hasOwn(inner, key)
        ? (inner as Record<PropertyKey, unknown>)[key]
        : undefined,
    value,
  );
}
