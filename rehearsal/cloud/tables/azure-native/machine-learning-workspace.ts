import type { PropertyMap } from "../../../engine/values/property-value";
import { CloudError } from "../../cloud-error";
import type { CloudResource } from "../../cloud-resource";
import { any, flag, list, object, oneOf, text, asText, type PropertySchemas } from "../../schema/property-schema";
import {
  live,
  once,
  planned,
  type FunctionTable,
  type Reference,
  type ResourceTypeTable,
  type TableContext,
} from "../table";
import { INSIGHTS } from "./application-insights";
import { armId, grouped, inGroup, tracked, type AzureScope } from "./azure-scope";
import { REGISTRY } from "./container-registry";
import { VAULT } from "./key-vault";
import { STORAGE_ACCOUNT } from "./storage-account";

/** Type token of a workspace of Azure Machine Learning. */
export const ML_WORKSPACE = "azure-native:machinelearningservices:Workspace";

/** Type of such a workspace in Azure's ids. */
export const ML_WORKSPACE_TYPE = "Microsoft.MachineLearningServices/workspaces";

const linked = (resource: string, type: string): Reference => ({
  property: resource,
  types: [type],
  attributes: ["id"],
  missing: (id) => `ValidationError: ${resource} '${id}' does not exist`,
});

/**
 * A workspace of Azure Machine Learning. A deleted one keeps its name for 14 days.
 * @see https://learn.microsoft.com/azure/machine-learning/concept-soft-delete
 */
export const machineLearningWorkspace: ResourceTypeTable<AzureScope> = {
  type: ML_WORKSPACE,
  properties: {
    ...tracked,
    ...grouped,
    allowPublicAccessWhenBehindVnet: flag(),
    applicationInsights: text({ ignoreCase: true }),
    associatedWorkspaces: list(text()),
    containerRegistry: text({ ignoreCase: true }),
    description: text(),
    discoveryUrl: text(),
    enableDataIsolation: flag({ replace: true }),
    enableServiceSideCMKEncryption: flag(),
    encryption: any(),
    featureStoreSettings: any(),
    friendlyName: text(),
    hbiWorkspace: flag({ replace: true }),
    hubResourceId: text({ replace: true }),
    identity: object({
      type: oneOf(["None", "SystemAssigned", "UserAssigned", "SystemAssigned,UserAssigned"], { required: true }),
      userAssignedIdentities: list(text()),
    }),
    imageBuildCompute: text(),
    keyVault: text({ replace: true, ignoreCase: true }),
    kind: text({ replace: true }),
    managedNetwork: object({
      enableNetworkMonitor: flag(),
      firewallSku: oneOf(["Standard", "Basic"]),
      isolationMode: oneOf(["Disabled", "AllowInternetOutbound", "AllowOnlyApprovedOutbound"]),
      managedNetworkKind: oneOf(["V1", "V2"]),
      outboundRules: any(),
      status: any(),
    }),
    primaryUserAssignedIdentity: text(),
    provisionNetworkNow: flag(),
    publicNetworkAccess: oneOf(["Enabled", "Disabled"]),
    serverlessComputeSettings: any(),
    serviceManagedResourcesSettings: any(),
    sharedPrivateLinkResources: any(),
    sku: any(),
    storageAccount: text({ replace: true, ignoreCase: true }),
    systemDatastoresAuthMode: oneOf(["AccessKey", "Identity", "UserDelegationSAS"]),
    v1LegacyMode: flag(),
    workspaceHubConfig: any(),
    workspaceName: text({
      replace: true,
      inputOnly: true,
      pattern: /^[A-Za-z0-9][A-Za-z0-9_-]{2,32}$/,
      meaning: "3 to 33 letters, digits, hyphens and underscores, beginning with a letter or digit",
    }),
  },
  computed: {
    azureApiVersion: planned(() => "2025-12-01"),
    identity: live(({ inputs, scope, uuid }) => {
      const { type } = (inputs.identity ?? {}) as { type?: string };
      if (!type?.startsWith("SystemAssigned")) return inputs.identity;
      return { ...(inputs.identity as PropertyMap), principalId: uuid("principal"), tenantId: scope.tenantId };
    }),
    name: planned(({ inputs }) => inputs.workspaceName),
    provisioningState: live(() => "Succeeded"),
    storageHnsEnabled: live(() => false),
    tenantId: once(({ scope }) => scope.tenantId),
    type: planned(() => ML_WORKSPACE_TYPE),
    workspaceId: once(({ uuid }) => uuid("workspace")),
  },
  idOf: (context) => armId(context, ML_WORKSPACE_TYPE, context.inputs.workspaceName),
  autoName: { property: "workspaceName", maxLength: 33, separator: "", digits: 8 },
  refuse: ({ inputs, prior }) =>
    prior === undefined && ["storageAccount", "keyVault", "applicationInsights"].some((name) => !inputs[name])
      ? "ValidationError: Missing dependent resources in workspace json: a workspace needs storageAccount, keyVault and applicationInsights"
      : undefined,
  references: [
    inGroup,
    linked("storageAccount", STORAGE_ACCOUNT),
    linked("keyVault", VAULT),
    linked("applicationInsights", INSIGHTS),
    linked("containerRegistry", REGISTRY),
  ],
  softDelete: {
    days: () => 14,
    attribute: "workspaceName",
    recovers: () => false,
    taken: ({ id }) =>
      `Conflict: A workspace of this name is soft-deleted: '${id}'. Its name is free when it is purged, or after 14 days`,
    nothingToRecover: ({ workspaceName }) => `NotFound: no soft-deleted workspace '${asText(workspaceName)}'`,
  },
};

