import type { PropertyMap } from "../../../engine/values/property-value";
import { asText } from "../../schema/property-schema";
import type { AzureContext } from "./azure-scope";

const ONLINE_DEPLOYMENT = "azure-native:machinelearningservices:OnlineDeployment";
const DEFAULT_CORES = 100;

/** Cores of the sizes that are numbered instead of named after their cores. */
const NUMBERED: Readonly<Record<string, number>> = {
  1: 1,
  2: 2,
  3: 4,
  4: 8,
  5: 16,
  11: 2,
  12: 4,
  13: 8,
  14: 16,
  15: 20,
};

/** Cores of a size of virtual machines: `Standard_D4s_v5` has 4, `Standard_DS3_v2` of an older series has 4 as well. */
export function coresOf(instanceType: string): number {
  const [, series = "", number = "1"] = /^Standard_([A-Z]+)(\d+)/.exec(instanceType) ?? [];
  const numbered = /^DS?$/.test(series) && /_v2$/.test(instanceType) && !/\ds_v2$/.test(instanceType);
  return (numbered ? NUMBERED[number] : undefined) ?? Number(number);
}

/** Cores that a deployment takes of the quota: Azure keeps a fifth of its instances in reserve, rounded up. */
export function coresTaken(instanceType: string, instances: number): number {
  // In whole numbers, since 1.2 times 5 is a little more than 6.
  return Math.ceil((instances * 12) / 10) * coresOf(instanceType);
}

/** Why the quota does not suffice for a deployment; undefined where it does. */
export function endpointCoresShort(context: AzureContext): string | undefined {
  const { inputs, id, scope, seed, world } = context;
  const { instanceType, instances, region } = sizeOf(inputs);
  const limit = seed.azure.subscriptions.find((one) => one.id === scope.subscriptionId)?.endpointCores ?? DEFAULT_CORES;
  const own = `${asText(inputs.endpointName)}:${asText(inputs.deploymentName)}`;
  const used = world
    .find(ONLINE_DEPLOYMENT, "type", "Microsoft.MachineLearningServices/workspaces/onlineEndpoints/deployments")
    .filter((other) => other.scope === scope.id && other.id !== id)
    .filter((other) => `${asText(other.inputs.endpointName)}:${asText(other.inputs.deploymentName)}` !== own)
    .map((other) => sizeOf(other.inputs))
    .filter((other) => other.instanceType === instanceType && other.region === region)
    .reduce((sum, other) => sum + coresTaken(other.instanceType, other.instances), 0);
  const wanted = coresTaken(instanceType, instances);
  return used + wanted > limit
    ? `OutOfQuota: Not enough quota for ${instances} instances of ${instanceType} in ${region}: with a reserve of 20 percent ` +
        `they take ${wanted} cores, ${used} of ${limit} are in use`
    : undefined;
}

function sizeOf(inputs: PropertyMap) {
  const { instanceType = "Standard_DS3_v2" } = inputs.properties as { instanceType?: string };
  const { capacity = 1 } = (inputs.sku ?? {}) as { capacity?: number };
  return { instanceType, instances: capacity, region: asText(inputs.location).toLowerCase() };
}
