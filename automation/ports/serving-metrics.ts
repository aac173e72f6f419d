import type { SlotMetrics } from "./online-endpoints";

/**
 * What one served model answered in the last minute, from metrics in the format of Prometheus.
 * See https://docs.databricks.com/aws/en/machine-learning/model-serving/metrics-export-serving-endpoint.
 */
export function servedModelMetrics(text: string, servedModel: string): SlotMetrics {
  const samples = text.split("\n").flatMap((line) => {
    const [, name, labels = "", value] = /^(\w+)(?:\{(.*)\})?\s+(\S+)/.exec(line) ?? [];
    if (name === undefined || value === undefined) return [];
    const label = (key: string) => new RegExp(`(?:^|,)\\s*${key}="([^"]*)"`).exec(labels)?.[1];
    const model = label("served_entity_name") ?? label("served_model_name");
    return model === servedModel ? [{ name, value: Number(value), quantile: label("quantile") ?? label("le") }] : [];
  });
  const sum = (name: string) =>
    Math.round(samples.filter((one) => one.name === name).reduce((all, { value }) => all + value, 0));
  const [requests, errors] = [sum("request_count_total"), sum("request_5xx_count_total")];
  const p50Ms = atRank(samples, 0.5);
  const p95Ms = atRank(samples, 0.95);
  return { requests, errors, ...(p50Ms !== undefined && { p50Ms }), ...(p95Ms !== undefined && { p95Ms }) };
}

/** The upper end of the bucket of the histogram in which a share of the requests ends. */
function atRank(
  samples: readonly { readonly name: string; readonly value: number; readonly quantile: string | undefined }[],
  share: number,
): number | undefined {
  const buckets = samples
    .filter(({ name }) => name === "request_latency_ms_bucket")
    .map(({ quantile, value }) => ({ end: quantile === "+Inf" ? Infinity : Number(quantile), count: value }))
    .sort((a, b) => a.end - b.end);
  const all = buckets.at(-1)?.count ?? 0;
  const found = all > 0 ? buckets.find(({ count }) => count >= share * all)?.end : undefined;
  return found === undefined || Number.isFinite(found) ? found : undefined;
}
