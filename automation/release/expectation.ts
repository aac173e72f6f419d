import { Ajv, type ValidateFunction } from "ajv";
import { z } from "zod";
import { AutomationError } from "../errors";
import { schemaFaults } from "../settings/schema-faults";

const fileSchema = z
  .strictObject({
    status: z.int().min(100).max(599).default(200),
    equals: z.json().optional(),
    tolerance: z
      .strictObject({ absolute: z.number().min(0).default(0), relative: z.number().min(0).default(0) })
      .optional(),
    schema: z.union([z.record(z.string(), z.json()), z.boolean()]).optional(),
    latency: z
      .strictObject({
        percentile: z.number().gt(0).max(100).default(95),
        atMostMs: z.number().positive(),
        samples: z.int().min(1).max(1000).default(20),
      })
      .optional(),
  })
  .refine(({ tolerance, equals }) => tolerance === undefined || equals !== undefined, {
    message: "tolerance is about the numbers of equals, and there is no equals",
  });

/** What is expected of the answers to one request. */
export interface Expectation extends Omit<z.infer<typeof fileSchema>, "schema"> {
  /** Whether an answer fits the JSON Schema; its errors are left on it. */
  readonly fits?: ValidateFunction;
}

/** Reads an expectation file. Throws a usage error with every fault of its form, and for a schema that is none. */
export function parseExpectation(text: string, file: string): Expectation {
  const raw = json(text, file);
  const { success, data, error } = fileSchema.safeParse(raw);
  if (!success) {
    const faults = schemaFaults(raw, error.issues);
    throw new AutomationError("usage", `${file} is no expectation: ${faults.join("; ")}`, {
      hint: "it may hold status, equals, tolerance, schema and latency: see docs/runbooks/release.md",
    });
  }
  const { schema, ...expected } = data;
  if (schema === undefined) return expected;
  try {
    return {
      ...expected,
      fits: new Ajv({ strictSchema: true, strictTypes: false, strictTuples: false, allErrors: true }).compile(schema),
    };
  } catch (cause) {
    throw new AutomationError("usage", `${file}: schema is no JSON Schema: ${(cause as Error).message}`, {
      hint: "correct it: https://json-schema.org/understanding-json-schema",
      cause,
    });
  }
}

function json(text: string, file: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new AutomationError("usage", `${file} is not JSON: ${(cause as Error).message}`, {
      hint: "correct it",
      cause,
    });
  }
}
