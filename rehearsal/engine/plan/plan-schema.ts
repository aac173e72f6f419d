import { z } from "zod";

const properties = z.record(z.string(), z.unknown());
const texts = z.array(z.string());
const seconds = z.number().optional();

const difference = z
  .looseObject({ adds: properties.optional(), deletes: texts.optional(), updates: properties.optional() })
  .default({});

const goal = z.looseObject({
  type: z.string(),
  name: z.string(),
  custom: z.boolean(),
  inputDiff: difference,
  outputDiff: difference,
  parent: z.string().optional(),
  protect: z.boolean(),
  dependencies: texts.optional(),
  provider: z.string().optional(),
  // The CLI writes null for a property that depends on nothing.
  propertyDependencies: z
    .record(
      z.string(),
      texts.nullable().transform((urns) => urns ?? []),
    )
    .optional(),
  deleteBeforeReplace: z.boolean().optional(),
  ignoreChanges: texts.optional(),
  additionalSecretOutputs: texts.optional(),
  structuredAliases: z.array(z.unknown()).optional(),
  id: z.string().optional(),
  customTimeouts: z.looseObject({ create: seconds, update: seconds, delete: seconds }).default({}),
});

const resourcePlan = z.looseObject({
  goal: goal.optional(),
  steps: texts.optional(),
  state: properties.nullable().default(null),
  seed: z.base64().optional(),
});

/** The form of a saved plan, see PlanFile. Fields that are not known here are let through. */
export const planFile = z.looseObject({
  manifest: z.looseObject({}),
  config: properties.optional(),
  resourcePlans: z.record(z.string(), resourcePlan).default({}),
});
