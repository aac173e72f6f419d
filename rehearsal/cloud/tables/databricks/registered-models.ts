import type { CloudSeed } from "../../seed";

/** The versions of a model that is registered in Unity Catalog, oldest first; none where it is not. */
export function registeredModelVersions({ databricks }: CloudSeed, model: string): readonly string[] {
  const models = (databricks?.accounts ?? []).flatMap((account) => account.models ?? []);
  return models.find(({ name }) => name === model)?.versions ?? [];
}
