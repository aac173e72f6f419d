import { isMap, type PropertyMap } from "../../../engine/values/property-value";
import { any, flag, integer, object, oneOf, record, text, asText } from "../../schema/property-schema";
import { slotFault } from "../../slot-fault";
import { live, planned, type FunctionTable, type ResourceTypeTable } from "../table";
import { tracked, type AzureContext, type AzureScope } from "./azure-scope";
import {
  findInWorkspace,
  inMlWorkspace,
  ML_WORKSPACE_TYPE,
  mlWorkspaceId,
  workspaceArgs,
} from "./machine-learning-workspace";
import { endpointCoresShort } from "./endpoint-quota";
import {
  endpointId,
  managedIdentity,
  ONLINE_DEPLOYMENT,
  ONLINE_ENDPOINT,
  servingName,
  sharesOf,
} from "./online-endpoint";
import { registeredVersions } from "./registered-model";

const TYPE = `${ML_WORKSPACE_TYPE}/onlineEndpoints/deployments`;

/** Most deployments behind an endpoint. */
const MOST = 20;

const probe = object({
  failureThreshold: integer({ min: 1 }),
  initialDelay: text(),
  period: text(),
  successThreshold: integer({ min: 1 }),
  timeout: text(),
});

/**
 * A deployment behind an online endpoint: machines that serve one version of a model.
 * @see https://learn.microsoft.com/azure/machine-learning/how-to-manage-quotas
 */
export const onlineDeployment: ResourceTypeTable<AzureScope> = {
  type: ONLINE_DEPLOYMENT,
  properties: {
    ...tracked,
    ...inMlWorkspace,
    deploymentName: servingName,
    endpointName: { ...servingName, required: true },
    identity: managedIdentity,
    kind: text(),
    properties: object(
      {
        appInsightsEnabled: flag(),
        codeConfiguration: object({ codeId: text(), scoringScript: text({ required: true }) }),
        dataCollector: any(),
        description: text(),
        egressPublicNetworkAccess: oneOf(["Enabled", "Disabled"], { replace: true }),
        endpointComputeType: oneOf(["Managed"], { required: true, replace: true }),
        environmentId: text({ ignoreCase: true }),
        environmentVariables: record(text()),
        instanceType: text(),
        livenessProbe: probe,
        model: text({ ignoreCase: true }),
        modelMountPath: text(),
        properties: record(text()),
        readinessProbe: probe,
        requestSettings: object({
          maxConcurrentRequestsPerInstance: integer({ min: 1 }),
          maxQueueWait: text(),
          requestTimeout: text(),
        }),
        scaleSettings: any(),
        startupProbe: probe,
      },
      { required: true },
    ),
    sku: object({
      capacity: integer({ min: 1 }),
      family: text(),
      name: text({ required: true }),
      size: text(),
      tier: text(),
    }),
  },
  computed: {
    azureApiVersion: planned(() => "2025-12-01"),
    name: planned(({ inputs }) => inputs.deploymentName),
    properties: live((context) => ({
      ...(context.inputs.properties as PropertyMap),
      provisioningState: unhealthy(context) === undefined ? "Succeeded" : "Failed",
    })),
    systemData: live(({ now, prior }) => prior?.systemData ?? { createdAt: now, createdByType: "Application" }),
    type: planned(() => TYPE),
  },
  idOf: (context) => `${endpointId(context)}/deployments/${asText(context.inputs.deploymentName)}`,
  autoName: { property: "deploymentName", maxLength: 32, digits: 8 },
  taken: (_, owner) => `UserError: cannot create already existing resource '${owner.id}'`,
  refuse: (context) => tooMany(context) ?? missingAsset(context) ?? endpointCoresShort(context),
  unready: unhealthy,
  refuseDelete: ({ inputs }, { world, scope }) => {
    const endpoint = world.get(scope.id, ONLINE_ENDPOINT, endpointId({ inputs, scope }));
    const name = asText(inputs.deploymentName);
    const share = sharesOf(endpoint?.outputs.properties, "traffic")[name] ?? 0;
    return share > 0
      ? `BadRequest: The deployment '${name}' has ${share} percent of the traffic of the endpoint '${asText(inputs.endpointName)}'; give its traffic to others first`
      : undefined;
  },
  references: [
    {
      property: "resourceGroupName:workspaceName:endpointName",
      types: [ONLINE_ENDPOINT],
      attributes: ["resourceGroupName:workspaceName:name"],
      missing: (name) => `ResourceNotFound: The endpoint '${name.slice(name.lastIndexOf(":") + 1)}' was not found.`,
      onDelete: "cascade",
    },
  ],
};

