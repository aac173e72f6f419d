import type { EndpointAccess } from "../engine/engine-session";
import type { EndpointReference } from "../release/endpoint-reference";
import { azureOnlineEndpoint } from "./azure-online-endpoint";
import { databricksServingEndpoint } from "./databricks-serving-endpoint";
import { entraToken } from "./entra-token";
import type { OnlineEndpointPort } from "./online-endpoints";

/** The application of Azure Databricks, the same in every tenant. */
const DATABRICKS_RESOURCE = "2ff814a6-3304-4ab8-85cb-cd0e6f879c1d";

/** Reaches an endpoint of a real cloud. */
export function cloudEndpoint(reference: EndpointReference, { env, addSecrets }: EndpointAccess): OnlineEndpointPort {
  const token = entraToken({ env, addSecrets });
  if (reference.platform === "azure") return azureOnlineEndpoint(reference, { token, addSecrets });
  const given = env.DATABRICKS_TOKEN;
  if (given) addSecrets([given]);
  return databricksServingEndpoint(reference, { token: async () => given || token(DATABRICKS_RESOURCE) });
}
