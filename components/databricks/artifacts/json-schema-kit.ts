import * as pulumi from "@pulumi/pulumi";
import { z } from "zod";

/** An object that takes exactly the keys of `shape`; its faults name them. */
export function strict<Shape extends z.ZodRawShape>(shape: Shape) {
  const keys = Object.keys(shape).join(", ");
  return z.strictObject(shape, {
    error: (issue) => (issue.code === "unrecognized_keys" ? keys : `an object with the keys ${keys}`),
  });
}

/** A text that is not empty. */
export const text = z.string({ error: "a text" }).min(1, { error: "a text that is not empty" });

/** A secret. */
export const secretText = text.meta({ writeOnly: true });

/** Texts by keys of the user's choice. */
export const texts = z.record(z.string(), z.string({ error: "a text, in quotes" }), { error: "texts by key" });

/** A list of texts. */
export const textList = z.array(text, { error: "a list of texts" });

/** true or false. */
export const flag = z.boolean({ error: "true or false" });

/** A whole number between two bounds, both included. */
export function integer(min = 0, max = Number.MAX_SAFE_INTEGER) {
  const error = max === Number.MAX_SAFE_INTEGER ? `a whole number from ${min}` : `a whole number from ${min} to ${max}`;
  return z.int({ error }).min(min, { error }).max(max, { error });
}

/** One of some texts. */
export function oneOf<const Values extends readonly [string, ...string[]]>(...values: Values) {
  return z.enum(values, { error: `one of ${values.join(", ")}` });
}

/** A list of items. */
export function listOf<Item extends z.ZodType>(item: Item) {
  return z.array(item, { error: "a list" });
}

/** Names of Pulumi's properties that are not the JSON's in another case. */
const RENAMED: Readonly<Record<string, string>> = {
  depends_on: "dependsOns",
  on_duration_warning_threshold_exceeded: "onDurationWarningThresholdExceededs",
  on_failure: "onFailures",
  on_start: "onStarts",
  on_streaming_backlog_exceeded: "onStreamingBacklogExceededs",
  on_success: "onSuccesses",
};

/**
 * A value that fits a schema with its keys as Pulumi's properties have them; keys of the user's choice, such as tags, and
 * what the schema leaves open stay as they are. Secrets become secrets of Pulumi.
 */
export function pulumiProperties(schema: z.ZodType, value: unknown): unknown {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodDefault) {
    return pulumiProperties(schema.unwrap() as z.ZodType, value);
  }
  if (schema.meta()?.["writeOnly"] === true) return pulumi.secret(value);
  if (schema instanceof z.ZodArray && Array.isArray(value)) {
    return value.map((item) => pulumiProperties(schema.element as z.ZodType, item));
  }
  if (!(schema instanceof z.ZodObject) || typeof value !== "object" || value === null) return value;
  const shape = schema.shape as Record<string, z.ZodType>;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [
      RENAMED[key] ?? key.replace(/_([a-z0-9])/g, (_match, letter: string) => letter.toUpperCase()),
      pulumiProperties(shape[key]!, inner),
    ]),
  );
}
