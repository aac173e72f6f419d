import type { DatabricksAccountSeed, DatabricksWorkspaceSeed } from "../../rehearsal/cloud/seed";
import { at, elements, type Config } from "./config-value";

type ModelSeed = NonNullable<DatabricksAccountSeed["models"]>[number];

/** Versions that are registered after the one that is served at first. */
const LATER_VERSIONS = 2;
/** Versions that a rehearsal starts with. */
const MOST_VERSIONS = 3;

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
    const model = servedModel(databricks);
    const models = mergedModels([...(known?.models ?? []), ...(model ? [model] : [])]);
    accounts.set(id, {
      id,
      workspaces: [...(known?.workspaces ?? []), ...(workspace ? [workspace] : [])].filter(
        (one, i, all) => all.findIndex((other) => other.id === one.id) === i,
      ),
      groups: [...new Set([...(known?.groups ?? []), ...(typeof group === "string" ? [group] : [])])],
      ...(models.length > 0 && { models }),
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

/** The model that is served at first, with versions to release after that one. */
function servedModel(databricks: unknown): ModelSeed | undefined {
  const initial = at(databricks, "serving", "initialModel");
  const [, name, version] = typeof initial === "string" ? (/^(.+):(\d{1,9})$/.exec(initial) ?? []) : [];
  if (name === undefined) return undefined;
  const last = Number(version) + LATER_VERSIONS;
  return {
    name,
    versions: Array.from({ length: MOST_VERSIONS }, (_, i) => last - i)
      .filter((one) => one > 0)
      .reverse()
      .map(String),
  };
}

/** One model of each name, with every version that any environment starts from. */
function mergedModels(models: readonly ModelSeed[]): readonly ModelSeed[] {
  const names = [...new Set(models.map(({ name }) => name))];
  return names.map((name) => {
    const versions = models.filter((model) => model.name === name).flatMap((model) => model.versions);
    return { name, versions: [...new Set(versions)].sort((a, b) => Number(a) - Number(b)) };
  });
}
