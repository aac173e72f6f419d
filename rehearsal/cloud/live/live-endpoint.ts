import type { PropertyMap } from "../../engine/values/property-value";
import type { CloudResource } from "../cloud-resource";
import { asText } from "../schema/property-schema";
import type { CloudSeed } from "../seed";
import { ML_WORKSPACE } from "../tables/azure-native/machine-learning-workspace";
import { ONLINE_DEPLOYMENT, ONLINE_ENDPOINT, sharesOf } from "../tables/azure-native/online-endpoint";
import { registeredVersions } from "../tables/azure-native/registered-model";
import type { WorldView } from "../world";

/** What of the simulated cloud is read. */
export interface CloudState {
  readonly world: WorldView;
  readonly seed: CloudSeed;
}

/** A deployment behind an endpoint. */
export interface LiveSlot {
  /** Registered model as `name:version`; its id where that is another one. */
  readonly model: string;
  /** `Succeeded` or `Failed`. */
  readonly provisioningState: string;
}

/** An endpoint as it is at one moment. */
export interface LiveEndpoint {
  readonly resource: CloudResource;
  readonly slots: Readonly<Record<string, LiveSlot>>;
  /** The deployments as the simulated cloud has them, by slot. */
  readonly deployments: Readonly<Record<string, CloudResource>>;
  /** Percentages by slot. */
  readonly traffic: Readonly<Record<string, number>>;
  /** Percentages by slot. */
  readonly mirror: Readonly<Record<string, number>>;
}

/** A version of a registered model. */
export interface RegisteredModel {
  readonly version: string;
  /** ISO 8601, UTC. */
  readonly createdAt: string;
}

/** The endpoint of a name; undefined where there is none. Several subscriptions may have one of that name: the first is meant. */
export function readEndpoint({ world }: Pick<CloudState, "world">, endpointName: string): LiveEndpoint | undefined {
  const resource = world.find(ONLINE_ENDPOINT, "endpointName", endpointName)[0];
  if (resource === undefined) return undefined;
  const prefix = `${resource.id}/deployments/`;
  const deployments = world
    .find(ONLINE_DEPLOYMENT, "endpointName", endpointName)
    .filter(({ scope, id }) => scope === resource.scope && id.startsWith(prefix));
  const byName = <T>(value: (deployment: CloudResource) => T) =>
    Object.fromEntries(deployments.map((deployment) => [deployment.id.slice(prefix.length), value(deployment)]));
  return {
    resource,
    slots: byName(slotOf),
    deployments: byName((deployment) => deployment),
    traffic: sharesOf(resource.outputs.properties, "traffic"),
    mirror: sharesOf(resource.outputs.properties, "mirrorTraffic"),
  };
}

/** The versions of a registered model, oldest first, of the workspaces that there are; none where there is no workspace. */
export function models({ world, seed }: CloudState, model: string): RegisteredModel[] {
  const workspaces = world.all().filter(({ type, deletedAt }) => type === ML_WORKSPACE && deletedAt === undefined);
  const found = workspaces.flatMap(({ id }) => registeredVersions({ world, seed }, id, model));
  return found.filter(({ version }, i) => found.findIndex((other) => other.version === version) === i);
}

function slotOf({ outputs }: CloudResource): LiveSlot {
  const { model, provisioningState } = outputs.properties as PropertyMap;
  const id = asText(model);
  const [, name, version] = /\/models\/([^/]+)\/versions\/([^/]+)$/.exec(id) ?? [];
  return {
    model: name === undefined ? id.replace(/^azureml:/, "") : `${name}:${version}`,
    provisioningState: asText(provisioningState),
  };
}
