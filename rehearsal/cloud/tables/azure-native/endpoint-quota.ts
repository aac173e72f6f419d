import type { PropertyMap } from "../../../engine/values/property-value";
import type { CloudResource } from "../../cloud-resource";
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

/** The family of a size of virtual machines, whose cores are counted together: `standardDSv2Family` of `Standard_DS3_v2`. */
export function familyOf(instanceType: string): string {
  const [, series = "", features = "", version = ""] =
    /^Standard_([A-Z]+)\d+([a-z]*)(?:_(v\d+))?$/.exec(instanceType) ?? [];
  return `standard${series}${features.toUpperCase()}${version}Family`;
}

/** Cores that a deployment takes of the quota: Azure keeps a fifth of its instances in reserve, rounded up. */
export function coresTaken(instanceType: string, instances: number): number {
  // In whole numbers, since 1.2 times 5 is a little more than 6.
  return Math.ceil((instances * 12) / 10) * coresOf(instanceType);
}

/** Which cores are counted together. */
export interface CoreUse {
  /** Scope of the simulated cloud that the deployments are in. */
  readonly scope: string;
  readonly subscriptionId: string;
  readonly region: string;
  readonly instanceType: string;
}

/** Cores of the family of a size that deployments use in a region, and may use; `counts` leaves some out. */
export function endpointCores(
  { world, seed }: Pick<AzureContext, "world" | "seed">,
  { scope, subscriptionId, region, instanceType }: CoreUse,
  counts: (deployment: CloudResource) => boolean = () => true,
): { readonly used: number; readonly limit: number } {
  const limit = seed.azure.subscriptions.find((one) => one.id === subscriptionId)?.endpointCores ?? DEFAULT_CORES;
  const used = world
    .find(ONLINE_DEPLOYMENT, "type", "Microsoft.MachineLearningServices/workspaces/onlineEndpoints/deployments")
    .filter((deployment) => deployment.scope === scope && counts(deployment))
    .map(({ inputs }) => sizeOf(inputs))
    .filter((one) => familyOf(one.instanceType) === familyOf(instanceType) && one.region === region.toLowerCase())
    .reduce((sum, one) => sum + coresTaken(one.instanceType, one.instances), 0);
  return { used, limit };
}

/** Why the quota does not suffice for a deployment; undefined where it does. */
export function endpointCoresShort(context: AzureContext): string | undefined {
  const { inputs, id, scope } = context;
  const { instanceType, instances, region } = sizeOf(inputs);
  const own = `${asText(inputs.endpointName)}:${asText(inputs.deploymentName)}`;
  const use = { scope: scope.id, subscriptionId: scope.subscriptionId, region, instanceType };
  const { used, limit } = endpointCores(
    context,
    use,
    (other) => other.id !== id && `${asText(other.inputs.endpointName)}:${asText(other.inputs.deploymentName)}` !== own,
  );
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
