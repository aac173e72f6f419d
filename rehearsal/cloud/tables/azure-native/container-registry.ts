import { parse } from "yaml";
import { isMap, type PropertyMap, type PropertyValue } from "../../../engine/values/property-value";
import { any, flag, object, oneOf, text, asText } from "../../schema/property-schema";
import { live, once, planned, type Reference, type ResourceTypeTable } from "../table";
import { armId, grouped, inGroup, tracked, type AzureContext, type AzureScope } from "./azure-scope";
import { buildFault } from "./image-build";

/** Type tokens of a registry and of a run of one of its tasks. */
export const REGISTRY = "azure-native:containerregistry:Registry";
export const TASK_RUN = "azure-native:containerregistry:TaskRun";
const TYPE = "Microsoft.ContainerRegistry/registries";

const registryName = text({
  replace: true,
  inputOnly: true,
  minLength: 5,
  maxLength: 50,
  pattern: /^[A-Za-z0-9]+$/,
  meaning: "letters and digits",
});

/**
 * A container registry. Its name is taken for all of Azure.
 * @see https://learn.microsoft.com/azure/container-registry/container-registry-intro
 */
export const containerRegistry: ResourceTypeTable<AzureScope> = {
  type: REGISTRY,
  properties: {
    ...tracked,
    ...grouped,
    adminUserEnabled: flag(),
    anonymousPullEnabled: flag(),
    dataEndpointEnabled: flag(),
    encryption: any(),
    identity: any(),
    networkRuleBypassOptions: oneOf(["AzureServices", "None"]),
    networkRuleSet: any(),
    policies: any(),
    publicNetworkAccess: oneOf(["Enabled", "Disabled"]),
    registryName,
    sku: object({ name: oneOf(["Classic", "Basic", "Standard", "Premium"], { required: true }) }, { required: true }),
    zoneRedundancy: oneOf(["Enabled", "Disabled"], { replace: true }),
  },
  computed: {
    azureApiVersion: planned(() => "2023-01-01-preview"),
    creationDate: once(({ now }) => now),
    loginServer: once(({ inputs }) => `${asText(inputs.registryName).toLowerCase()}.azurecr.io`),
    name: planned(({ inputs }) => inputs.registryName),
    provisioningState: live(() => "Succeeded"),
    type: planned(() => TYPE),
  },
  idOf: (context) => armId(context, TYPE, context.inputs.registryName),
  autoName: {
    property: "registryName",
    maxLength: 50,
    separator: "",
    digits: 8,
    transform: (name) => name.replace(/[^A-Za-z0-9]/g, ""),
  },
  taken: (_, owner) => `RegistryAlreadyExists: cannot create existing resource '${owner.id}'`,
  refuse: ({ id, inputs, prior, world }) => {
    if (prior !== undefined) return undefined;
    const twin = world.find(REGISTRY, "registryName", inputs.registryName).find((other) => other.id !== id);
    return (
      twin &&
      `AlreadyInUse: The registry DNS name ${asText(inputs.registryName)}.azurecr.io is already in use. You can check if the name is already claimed`
    );
  },
  references: [inGroup],
};

const ofRegistry: Reference = {
  property: "registryName",
  types: [REGISTRY],
  attributes: ["name"],
  missing: (name) => `ResourceNotFound: The Resource '${TYPE}/${name}' was not found.`,
  onDelete: "cascade",
};

/**
 * One run of a task in a registry. It runs when it is made, and again when the request or the tag changes.
 * @see https://learn.microsoft.com/azure/container-registry/container-registry-tasks-overview
 */
export const taskRun: ResourceTypeTable<AzureScope> = {
  type: TASK_RUN,
  properties: {
    ...grouped,
    forceUpdateTag: text(),
    identity: any(),
    location: text({ replace: true, ignoreCase: true }),
    registryName: { ...registryName, required: true },
    runRequest: any(),
    taskRunName: text({
      replace: true,
      inputOnly: true,
      minLength: 5,
      maxLength: 50,
      pattern: /^[A-Za-z0-9-]+$/,
      meaning: "letters, digits and hyphens",
    }),
  },
  computed: {
    azureApiVersion: planned(() => "2019-06-01-preview"),
    name: planned(({ inputs }) => inputs.taskRunName),
    provisioningState: live(({ inputs }) => (failedBuild(inputs) === undefined ? "Succeeded" : "Failed")),
    runResult: live(runResult),
    type: planned(() => `${TYPE}/taskRuns`),
  },
  idOf: (context) =>
    `${armId(context, TYPE, context.inputs.registryName)}/taskRuns/${asText(context.inputs.taskRunName)}`,
  autoName: { property: "taskRunName", maxLength: 50, separator: "", digits: 8 },
  refuse: refusedRequest,
  unready: (context) => {
    const { runId, status, runErrorMessage } = runResult(context);
    return status === "Failed" ? [`run ${runId} ended as ${status}: ${runErrorMessage}`] : undefined;
  },
  references: [inGroup, ofRegistry],
};

/** How the run ended. */
function runResult({ inputs, hex, now }: AzureContext) {
  const fault = failedBuild(inputs);
  return {
    runId: hex("run", 6),
    status: fault === undefined ? "Succeeded" : "Failed",
    runType: "QuickRun",
    finishTime: now,
    ...(fault !== undefined && { runErrorMessage: fault }),
  };
}

function failedBuild({ runRequest }: PropertyMap): string | undefined {
  return buildFault(taskOf(runRequest));
}

/** Why there is no run: a request that holds no task, or a task that builds and runs nothing. */
function refusedRequest({ inputs }: AzureContext): string | undefined {
  const request = inputs.runRequest;
  if (!isMap(request)) return "BadRequest: The run request of a task run must not be empty";
  if (request.type !== "EncodedTaskRunRequest") return undefined;
  const task = taskOf(request);
  const steps = isMap(task) && Array.isArray(task.steps) ? task.steps : [];
  const useful = steps.some((step) => isMap(step) && (step.build !== undefined || step.cmd !== undefined));
  return useful ? undefined : "BadRequest: The encoded task content is no task with steps that build or run something";
}

/** The task in a run request; undefined where it holds none that can be read. */
export function taskOf(request: PropertyValue | undefined): PropertyValue | undefined {
  if (!isMap(request)) return undefined;
  try {
    return parse(Buffer.from(asText(request.encodedTaskContent), "base64").toString("utf8")) as PropertyValue;
  } catch {
    return undefined;
  }
}
