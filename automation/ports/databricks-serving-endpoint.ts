import { AutomationError } from "../errors";
import type { EndpointReference } from "../release/endpoint-reference";
import { invokeOverHttp } from "./invoke-over-http";
import { SLOTS, type LiveSlot, type OnlineEndpointPort, type Slot, type SlotMetrics } from "./online-endpoints";
import { MetricMinutes } from "./metric-minutes";
import { servedModelMetrics } from "./serving-metrics";
import { restClient } from "./rest-client";

interface ServedEntity {
  readonly name: string;
  readonly entity_name: string;
  readonly entity_version: string;
  readonly state?: { readonly deployment?: string };
}

interface EndpointConfig {
  readonly served_entities?: readonly ServedEntity[];
  readonly traffic_config?: {
    readonly routes?: readonly {
      readonly served_model_name?: string;
      readonly served_entity_name?: string;
      readonly traffic_percentage: number;
    }[];
  };
}

interface ModelVersion {
  readonly version: number;
  /** Milliseconds since 1970. */
  readonly created_at?: number;
}

export interface DatabricksEndpointOptions {
  readonly token: () => Promise<string>;
  readonly pause?: (milliseconds: number) => Promise<unknown>;
}

/**
 * Reaches an endpoint of Databricks model serving. Served entities are named blue and green, models lie in Unity Catalog.
 * See https://docs.databricks.com/api/workspace/servingendpoints and
 * https://docs.databricks.com/aws/en/machine-learning/model-serving/serve-multiple-models-to-serving-endpoint.
 */
export function databricksServingEndpoint(
  reference: EndpointReference & { readonly platform: "databricks" },
  { token, pause }: DatabricksEndpointOptions,
): OnlineEndpointPort {
  const host = reference.host.replace(/\/+$/, "");
  const client = restClient({ name: "Databricks", token, ...(pause && { pause }) });
  const api = `${host}/api/2.0/serving-endpoints/${reference.endpointName}`;
  const minutes = new MetricMinutes();
  return {
    async live() {
      const found = (await client.ask("GET", api)) as
        { readonly config?: EndpointConfig; readonly pending_config?: EndpointConfig } | undefined;
      if (!found) return undefined;
      const { config = {}, pending_config: pending } = found;
      const entities = [...(config.served_entities ?? []), ...(pending?.served_entities ?? [])];
      const slots = SLOTS.flatMap((slot) => {
        const entity = entities.findLast(({ name }) => name === slot);
        return entity ? [[slot, liveSlot(entity)] as const] : [];
      });
      const routes = (config.traffic_config?.routes ?? []).map((route) => {
        return [route.served_entity_name ?? route.served_model_name ?? "", route.traffic_percentage] as const;
      });
      const traffic = Object.fromEntries(routes.filter(([name]) => (SLOTS as readonly string[]).includes(name)));
      return { slots: Object.fromEntries(slots), traffic, mirror: {} };
    },
    async models(name) {
      const versions: ModelVersion[] = [];
      for (let page: string | undefined = ""; page !== undefined;) {
        const query = page === "" ? "" : `?page_token=${encodeURIComponent(page)}`;
        const url = `${host}/api/2.1/unity-catalog/models/${encodeURIComponent(name)}/versions${query}`;
        const answer = (await client.ask("GET", url)) as
          { readonly model_versions?: readonly ModelVersion[]; readonly next_page_token?: string } | undefined;
        versions.push(...(answer?.model_versions ?? []));
        page = answer?.next_page_token || undefined;
      }
      return versions.map(({ version, created_at }) => ({
        ...{ name, version: String(version) },
        ...(created_at !== undefined && { createdAt: new Date(created_at).toISOString() }),
      }));
    },
    async invoke(slot, body) {
      const url = `${host}/serving-endpoints/${reference.endpointName}/served-models/${slot}/invocations`;
      return invokeOverHttp(url, await token(), body);
    },
    async metrics(from, to) {
      const text = await client.text(`${api}/metrics`);
      const perSlot = Object.fromEntries(
        SLOTS.map((slot): [Slot, SlotMetrics] => [slot, servedModelMetrics(text, slot)]),
      );
      minutes.add(to, perSlot);
      return minutes.since(from);
    },
    async logs(slot, lines) {
      const answer = await client.ask("GET", `${api}/served-models/${slot}/logs`);
      const { logs = "" } = (answer as { readonly logs?: string } | undefined) ?? {};
      return logs.split("\n").slice(-lines).join("\n");
    },
    // Model serving scales by itself, within limits of the workspace that no API tells.
    quota: async () => undefined,
    close: async () => {},
  };
}

function liveSlot({ entity_name, entity_version, state }: ServedEntity): LiveSlot {
  const deployment = state?.deployment ?? "";
  if (deployment === "") throw new AutomationError("fault", "Databricks does not tell the state of a served entity");
  const known =
    deployment === "DEPLOYMENT_READY" ? "healthy" : /FAILED|ABORTED/.test(deployment) ? "failed" : "changing";
  return { model: `${entity_name}:${entity_version}`, state: known };
}
