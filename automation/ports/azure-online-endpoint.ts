import type { EndpointReference } from "../release/endpoint-reference";
import { azureMetrics } from "./azure-metrics";
import type { EntraToken } from "./entra-token";
import { invokeOverHttp } from "./invoke-over-http";
import {
  SLOTS,
  type LiveSlot,
  type OnlineEndpointPort,
  type RegisteredModel,
  type TrafficMap,
} from "./online-endpoints";
import { restClient } from "./rest-client";

const RESOURCE_MANAGER = "https://management.azure.com";

/** Version of the API of Azure Machine Learning: https://learn.microsoft.com/rest/api/azureml/operation-groups?view=rest-azureml-2025-12-01 */
const API_VERSION = "2025-12-01";

/** What callers of an endpoint ask Entra for. See https://learn.microsoft.com/azure/machine-learning/how-to-authenticate-online-endpoint */
const SCORING_RESOURCE = "https://ml.azure.com";

interface Page {
  readonly value: readonly unknown[];
  readonly nextLink?: string | null;
}

interface Endpoint {
  readonly properties: {
    readonly scoringUri?: string;
    readonly traffic?: TrafficMap;
    readonly mirrorTraffic?: TrafficMap;
  };
}

interface Deployment {
  readonly name: string;
  readonly properties: { readonly model?: string; readonly provisioningState?: string };
}

interface ModelVersion {
  readonly name: string;
  readonly systemData?: { readonly createdAt?: string };
}

export interface AzureEndpointOptions {
  readonly token: EntraToken;
  readonly addSecrets: (secrets: readonly string[]) => void;
  /** Where the resource manager is; tests have it elsewhere. */
  readonly manager?: string;
  readonly pause?: (milliseconds: number) => Promise<unknown>;
}

/** Reaches a managed online endpoint of Azure Machine Learning over its API and its scoring address. */
export function azureOnlineEndpoint(
  reference: EndpointReference & { readonly platform: "azure" },
  { token, addSecrets, manager = RESOURCE_MANAGER, pause }: AzureEndpointOptions,
): OnlineEndpointPort {
  const { subscriptionId, resourceGroupName, workspaceName, endpointName, location, authMode } = reference;
  const client = restClient({ name: "Azure", token: () => token(RESOURCE_MANAGER), ...(pause && { pause }) });
  const provider = `/subscriptions/${subscriptionId}/providers/Microsoft.MachineLearningServices`;
  const workspace = `/subscriptions/${subscriptionId}/resourceGroups/${resourceGroupName}/providers/Microsoft.MachineLearningServices/workspaces/${workspaceName}`;
  const endpoint = `${workspace}/onlineEndpoints/${endpointName}`;
  const url = (path: string) => `${manager}${path}?api-version=${API_VERSION}`;
  const all = async <T>(path: string): Promise<T[]> => {
    const items: T[] = [];
    for (let next: string | undefined = url(path); next !== undefined;) {
      const page = (await client.ask("GET", next)) as Page | undefined;
      items.push(...((page?.value ?? []) as T[]));
      // A page elsewhere would get the token.
      next = page?.nextLink?.startsWith(`${manager}/`) ? page.nextLink : undefined;
    }
    return items;
  };
  const credential = async (): Promise<string> => {
    if (authMode === "AADToken") return token(SCORING_RESOURCE);
    const call = authMode === "Key" ? "listKeys" : "token";
    const given = (await client.ask("POST", url(`${endpoint}/${call}`))) as {
      primaryKey?: string;
      accessToken?: string;
    };
    const secret = given.primaryKey ?? given.accessToken ?? "";
    addSecrets([secret]);
    return secret;
  };
  return {
    async live() {
      const found = (await client.ask("GET", url(endpoint))) as Endpoint | undefined;
      if (!found) return undefined;
      const deployments = await all<Deployment>(`${endpoint}/deployments`);
      const slots = SLOTS.flatMap((slot) => {
        const deployment = deployments.find(({ name }) => name === slot);
        return deployment ? [[slot, liveSlot(deployment)] as const] : [];
      });
      const { traffic = {}, mirrorTraffic = {} } = found.properties;
      return { slots: Object.fromEntries(slots), traffic, mirror: mirrorTraffic };
    },
    async models(name) {
      const versions = await all<ModelVersion>(`${workspace}/models/${name}/versions`);
      return versions.map((version): RegisteredModel => {
        const { createdAt } = version.systemData ?? {};
        return { name, version: version.name, ...(createdAt !== undefined && { createdAt }) };
      });
    },
    async invoke(slot, body) {
      const found = (await client.ask("GET", url(endpoint))) as Endpoint | undefined;
      return invokeOverHttp(found?.properties.scoringUri ?? reference.scoringUri ?? "", await credential(), body, slot);
    },
    metrics: (from, to) => azureMetrics(client, `${manager}${endpoint}`, from, to),
    async logs(slot, lines) {
      const request = { containerType: "InferenceServer", tail: lines };
      const answer = await client.ask("POST", url(`${endpoint}/deployments/${slot}/getLogs`), request);
      return (answer as { content?: string } | undefined)?.content ?? "";
    },
    async quota(instanceType) {
      const sizes = (await client.ask("GET", url(`${provider}/locations/${location}/vmSizes`))) as
        | { readonly value?: readonly { readonly name: string; readonly family: string; readonly vCPUs: number }[] }
        | undefined;
      const size = sizes?.value?.find(({ name }) => name.toLowerCase() === instanceType.toLowerCase());
      if (!size) return undefined;
      const usages = await all<{ name: { value: string }; currentValue: number; limit: number }>(
        `${provider}/locations/${location}/usages`,
      );
      const usage = usages.find(({ name }) => name.value.toLowerCase() === size.family.toLowerCase());
      if (!usage) return undefined;
      return { family: size.family, coresPerInstance: size.vCPUs, used: usage.currentValue, limit: usage.limit };
    },
    close: async () => {},
  };
}

function liveSlot({ properties: { model = "", provisioningState = "" } }: Deployment): LiveSlot {
  const state =
    provisioningState === "Succeeded" ? "healthy" : /fail|cancel/i.test(provisioningState) ? "failed" : "changing";
  const [, name, version] = /\/models\/([^/]+)\/versions\/([^/]+)$/.exec(model) ?? [];
  return { model: name === undefined ? model.replace(/^azureml:/, "") : `${name}:${version}`, state };
}
