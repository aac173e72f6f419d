import type { OutputMap } from "@pulumi/pulumi/automation";
import { z } from "zod";
import { AutomationError } from "../errors";
import { PLATFORMS, type ServingPlatform } from "./serving-platform";
import { schemaFaults } from "../settings/schema-faults";

const common = {
  endpointName: z.string().min(1),
  scoringUri: z.string().optional(),
  /** Name of the registered model that is released. */
  model: z.string().min(1),
  instanceType: z.string().min(1),
  instanceCount: z.number().int().min(1),
};

const azureSchema = z.object({
  ...common,
  subscriptionId: z.string().min(1),
  resourceGroupName: z.string().min(1),
  workspaceName: z.string().min(1),
  location: z.string().min(1),
  authMode: z.enum(["Key", "AMLToken", "AADToken"]),
});

const databricksSchema = z.object({
  ...common,
  host: z.string().min(1),
  instanceType: z.string().min(1).default("Small"),
  instanceCount: z.number().int().min(1).default(1),
});

/** An online endpoint of an environment, by what its stack gives out. */
export type EndpointReference =
  | ({ readonly platform: "azure" } & z.infer<typeof azureSchema>)
  | ({ readonly platform: "databricks" } & z.infer<typeof databricksSchema>);

/**
 * The endpoint of an environment, from its outputs. Throws a usage error where there is none, and where there are two and
 * none is named.
 */
export function endpointReference(outputs: OutputMap, platform?: ServingPlatform): EndpointReference {
  const values: Readonly<Record<ServingPlatform, unknown>> = {
    azure: member(outputs["azure"]?.value, "endpoint"),
    databricks: withHost(outputs["databricks"]?.value),
  };
  const found = PLATFORMS.filter((name) => values[name] !== undefined && (platform ?? name) === name);
  const [chosen, ...more] = found;
  if (chosen === undefined) {
    const part = platform === "databricks" ? "databricks.serving" : "azure.endpoint";
    throw new AutomationError("usage", `the environment has no online endpoint in its outputs: ${part} is not there`, {
      hint: `add the part ${part} to the settings of the environment, then bring it up: trunkline up`,
    });
  }
  if (more.length > 0) {
    throw new AutomationError("usage", "the environment has an endpoint on azure and one on databricks", {
      hint: "say which one is meant: --platform azure, or --platform databricks",
    });
  }
  return chosen === "azure"
    ? { platform: "azure", ...read(azureSchema, values.azure, "azure.endpoint") }
    : { platform: "databricks", ...read(databricksSchema, values.databricks, "databricks.serving") };
}

function read<T>(schema: z.ZodType<T>, value: unknown, part: string): T {
  const { success, data, error } = schema.safeParse(value);
  if (success) return data;
  const faults = schemaFaults(value, error.issues, part).join("; ");
  throw new AutomationError("usage", `the outputs ${part} are incomplete: ${faults}`, {
    hint: "bring the environment up to the end: trunkline up",
  });
}

/** The serving part, with the address of the workspace that it lies in. */
function withHost(databricks: unknown): unknown {
  const serving = member(databricks, "serving");
  return serving === undefined ? undefined : { host: member(databricks, "workspaceHost"), ...(serving as object) };
}

function member(value: unknown, key: string): unknown {
  return (value as Readonly<Record<string, unknown>> | null | undefined)?.[key];
}
