import type { PropertyMap } from "../../engine/values/property-value";
import type { CloudResource } from "../cloud-resource";
import { asText } from "../schema/property-schema";
import { coresOf, type CoreUse, endpointCores, familyOf } from "../tables/azure-native/endpoint-quota";
import { ML_WORKSPACE } from "../tables/azure-native/machine-learning-workspace";
import { endpointKeys, ONLINE_DEPLOYMENT, ONLINE_ENDPOINT, sharesOf } from "../tables/azure-native/online-endpoint";
import { registeredVersions } from "../tables/azure-native/registered-model";
import type { CloudState, LiveEndpoint, LiveSlot, RegisteredModel } from "./live-endpoint";

/** The endpoint of a name; undefined where there is none. Several subscriptions may have one of that name: the first is meant. */
export function readAzureEndpoint({ world }: Pick<CloudState, "world">, name: string): LiveEndpoint | undefined {
  const resource = world.find(ONLINE_ENDPOINT, "endpointName", name)[0];
  if (resource === undefined) return undefined;
  const prefix = `${resource.id}/deployments/`;
  const deployments = world
    .find(ONLINE_DEPLOYMENT, "endpointName", name)
    .filter(({ scope, id }) => scope === resource.scope && id.startsWith(prefix));
  const { properties } = resource.outputs;
  const { primaryKey, secondaryKey } = endpointKeys(resource);
  return {
    id: resource.id,
    slots: Object.fromEntries(
      deployments.map((deployment) => [deployment.id.slice(prefix.length), slotOf(deployment)]),
    ),
    traffic: sharesOf(properties, "traffic"),
    mirror: sharesOf(properties, "mirrorTraffic"),
    ...((properties as PropertyMap).authMode === "Key" && { keys: [primaryKey, secondaryKey] }),
  };
}

/** The versions of a registered model, oldest first, of the workspaces that there are; none where there is no workspace. */
export function azureModels({ world, seed }: CloudState, model: string): RegisteredModel[] {
  const workspaces = world.all().filter(({ type, deletedAt }) => type === ML_WORKSPACE && deletedAt === undefined);
  const found = workspaces.flatMap(({ id }) => registeredVersions({ world, seed }, id, model));
  return found.filter(({ version }, i) => found.findIndex((other) => other.version === version) === i);
}

/** Cores that a vendor lets deployments use, and those that they do. */
export interface CoreQuota {
  readonly family: string;
  readonly coresPerInstance: number;
  readonly used: number;
  readonly limit: number;
}

/** The quota of a subscription for the machines of online endpoints in a region. */
export function azureQuota(state: CloudState, use: Omit<CoreUse, "scope">): CoreQuota {
  const { instanceType, subscriptionId } = use;
  const cores = endpointCores(state, { ...use, scope: `azure-native:${subscriptionId}` });
  return { family: familyOf(instanceType), coresPerInstance: coresOf(instanceType), ...cores };
}

function slotOf({ id, createdAt, inputs, outputs }: CloudResource): LiveSlot {
  const { model, provisioningState } = outputs.properties as PropertyMap;
  const { environmentId, codeConfiguration, environmentVariables, requestSettings } = inputs.properties as PropertyMap;
  const text = asText(model);
  const [, name, version] = /\/models\/([^/]+)\/versions\/([^/]+)$/.exec(text) ?? [];
  const { scoringScript: script = "score.py" } = (codeConfiguration ?? {}) as { scoringScript?: string };
  const { requestTimeout = "PT5S" } = (requestSettings ?? {}) as { requestTimeout?: string };
  return {
    model: name === undefined ? text.replace(/^azureml:/, "") : `${name}:${version}`,
    provisioningState: asText(provisioningState),
    key: JSON.stringify([id, createdAt, text, environmentId, codeConfiguration, environmentVariables]),
    script,
    environment: (environmentVariables ?? {}) as Record<string, string>,
    timeoutMs: millisecondsOf(requestTimeout),
  };
}

/** Milliseconds of an ISO 8601 duration of minutes and seconds, such as `PT5S`; those of five seconds for any other text. */
function millisecondsOf(duration: string): number {
  const [, minutes = "0", seconds = "0"] = /^PT(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?$/.exec(duration) ?? ["", "0", "5"];
  return Math.round(Number(minutes) * 60_000 + Number(seconds) * 1000);
}
