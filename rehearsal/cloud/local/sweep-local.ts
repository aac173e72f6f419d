import { readdir, rm, rmdir } from "node:fs/promises";
import { join } from "node:path";
import type { CloudResource } from "../cloud-resource";
import { asText } from "../schema/property-schema";
import { NAMESPACE } from "../tables/kubernetes/kubernetes-object";
import { clustersFolder, localRoot, sharesFolder } from "./local-paths";
import { removeProcess } from "./local-process";

/**
 * Removes what lies beside the simulated cloud's document for resources that are gone: the content of shares, and in
 * namespaces the Jobs, whose processes end.
 */
export async function sweepLocal(cloudFile: string, resources: readonly CloudResource[]): Promise<void> {
  const shares = new Set(
    resources
      .filter(({ type }) => type === "azure-native:storage:FileShare")
      .map(({ inputs }) => `${asText(inputs.accountName)}/${asText(inputs.shareName)}`),
  );
  for (const account of await entries(sharesFolder(cloudFile))) {
    const folder = join(sharesFolder(cloudFile), account);
    for (const share of await entries(folder)) {
      if (!shares.has(`${account}/${share}`)) await remove(join(folder, share));
    }
    if ((await entries(folder)).length === 0) await remove(folder);
  }
  const namespaces = resources.filter(({ type }) => type === NAMESPACE);
  for (const cluster of await entries(clustersFolder(cloudFile))) {
    const here = namespaces.filter(({ scope }) => clusterOf(scope) === cluster).map(({ id }) => id);
    const folder = join(clustersFolder(cloudFile), cluster);
    for (const namespace of await entries(join(folder, "jobs"))) {
      if (here.includes(namespace)) continue;
      for (const job of await entries(join(folder, "jobs", namespace))) {
        await removeProcess(join(folder, "jobs", namespace, job));
      }
      await remove(join(folder, "jobs", namespace));
    }
    if (here.length === 0) await remove(folder);
  }
  for (const folder of [sharesFolder(cloudFile), clustersFolder(cloudFile), localRoot(cloudFile)]) {
    await rmdir(folder).catch(ignoreIfUsed);
  }
}

function ignoreIfUsed(error: NodeJS.ErrnoException): void {
  if (!["ENOENT", "ENOTEMPTY", "EEXIST"].includes(error.code ?? "")) throw error;
}

/** The host of a cluster's API server, from the scope of its resources. */
export function clusterOf(scope: string): string {
  return new URL(scope.slice(scope.indexOf(":") + 1)).hostname;
}

async function entries(folder: string): Promise<string[]> {
  return readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT" || error.code === "ENOTDIR") return [];
    throw error;
  });
}

function remove(path: string): Promise<void> {
  return rm(path, { recursive: true, force: true });
}
