import type { PropertyMap } from "../../../engine/values/property-value";
import { CloudError } from "../../cloud-error";
import { record, text, textOf, type PropertySchemas, asText } from "../../schema/property-schema";
import type { CloudSeed } from "../../seed";
import type { Reference, ResourceContext, ResourceTypeTable, VendorScope } from "../table";

/** An Azure subscription. */
export interface AzureScope extends VendorScope {
  readonly subscriptionId: string;
  readonly tenantId: string;
  /** Where a resource goes that does not say. */
  readonly location: string;
}

/** What a table function of Azure gets. */
export type AzureContext = ResourceContext<AzureScope>;

/** Type token of a resource group. */
export const RESOURCE_GROUP = "azure-native:resources:ResourceGroup";

/** The subscription that the configuration names; where it names none, the first of the seed. */
export function azureScopeOf(config: PropertyMap, seed: CloudSeed): AzureScope {
  const { subscriptions, location } = seed.azure;
  const wanted = textOf(config, "subscriptionId") ?? subscriptions[0]?.id;
  const subscription = subscriptions.find(({ id }) => id === wanted);
  if (subscription === undefined) {
    throw new CloudError(
      `SubscriptionNotFound: The subscription '${wanted ?? ""}' could not be found; the simulated cloud has ` +
        listed(subscriptions.map(({ id }) => id)),
    );
  }
  const { id: subscriptionId, tenantId } = subscription;
  const tenant = textOf(config, "tenantId") ?? tenantId;
  if (tenant !== tenantId) {
    const known = new Set(subscriptions.map((other) => other.tenantId));
    throw new CloudError(
      known.has(tenant)
        ? `InvalidAuthenticationTokenTenant: The access token is from the wrong issuer '${tenant}': the subscription ` +
            `'${subscriptionId}' belongs to the tenant '${tenantId}'`
        : `AADSTS90002: Tenant '${tenant}' not found; the simulated cloud has ${listed([...known])}`,
    );
  }
  const place = textOf(config, "location") ?? location;
  return { id: `azure-native:${subscriptionId}`, subscriptionId, tenantId, location: place };
}

/** The location of the resource group, or else of the provider, for a resource that does not say where it goes. */
export function azureInherited(
  table: ResourceTypeTable<AzureScope>,
  inputs: PropertyMap,
  scope: AzureScope,
): PropertyMap {
  return table.properties.location && inputs.location === undefined ? { location: scope.location } : {};
}

/** Tags and location of a tracked resource. */
export const tracked: PropertySchemas = {
  location: text({ replace: true, ignoreCase: true }),
  tags: record(text({ maxLength: 256 })),
};

/** The resource group that a resource is in. */
export const grouped: PropertySchemas = {
  resourceGroupName: text({ required: true, replace: true, inputOnly: true, ignoreCase: true }),
};

/** A resource goes with its group. */
export const inGroup: Reference = {
  property: "resourceGroupName",
  types: [RESOURCE_GROUP],
  attributes: ["name"],
  missing: (name) => `ResourceGroupNotFound: Resource group '${name}' could not be found.`,
  onDelete: "cascade",
};

/** The ARM id of a resource in a group. */
export function armId({ inputs, scope }: AzureContext, type: string, name: unknown): string {
  return `/subscriptions/${scope.subscriptionId}/resourceGroups/${asText(inputs.resourceGroupName)}/providers/${type}/${asText(name)}`;
}

function listed(values: readonly string[]): string {
  return values.length > 0 ? values.join(", ") : "none";
}