/** The workspace that an asset, an endpoint or a deployment is in. */
export const inMlWorkspace: PropertySchemas = {
  ...grouped,
  workspaceName: text({ required: true, replace: true, inputOnly: true, ignoreCase: true }),
};

/** A resource goes with its workspace. */
export const ofMlWorkspace: Reference = {
  property: "resourceGroupName:workspaceName",
  types: [ML_WORKSPACE],
  attributes: ["resourceGroupName:name"],
  missing: (name) =>
    `ResourceNotFound: The Resource '${ML_WORKSPACE_TYPE}/${name.slice(name.indexOf(":") + 1)}' was not found.`,
  onDelete: "cascade",
};

/** The ARM id of the workspace that inputs or arguments name. */
export function mlWorkspaceId({ inputs, scope }: { inputs: PropertyMap; scope: AzureScope }): string {
  const group = asText(inputs.resourceGroupName);
  const name = asText(inputs.workspaceName);
  return `/subscriptions/${scope.subscriptionId}/resourceGroups/${group}/providers/${ML_WORKSPACE_TYPE}/${name}`;
}

/** Arguments of a lookup in a workspace. */
export const workspaceArgs = {
  resourceGroupName: text({ required: true }),
  workspaceName: text({ required: true }),
};

/** What a lookup finds under a workspace, by its path below it; throws CloudError, as Azure says it, where it is not there. */
export function findInWorkspace(
  type: string,
  path: string,
  args: PropertyMap,
  { scope, world }: TableContext<AzureScope>,
): CloudResource {
  const workspace = world.get(scope.id, ML_WORKSPACE, mlWorkspaceId({ inputs: args, scope }));
  const found = workspace && (path === "" ? workspace : world.get(scope.id, type, `${workspace.id}/${path}`));
  if (found) return found;
  const missing = [ML_WORKSPACE_TYPE, asText(args.workspaceName), ...(workspace ? [path] : [])].join("/");
  throw new CloudError(
    `ResourceNotFound: The Resource '${missing}' under resource group '${asText(args.resourceGroupName)}' was not found.`,
  );
}

/** A workspace of the subscription. */
export const getMachineLearningWorkspace: FunctionTable<AzureScope> = {
  token: "azure-native:machinelearningservices:getWorkspace",
  args: workspaceArgs,
  answer: (args, context) => {
    const found = findInWorkspace(ML_WORKSPACE, "", args, context);
    return { ...found.outputs, id: found.id };
  },
};
