import type { DatabricksAccountSeed, DatabricksWorkspaceSeed } from "../../rehearsal/cloud/seed";
import { at, elements, type Config } from "./config-value";

/** The accounts, workspaces, groups and securables of Databricks that the environments' configuration takes as there. */
export function databricksAccounts(configs: readonly Config[]): readonly DatabricksAccountSeed[] {
  const accounts = new Map<string, DatabricksAccountSeed>();
  for (const config of configs) {
    const databricks = at(config, "trunkline:databricks");
    const id = at(databricks, "accountId");
    if (typeof id !== "string") continue;
    const known = accounts.get(id);
    const workspace = existingWorkspace(databricks);
    const group = at(databricks, "principal", "group", "existing", "displayName");
    accounts.set(id, {
      id,
      workspaces: [...(known?.workspaces ?? []), ...(workspace ? [workspace] : [])].filter(
        (one, i, all) => all.findIndex((other) => other.id === one.id) === i,
      ),
      groups: [...new Set([...(known?.groups ?? []), ...(typeof group === "string" ? [group] : [])])],
    });
  }
  return [...accounts.values()];
}

function existingWorkspace(databricks: unknown): DatabricksWorkspaceSeed | undefined {
  const { id, host } = (at(databricks, "workspace") ?? {}) as Config;
  if (typeof id !== "string" || typeof host !== "string") return undefined;
  const granted = elements(at(databricks, "principal", "grants")).map((grant) => at(grant, "name"));
  const securables = granted.filter((name): name is string => typeof name === "string");
  return { id, host, securables: [...new Set(securables)] };
}
