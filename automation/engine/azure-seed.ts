import type { AzureSubscriptionSeed } from "../../rehearsal/cloud/seed";
import { at, type Config } from "./config-value";

/** Versions of a registered model that a rehearsal starts with. */
const VERSIONS = ["1", "2", "3"];

/** The subscriptions that the environments' configuration names, each with the models that its endpoints serve. */
export function azureSubscriptions(configs: readonly Config[]): readonly AzureSubscriptionSeed[] {
  const subscriptions = new Map<string, { tenantId: string; models: Set<string> }>();
  for (const config of configs) {
    const azure = at(config, "trunkline:azure");
    const { subscriptionId: id, tenantId } = (azure ?? {}) as Config;
    if (typeof id !== "string" || typeof tenantId !== "string") continue;
    const known = subscriptions.get(id) ?? { tenantId, models: new Set<string>() };
    subscriptions.set(id, known);
    const model = at(azure, "endpoint", "model");
    if (typeof model === "string") known.models.add(model);
  }
  return [...subscriptions].map(([id, { tenantId, models }]) => ({
    id,
    tenantId,
    ...(models.size > 0 && { models: [...models].map((name) => ({ name, versions: VERSIONS })) }),
  }));
}
