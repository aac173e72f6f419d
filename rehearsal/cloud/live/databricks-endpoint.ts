import { MODEL_SERVING, servingConfig } from "../tables/databricks/model-serving";
import { registeredModelVersions } from "../tables/databricks/registered-models";
import type { CloudState, LiveEndpoint, LiveSlot, RegisteredModel } from "./live-endpoint";

/** Longest time that an endpoint of Databricks takes, see https://docs.databricks.com/aws/en/machine-learning/model-serving/model-serving-limits. */
const TIMEOUT_MS = 297_000;

/** The serving endpoint of a name; undefined where there is none. Several workspaces may have one of that name: the first is meant. */
export function readServingEndpoint({ world }: Pick<CloudState, "world">, name: string): LiveEndpoint | undefined {
  const resource = world.find(MODEL_SERVING, "id", name)[0];
  if (resource === undefined) return undefined;
  const { servedEntities = [], trafficConfig } = servingConfig(resource.outputs);
  const slots = servedEntities.map((entity): [string, LiveSlot] => {
    const { name: slot = "", entityName = "", entityVersion = "", environmentVars = {} } = entity;
    const model = `${entityName}:${entityVersion}`;
    const key = JSON.stringify([resource.scope, name, resource.createdAt, slot, model, environmentVars]);
    const script = "score.py";
    return [
      slot,
      { model, provisioningState: "Succeeded", key, script, environment: environmentVars, timeoutMs: TIMEOUT_MS },
    ];
  });
  const routes = trafficConfig?.routes ?? [];
  return {
    id: `${resource.scope}/${name}`,
    slots: Object.fromEntries(slots),
    traffic: Object.fromEntries(routes.map((route) => [route.servedEntityName ?? "", route.trafficPercentage])),
    mirror: {},
  };
}

/** The versions of a model that is registered in Unity Catalog, oldest first. */
export function catalogModels({ seed }: CloudState, model: string): RegisteredModel[] {
  return registeredModelVersions(seed, model).map((version, i) => ({
    version,
    createdAt: new Date(Date.UTC(2026, 0, i + 1)).toISOString(),
  }));
}
