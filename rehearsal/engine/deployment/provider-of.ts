import type { ResourceState } from "../state/deployment-file";
import type { Deployment } from "./deployment";
import type { ResourceProvider } from "./provider-instance";
import { isProviderType } from "./urn";

/** The provider that manages a custom resource. Throws where it is not usable. */
export function providerOf(deployment: Deployment, state: ResourceState): ResourceProvider {
  if (isProviderType(state.type)) return deployment.registry;
  const provider = deployment.registry.get(state.provider ?? "");
  if (!provider) throw new Error(`unknown provider '${state.provider}' for resource '${state.urn}'`);
  return provider;
}
