import { isMap, type PropertyMap } from "../../../engine/values/property-value";
import { CloudError } from "../../cloud-error";
import { any, flag, object, record, text, asText } from "../../schema/property-schema";
import type { CloudSeed } from "../../seed";
import { live, planned, type FunctionTable, type ResourceTypeTable, type TableContext } from "../table";
import type { WorldView } from "../../world";
import type { AzureScope } from "./azure-scope";
import {
  findInWorkspace,
  inMlWorkspace,
  ML_WORKSPACE_TYPE,
  mlWorkspaceId,
  ofMlWorkspace,
  workspaceArgs,
} from "./machine-learning-workspace";

/** Type tokens of a registered model and of one of its versions. */
export const MODEL_CONTAINER = "azure-native:machinelearningservices:ModelContainer";
export const MODEL_VERSION = "azure-native:machinelearningservices:ModelVersion";
const MODEL_TYPE = `${ML_WORKSPACE_TYPE}/models`;
const VERSION_TYPE = `${MODEL_TYPE}/versions`;

/** Name of a registered asset. */
export const assetName = text({
  required: true,
  replace: true,
  inputOnly: true,
  pattern: /^[A-Za-z0-9][A-Za-z0-9._-]{0,254}$/,
  meaning: "letters, digits and any of ._-, beginning with a letter or digit",
});
const labels = record(text());
/** What every registered asset has. */
export const assetProperties = {
  description: text(),
  isArchived: flag(),
  properties: labels,
  tags: labels,
};

/** A registered model. */
export const modelContainer: ResourceTypeTable<AzureScope> = {
  type: MODEL_CONTAINER,
  properties: {
    ...inMlWorkspace,
    name: { ...assetName, required: false },
    properties: object(assetProperties, { required: true }),
  },
  computed: {
    azureApiVersion: planned(() => "2025-12-01"),
    name: planned(({ inputs }) => inputs.name),
    properties: live((context) => ({
      ...(context.inputs.properties as PropertyMap),
      ...latestOf(context, asText(context.inputs.name)),
      provisioningState: "Succeeded",
    })),
    systemData: live(({ now, prior }) => prior?.systemData ?? { createdAt: now, createdByType: "Application" }),
    type: planned(() => MODEL_TYPE),
  },
  idOf: (context) => `${mlWorkspaceId(context)}/models/${asText(context.inputs.name)}`,
  autoName: { property: "name", maxLength: 255, digits: 8 },
  references: [ofMlWorkspace],
};

/** A version of a registered model. */
export const modelVersion: ResourceTypeTable<AzureScope> = {
  type: MODEL_VERSION,
  properties: {
    ...inMlWorkspace,
    name: assetName,
    properties: object(
      {
        ...assetProperties,
        autoDeleteSetting: any(),
        flavors: any(),
        isAnonymous: flag(),
        jobName: text(),
        modelType: text(),
        modelUri: text(),
        stage: text(),
      },
      { required: true },
    ),
    version: text({ replace: true, inputOnly: true, maxLength: 63 }),
  },
  computed: {
    azureApiVersion: planned(() => "2025-12-01"),
    name: planned(({ inputs }) => inputs.version),
    properties: live(({ inputs }) => ({ ...(inputs.properties as PropertyMap), provisioningState: "Succeeded" })),
    systemData: live(({ now, prior }) => prior?.systemData ?? { createdAt: now, createdByType: "Application" }),
    type: planned(() => VERSION_TYPE),
  },
  idOf: (context) => {
    const { name, version } = context.inputs;
    return `${mlWorkspaceId(context)}/models/${asText(name)}/versions/${asText(version)}`;
  },
  autoName: { property: "version", maxLength: 63, digits: 8 },
  references: [ofMlWorkspace],
};

/** A version of a registered model, as lookups show it. */
export interface RegisteredVersion {
  readonly version: string;
  /** ISO 8601, UTC. */
  readonly createdAt: string;
}

/** The versions of a model in a workspace, oldest first: those that the seed says exist, and those that were registered since. */
export function registeredVersions(
  { world, seed }: { readonly world: WorldView; readonly seed: CloudSeed },
  workspaceId: string,
  model: string,
): RegisteredVersion[] {
  const subscription = seed.azure.subscriptions.find(({ id }) => workspaceId.startsWith(`/subscriptions/${id}/`));
  const seeded = subscription?.models?.find(({ name }) => name === model)?.versions ?? [];
  const made = world
    .find(MODEL_VERSION, "type", VERSION_TYPE)
    .filter(({ id }) => id.startsWith(`${workspaceId}/models/${model}/versions/`))
    .map(({ inputs, createdAt }) => ({ version: asText(inputs.version), createdAt }));
  const planted = seeded
    .filter((version) => !made.some((other) => other.version === version))
    .map((version, i) => ({ version, createdAt: new Date(Date.UTC(2026, 0, i + 1)).toISOString() }));
  return [...planted, ...made].sort((a, b) => (a.createdAt < b.createdAt ? -1 : a.createdAt > b.createdAt ? 1 : 0));
}

/** A registered model of a workspace, with its latest version. */
export const getModelContainer: FunctionTable<AzureScope> = {
  token: "azure-native:machinelearningservices:getModelContainer",
  args: { ...workspaceArgs, name: text({ required: true }) },
  answer: (args, context) => {
    const { scope } = context;
    const workspaceId = mlWorkspaceId({ inputs: args, scope });
    const latest = latestOf({ ...context, inputs: args }, asText(args.name));
    if (latest.latestVersion === undefined) return shown(MODEL_CONTAINER, `models/${asText(args.name)}`, args, context);
    findInWorkspace(MODEL_CONTAINER, "", args, context);
    return {
      id: `${workspaceId}/models/${asText(args.name)}`,
      name: args.name!,
      azureApiVersion: "2025-12-01",
      type: MODEL_TYPE,
      properties: { ...latest, isArchived: false, provisioningState: "Succeeded" },
    };
  },
};

/** One version of a registered model of a workspace. */
export const getModelVersion: FunctionTable<AzureScope> = {
  token: "azure-native:machinelearningservices:getModelVersion",
  args: { ...workspaceArgs, name: text({ required: true }), version: text({ required: true }) },
  answer: (args, context) => {
    findInWorkspace(MODEL_VERSION, "", args, context);
    const workspaceId = mlWorkspaceId({ inputs: args, scope: context.scope });
    const [name, version] = [asText(args.name), asText(args.version)];
    const found = registeredVersions(context, workspaceId, name).find((one) => one.version === version);
    if (found === undefined) throw missingVersion(name, version);
    return {
      id: `${workspaceId}/models/${name}/versions/${version}`,
      name: version,
      azureApiVersion: "2025-12-01",
      type: VERSION_TYPE,
      properties: { modelType: "custom_model", isArchived: false, provisioningState: "Succeeded" },
      systemData: { createdAt: found.createdAt },
    };
  },
};

/** Azure's words for a version that is not registered. */
export function missingVersion(name: string, version: string): CloudError {
  return new CloudError(`ResourceNotFound: Model container with name: ${name} and version: ${version} was not found.`);
}

function latestOf(context: TableContext<AzureScope> & { readonly inputs: PropertyMap }, model: string): PropertyMap {
  const latestVersion = registeredVersions(context, mlWorkspaceId(context), model).at(-1)?.version;
  return latestVersion === undefined ? {} : { latestVersion };
}

function shown(type: string, path: string, args: PropertyMap, context: TableContext<AzureScope>): PropertyMap {
  const found = findInWorkspace(type, path, args, context);
  return { ...(isMap(found.outputs) ? found.outputs : {}), id: found.id };
}
