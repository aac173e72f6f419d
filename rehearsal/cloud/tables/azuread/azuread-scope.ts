import type { PropertyMap } from "../../../engine/values/property-value";
import { CloudError } from "../../cloud-error";
import { textOf } from "../../schema/property-schema";
import type { CloudSeed } from "../../seed";
import type { ResourceContext, VendorScope } from "../table";

/** A directory of Microsoft Entra. */
export interface DirectoryScope extends VendorScope {
  readonly tenantId: string;
}

/** What a table function of the directory gets. */
export type DirectoryContext = ResourceContext<DirectoryScope>;

/** The tenant that the configuration names; where it names none, that of the first subscription of the seed. */
export function directoryScopeOf(config: PropertyMap, seed: CloudSeed): DirectoryScope {
  const known = [...new Set(seed.azure.subscriptions.map(({ tenantId }) => tenantId))];
  const tenantId = textOf(config, "tenantId") ?? known[0];
  if (tenantId === undefined || !known.includes(tenantId)) {
    const has = known.length > 0 ? known.join(", ") : "none";
    throw new CloudError(`AADSTS90002: Tenant '${tenantId ?? ""}' not found; the simulated cloud has ${has}`);
  }
  return { id: `azuread:${tenantId}`, tenantId };
}
