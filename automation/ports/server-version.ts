import type { ClusterAccess } from "./kubeconfig";
import { KubernetesClient, type KubernetesClientOptions } from "./kubernetes-client";

/** The version of a cluster, asked for with the login of its kubeconfig. Throws AutomationError where it does not answer. */
export async function serverVersion(access: ClusterAccess, options: KubernetesClientOptions): Promise<string> {
  const answer = (await new KubernetesClient(access, options).call("GET", "/version")) as { gitVersion?: string };
  return answer.gitVersion ?? "unknown";
}