/** Why the containers of the deployment do not become ready; undefined where they do. */
function unhealthy({ inputs, world }: Pick<AzureContext, "inputs" | "world">): readonly string[] | undefined {
  const name = asText(inputs.deploymentName);
  const fault = slotFault(world, asText(inputs.endpointName), name);
  return fault?.unhealthy === true
    ? [`ResourceNotReady: User container of the deployment '${name}' has crashed or terminated; see its logs`]
    : undefined;
}

function tooMany(context: AzureContext): string | undefined {
  if (context.prior !== undefined) return undefined;
  const { endpointName } = context.inputs;
  const prefix = `${endpointId(context)}/deployments/`;
  const others = context.world.find(ONLINE_DEPLOYMENT, "endpointName", endpointName);
  return others.filter(({ id }) => id.startsWith(prefix)).length >= MOST
    ? `BadRequest: The endpoint '${asText(endpointName)}' has ${MOST} deployments already, which is the most`
    : undefined;
}

/** A model or an environment of the workspace has to be registered; those of a registry are taken as there. */
function missingAsset(context: AzureContext): string | undefined {
  const { model, environmentId } = context.inputs.properties as { model?: string; environmentId?: string };
  const workspaceId = mlWorkspaceId(context);
  const [, name, version] =
    /\/models\/([^/]+)\/versions\/([^/]+)$/.exec(model ?? "") ?? /^azureml:([^:/]+):([^:/]+)$/.exec(model ?? "") ?? [];
  if (name !== undefined && !registeredVersions(context, workspaceId, name).some((one) => one.version === version)) {
    return `BadRequest: The model '${name}' has no version '${version}' in the workspace '${asText(context.inputs.workspaceName)}'`;
  }
  return environmentId?.startsWith("/") && context.world.findId(environmentId) === undefined
    ? `BadRequest: The environment '${environmentId}' does not exist`
    : undefined;
}

const deploymentArgs = {
  ...workspaceArgs,
  endpointName: text({ required: true }),
  deploymentName: text({ required: true }),
};

/** A deployment behind an endpoint. */
export const getOnlineDeployment: FunctionTable<AzureScope> = {
  token: "azure-native:machinelearningservices:getOnlineDeployment",
  args: deploymentArgs,
  answer: (args, context) => {
    const found = findInWorkspace(ONLINE_DEPLOYMENT, deploymentPath(args), args, context);
    return { ...found.outputs, id: found.id };
  },
};

/** The last lines that the containers of a deployment have written. */
export const getOnlineDeploymentLogs: FunctionTable<AzureScope> = {
  token: "azure-native:machinelearningservices:getOnlineDeploymentLogs",
  args: {
    ...deploymentArgs,
    containerType: oneOf(["StorageInitializer", "InferenceServer", "ModelDataCollector"]),
    tail: integer({ min: 1 }),
  },
  answer: (args, context) => {
    const { outputs } = findInWorkspace(ONLINE_DEPLOYMENT, deploymentPath(args), args, context);
    const fault = slotFault(context.world, asText(args.endpointName), asText(args.deploymentName));
    const model = isMap(outputs.properties ?? null) ? asText((outputs.properties as PropertyMap).model) : "";
    const lines = (fault?.unhealthy && fault.log ? fault.log : `Loading ${model}\nListening on port 5001`).split("\n");
    return { content: lines.slice(-Number(args.tail ?? 100)).join("\n") };
  },
};

function deploymentPath({ endpointName, deploymentName }: PropertyMap): string {
  return `onlineEndpoints/${asText(endpointName)}/deployments/${asText(deploymentName)}`;
}
