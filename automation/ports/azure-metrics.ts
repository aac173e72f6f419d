import { SLOTS, type MetricsBySlot, type SlotMetrics } from "./online-endpoints";
import type { RestClient } from "./rest-client";

/** Version of the API of Azure Monitor: https://learn.microsoft.com/rest/api/monitor/metrics/list?view=rest-monitor-2024-02-01 */
const API_VERSION = "2024-02-01";

/** Azure Monitor counts by whole minutes. */
const MINUTE_MS = 60_000;

interface MetricsAnswer {
  readonly value: readonly {
    readonly name: { readonly value: string };
    readonly timeseries: readonly {
      readonly metadatavalues?: readonly { readonly name: { readonly value: string }; readonly value: string }[];
      readonly data: readonly { readonly average?: number; readonly maximum?: number }[];
    }[];
  }[];
}

/**
 * What the deployments of an endpoint answered, from Azure Monitor: `RequestsPerMinute` by deployment and class of status,
 * and the percentiles of `RequestLatency`. It counts by whole minutes and is some minutes late, so that a share of traffic
 * has to be held for five minutes or more to be judged.
 * See https://learn.microsoft.com/azure/machine-learning/monitor-azure-machine-learning-reference#supported-metrics-for-microsoftmachinelearningservicesworkspacesonlineendpoints.
 */
export async function azureMetrics(client: RestClient, resource: string, from: Date, to: Date): Promise<MetricsBySlot> {
  const read = async (names: string, dimensions: readonly string[]): Promise<MetricsAnswer["value"]> => {
    const query = new URLSearchParams({
      "api-version": API_VERSION,
      metricnames: names,
      timespan: `${minute(from)}/${minute(new Date(to.getTime() + MINUTE_MS - 1))}`,
      interval: "PT1M",
      aggregation: "Average",
      $filter: dimensions.map((name) => `${name} eq '*'`).join(" and "),
    });
    const answer = await client.ask("GET", `${resource}/providers/Microsoft.Insights/metrics?${query.toString()}`);
    return (answer as MetricsAnswer | undefined)?.value ?? [];
  };
  const [counts, latencies] = await Promise.all([
    read("RequestsPerMinute", ["deployment", "statusCodeClass"]),
    read("RequestLatency_P50,RequestLatency_P95", ["deployment"]),
  ]);
  return Object.fromEntries(
    SLOTS.map((slot): [string, SlotMetrics] => {
      const requests = total(counts, slot, undefined);
      const [p50Ms, p95Ms] = [
        highest(latencies, "RequestLatency_P50", slot),
        highest(latencies, "RequestLatency_P95", slot),
      ];
      const times = { ...(p50Ms !== undefined && { p50Ms }), ...(p95Ms !== undefined && { p95Ms }) };
      return [slot, { requests, errors: total(counts, slot, "5xx"), ...times }];
    }),
  );
}

/** Minutes are of one length: the sum of requests a minute is the number of requests. */
function total(metrics: MetricsAnswer["value"], slot: string, status: string | undefined): number {
  const series = metrics
    .filter(({ name }) => name.value === "RequestsPerMinute")
    .flatMap(({ timeseries }) => timeseries)
    .filter((one) => {
      return (
        dimension(one, "deployment") === slot && (status === undefined || dimension(one, "statuscodeclass") === status)
      );
    });
  const values = series.flatMap(({ data }) => data.map(({ average = 0 }) => average));
  return Math.round(values.reduce((sum, value) => sum + value, 0));
}

/** Percentiles of minutes make none of the whole: the worst minute counts. */
function highest(metrics: MetricsAnswer["value"], name: string, slot: string): number | undefined {
  const series = metrics.filter((metric) => metric.name.value === name).flatMap(({ timeseries }) => timeseries);
  const values = series
    .filter((one) => dimension(one, "deployment") === slot)
    .flatMap(({ data }) => data.flatMap(({ average }) => (average === undefined ? [] : [average])));
  return values.length === 0 ? undefined : Math.max(...values);
}

function dimension(
  { metadatavalues = [] }: MetricsAnswer["value"][number]["timeseries"][number],
  name: string,
): string | undefined {
  return metadatavalues.find((one) => one.name.value.toLowerCase() === name)?.value.toLowerCase();
}

function minute(time: Date): string {
  return new Date(Math.floor(time.getTime() / MINUTE_MS) * MINUTE_MS).toISOString();
}
