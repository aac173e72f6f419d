import { flag, integer, asText } from "../../schema/property-schema";
import { live, once, planned, type ResourceTypeTable } from "../table";
import { compute } from "./compute-properties";
import type { DatabricksScope } from "./databricks-scope";
import { hostOf } from "./workspace-object";

/** Type token of a cluster. */
export const CLUSTER = "databricks:index/cluster:Cluster";

/**
 * A cluster for all purposes. Every change is made in place, and names need not be unique.
 * @see https://docs.databricks.com/api/workspace/clusters
 */
export const cluster: ResourceTypeTable<DatabricksScope> = {
  type: CLUSTER,
  properties: {
    ...compute,
    autoterminationMinutes: integer({ min: 0, max: 10_000, default: 60 }),
    clearCloudAttributesOnRemove: flag(),
    isPinned: flag(),
    noWait: flag(),
  },
  computed: {
    clusterId: live(({ id }) => id),
    defaultTags: live(({ id, inputs }) => ({
      Vendor: "Databricks",
      ClusterId: id,
      ClusterName: asText(inputs.clusterName),
    })),
    // An edit leaves a cluster as it is: one that has stopped is not started.
    state: live(({ inputs, prior }) => prior?.state ?? (inputs.noWait === true ? "PENDING" : "RUNNING")),
    url: once(({ id, scope }) => `${hostOf(scope)}/#setting/clusters/${id}/configuration`),
    dataSecurityMode: planned(({ inputs }) => inputs.dataSecurityMode ?? "SINGLE_USER"),
  },
  idOf: ({ hex, now }) => `${now.slice(5, 19).replace(/[-:]/g, "").replace("T", "-")}-${hex("cluster", 8)}`,
  rules: ({ autoscale, autoterminationMinutes, instancePoolId, isSingleNode, nodeTypeId, numWorkers }) => [
    ...(autoscale !== undefined && numWorkers !== undefined
      ? [{ property: "numWorkers", reason: "conflicts with autoscale: give one of them" }]
      : []),
    ...(autoscale === undefined && numWorkers === undefined && isSingleNode !== true
      ? [{ property: "numWorkers", reason: "is required where there is no autoscale and isSingleNode is not true" }]
      : []),
    ...(nodeTypeId === undefined && instancePoolId === undefined
      ? [{ property: "nodeTypeId", reason: "is required where there is no instancePoolId" }]
      : []),
    ...(typeof autoterminationMinutes === "number" && autoterminationMinutes > 0 && autoterminationMinutes < 10
      ? [{ property: "autoterminationMinutes", reason: `must be 0 or 10 to 10000, got ${autoterminationMinutes}` }]
      : []),
  ],
};
