import { join } from "node:path";

/** Where the simulated cloud keeps what is more than a record: beside its document. */
export function localRoot(cloudFile: string): string {
  return `${cloudFile}.files`;
}

/** The content of a file share. */
export function shareFolder(cloudFile: string, account: string, share: string): string {
  return join(sharesFolder(cloudFile), account, share);
}

/** The shares, by account and name. */
export function sharesFolder(cloudFile: string): string {
  return join(localRoot(cloudFile), "shares");
}

/** What MLflow records of runs of one cluster. */
export function trackingFolder(cloudFile: string, cluster: string): string {
  return join(clusterFolder(cloudFile, cluster), "mlruns");
}

/** The Jobs of a namespace that run, or ran, as processes of this machine. */
export function jobsFolder(cloudFile: string, cluster: string, namespace: string): string {
  return join(clusterFolder(cloudFile, cluster), "jobs", namespace);
}

/** What one cluster has, by the host of its API server. */
export function clusterFolder(cloudFile: string, cluster: string): string {
  return join(clustersFolder(cloudFile), cluster);
}

/** The clusters, by the hosts of their API servers. */
export function clustersFolder(cloudFile: string): string {
  return join(localRoot(cloudFile), "clusters");
}
