import { createHash } from "node:crypto";
import { isMap, type PropertyMap, type PropertyValue } from "../../../engine/values/property-value";
import type { CloudResource } from "../../cloud-resource";
import { any, integer, object, oneOf, record, text, asText } from "../../schema/property-schema";
import { live, planned, type FunctionTable, type ResourceTypeTable } from "../table";
import { tracked, type AzureContext, type AzureScope } from "./azure-scope";
import {
  findInWorkspace,
  inMlWorkspace,
  ML_WORKSPACE_TYPE,
  mlWorkspaceId,
  ofMlWorkspace,
  workspaceArgs,
} from "./machine-learning-workspace";

/** Type tokens of an endpoint and of a deployment behind it. */
export const ONLINE_ENDPOINT = "azure-native:machinelearningservices:OnlineEndpoint";
export const ONLINE_DEPLOYMENT = "azure-native:machinelearningservices:OnlineDeployment";
const TYPE = `${ML_WORKSPACE_TYPE}/onlineEndpoints`;

/** Name of an endpoint or a deployment. */
export const servingName = text({
  replace: true,
  inputOnly: true,
  minLength: 3,
  maxLength: 32,
  pattern: /^(?!.*--)[A-Za-z][A-Za-z0-9-]*[A-Za-z0-9]$/,
  meaning: "letters, digits and single hyphens, beginning with a letter and ending with a letter or digit",
});

/** The identity of an endpoint. */
export const managedIdentity = object({
  type: oneOf(["None", "SystemAssigned", "UserAssigned", "SystemAssigned,UserAssigned"], { required: true }),
  userAssignedIdentities: any(),
});

/**
 * A managed online endpoint. Each write is a whole one: an update that says nothing about traffic leaves none.
 * @see https://learn.microsoft.com/azure/machine-learning/how-to-safely-rollout-online-endpoints
 */
export const onlineEndpoint: ResourceTypeTable<AzureScope> = {
  type: ONLINE_ENDPOINT,
  properties: {
    ...tracked,
    ...inMlWorkspace,
    endpointName: servingName,
    identity: managedIdentity,
    kind: text(),
    properties: object(
      {
        authMode: oneOf(["AMLToken", "Key", "AADToken"], { required: true }),
        compute: text(),
        description: text(),
        keys: object({ primaryKey: text(), secondaryKey: text() }),
        mirrorTraffic: record(integer({ min: 0, max: 50 })),
        properties: record(text()),
        publicNetworkAccess: oneOf(["Enabled", "Disabled"]),
        traffic: record(integer({ min: 0, max: 100 })),
      },
      { required: true },
    ),
    sku: any(),
  },
  computed: {
    azureApiVersion: planned(() => "2025-12-01"),
    name: planned(({ inputs }) => inputs.endpointName),
    properties: live(({ inputs }) => {
      const { keys: _never, ...shown } = inputs.properties as PropertyMap;
      const host = `https://${asText(inputs.endpointName)}.${asText(inputs.location)}.inference.ml.azure.com`;
      return {
        publicNetworkAccess: "Enabled",
        ...shown,
        provisioningState: "Succeeded",
        scoringUri: `${host}/score`,
        swaggerUri: `${host}/swagger.json`,
      };
    }),
    systemData: live(({ now, prior }) => prior?.systemData ?? { createdAt: now, createdByType: "Application" }),
    type: planned(() => TYPE),
  },
  idOf: endpointId,
  autoName: { property: "endpointName", maxLength: 32, digits: 8 },
  taken: (_, owner) => `UserError: cannot create already existing resource '${owner.id}'`,
  refuse: (context) => takenName(context) ?? wrongTraffic(context),
  references: [ofMlWorkspace],
};

/** The ARM id of the endpoint that inputs name. */
export function endpointId(context: Pick<AzureContext, "inputs" | "scope">): string {
  return `${mlWorkspaceId(context)}/onlineEndpoints/${asText(context.inputs.endpointName)}`;
}

/** Percentages by deployment; empty where there are none. */
export function sharesOf(
  properties: PropertyValue | undefined,
  name: "traffic" | "mirrorTraffic",
): Record<string, number> {
  const shares = isMap(properties ?? null) ? (properties as PropertyMap)[name] : undefined;
  return isMap(shares ?? null) ? (shares as Record<string, number>) : {};
}

/** The name is part of an address that all of a region shares. */
function takenName({ inputs, id, prior, world }: AzureContext): string | undefined {
  if (prior !== undefined) return undefined;
  const region = asText(inputs.location).toLowerCase();
  const twin = world
    .find(ONLINE_ENDPOINT, "endpointName", inputs.endpointName)
    .find((other) => other.id !== id && asText(other.inputs.location).toLowerCase() === region);
  return (
    twin &&
    `UserError: The endpoint name '${asText(inputs.endpointName)}' is already in use in the region ${region}. Names are unique in a region; choose another one`
  );
}

function wrongTraffic(context: AzureContext): string | undefined {
  const { inputs, world } = context;
  const [traffic, mirror] = [sharesOf(inputs.properties, "traffic"), sharesOf(inputs.properties, "mirrorTraffic")];
  const named = [...Object.keys(traffic), ...Object.keys(mirror)];
  const missing = named.find(
    (name) => world.find(ONLINE_DEPLOYMENT, "id", `${endpointId(context)}/deployments/${name}`).length === 0,
  );
  if (missing !== undefined) {
    return `BadRequest: The traffic names the deployment '${missing}', which does not exist behind the endpoint '${asText(inputs.endpointName)}'`;
  }
  const sum = Object.values(traffic).reduce((total, share) => total + share, 0);
  if (sum !== 0 && sum !== 100) return `BadRequest: The sum of the traffic must be 0 or 100 percent, got ${sum}`;
  const mirrored = Object.keys(mirror).filter((name) => mirror[name]! > 0);
  if (mirrored.length > 1) {
    return `BadRequest: Traffic can be mirrored to one deployment only, got ${mirrored.join(", ")}`;
  }
  const live = mirrored.find((name) => (traffic[name] ?? 0) > 0);
  return live === undefined
    ? undefined
    : `BadRequest: The deployment '${live}' has live traffic, a deployment can have live or mirrored traffic, not both`;
}

/** An endpoint of a workspace. */
export const getOnlineEndpoint: FunctionTable<AzureScope> = {
  token: "azure-native:machinelearningservices:getOnlineEndpoint",
  args: { ...workspaceArgs, endpointName: text({ required: true }) },
  answer: (args, context) => {
    const found = findInWorkspace(ONLINE_ENDPOINT, `onlineEndpoints/${asText(args.endpointName)}`, args, context);
    return { ...found.outputs, id: found.id };
  },
};

/** The two keys of an endpoint; refused where callers show a token. */
export const listOnlineEndpointKeys: FunctionTable<AzureScope> = {
  token: "azure-native:machinelearningservices:listOnlineEndpointKeys",
  args: { ...workspaceArgs, endpointName: text({ required: true }) },
  answer: (args, context) =>
    endpointKeys(findInWorkspace(ONLINE_ENDPOINT, `onlineEndpoints/${asText(args.endpointName)}`, args, context)),
};

/** The keys of an endpoint, the same as long as it exists. */
export function endpointKeys({ id, createdAt }: CloudResource): { primaryKey: string; secondaryKey: string } {
  const key = (name: string) =>
    createHash("sha256").update(`${name}\n${id}\n${createdAt}`).digest("base64url").slice(0, 32);
  return { primaryKey: key("primary"), secondaryKey: key("secondary") };
}
