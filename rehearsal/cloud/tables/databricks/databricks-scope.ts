import type { PropertyMap } from "../../../engine/values/property-value";
import { CloudError } from "../../cloud-error";
import { textOf } from "../../schema/property-schema";
import type { CloudSeed } from "../../seed";
import type { ResourceContext, TableContext, VendorScope } from "../table";

/** A Databricks account, or one of its workspaces. */
export type DatabricksScope = VendorScope &
  (
    | { readonly level: "account"; readonly accountId: string }
    /** `host` without a slash at its end. */
    | { readonly level: "workspace"; readonly host: string }
  );

/** What a table function of Databricks gets. */
export type DatabricksContext = ResourceContext<DatabricksScope>;

const ACCOUNT_HOST = /^https:\/\/accounts\.(?:azure)?databricks\.(?:net|com)$/;

/**
 * The account or the workspace that the configuration names. A workspace need not exist yet: the first call to one
 * that does not is refused.
 */
export function databricksScopeOf(config: PropertyMap, seed: CloudSeed): DatabricksScope {
  const host = (textOf(config, "host") ?? "").replace(/\/$/, "");
  if (host === "") {
    throw new CloudError("default auth: cannot configure default credentials: host is empty; give the provider a host");
  }
  if (!ACCOUNT_HOST.test(host)) return { id: `databricks:${host}`, level: "workspace", host };
  const accountId = textOf(config, "accountId") ?? "";
  const known = (seed.databricks?.accounts ?? []).map(({ id }) => id);
  if (!known.includes(accountId)) {
    const has = known.length > 0 ? known.join(", ") : "none";
    throw new CloudError(`404 Not Found: no Databricks account '${accountId}'; the simulated cloud has ${has}`);
  }
  return { id: `databricks:${accountId}`, level: "account", accountId };
}

/** Why a workspace cannot be called: neither the seed nor any program has made it. */
export function unreachableWorkspace({ scope, seed, world }: TableContext<DatabricksScope>): string | undefined {
  if (scope.level === "account") return undefined;
  const name = scope.host.replace(/^https:\/\//, "");
  const seeded = (seed.databricks?.accounts ?? [])
    .flatMap(({ workspaces }) => workspaces)
    .some(({ host }) => host === scope.host);
  if (seeded || world.find("azure-native:databricks:Workspace", "workspaceUrl", name).length > 0) return undefined;
  return `dial tcp: lookup ${name}: no such host; the simulated cloud has no workspace of this address`;
}
