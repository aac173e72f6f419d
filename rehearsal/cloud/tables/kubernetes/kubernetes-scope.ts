import { parse } from "yaml";
import type { PropertyMap } from "../../../engine/values/property-value";
import { CloudError } from "../../cloud-error";
import { textOf } from "../../schema/property-schema";
import type { CloudSeed } from "../../seed";
import type { ResourceContext, TableContext, VendorScope } from "../table";
import { MANAGED_CLUSTER } from "../azure-native/managed-cluster";

/** A cluster, by the address of its API server. */
export interface KubernetesScope extends VendorScope {
  /** Such as `https://name-1234.hcp.azmk8s.io:443`. */
  readonly server: string;
  /** Where an object goes that does not say. */
  readonly namespace: string;
}

/** What a table function of Kubernetes gets. */
export type KubernetesContext = ResourceContext<KubernetesScope>;

/** The cluster that the kubeconfig leads to. It need not exist yet: the first call to one that does not is refused. */
export function kubernetesScopeOf(config: PropertyMap, _seed: CloudSeed): KubernetesScope {
  const server = serverOf(config);
  return { id: `kubernetes:${server}`, server, namespace: textOf(config, "namespace") ?? "default" };
}

/** Why a cluster cannot be called: neither the seed nor any program has made it. */
export function unreachableCluster({ scope, seed, world }: TableContext<KubernetesScope>): string | undefined {
  const host = new URL(scope.server).hostname;
  const seeded = (seed.kubernetes?.clusters ?? []).some(({ server }) => server === scope.server);
  if (seeded || world.find(MANAGED_CLUSTER, "fqdn", host).length > 0) return undefined;
  return `configured Kubernetes cluster is unreachable: dial tcp: lookup ${host}: no such host; the simulated cloud has no cluster of this address`;
}

function serverOf(config: PropertyMap): string {
  const text = textOf(config, "kubeconfig");
  if (text === undefined) {
    throw new CloudError(
      "configured Kubernetes cluster is unreachable: give the provider a kubeconfig, rehearsals do not look for one",
    );
  }
  const content = readKubeconfig(text);
  const contextName = textOf(config, "context") ?? content["current-context"];
  const context = content.contexts?.find(({ name }) => name === contextName)?.context;
  const clusterName = textOf(config, "cluster") ?? context?.cluster;
  const server = content.clusters?.find(({ name }) => name === clusterName)?.cluster?.server;
  if (typeof server !== "string" || !URL.canParse(server)) {
    throw new CloudError(
      `invalid kubeconfig: its context ${JSON.stringify(contextName ?? "")} leads to no cluster with a server`,
    );
  }
  return server;
}

interface Kubeconfig {
  readonly "current-context"?: string;
  readonly contexts?: readonly { name?: string; context?: { cluster?: string } }[];
  readonly clusters?: readonly { name?: string; cluster?: { server?: unknown } }[];
}

function readKubeconfig(text: string): Kubeconfig {
  try {
    return (parse(text) ?? {}) as Kubeconfig;
  } catch (error) {
    throw new CloudError(`invalid kubeconfig: ${(error as Error).message}`);
  }
}
