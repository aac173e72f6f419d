import type { MlflowPorts, MlflowRequest } from "../commands/mlflow-platform";
import { azureFileShare } from "./azure-file-share";
import { clusterAccess } from "./kubeconfig";
import { KubernetesClient } from "./kubernetes-client";
import { kubernetesJobs } from "./kubernetes-jobs";

/** The platform in Azure: the share through its REST interface, the cluster through its API server. */
export function cloudMlflow({ facts, learned }: MlflowRequest, env: NodeJS.ProcessEnv): MlflowPorts {
  const { shareAccount, share, namespace, jobTemplate } = facts.projects;
  const client = new KubernetesClient(clusterAccess(facts.cluster.kubeconfig), { env, learned });
  return {
    share: azureFileShare({ account: shareAccount, share, env, learned }),
    // The tracking server leads from this address to the page of the run's experiment.
    runAddress: async (runId) => `${facts.trackingUri}/#/runs/${runId}`,
    cluster: kubernetesJobs({ client, namespace, labels: jobTemplate.metadata.labels }),
  };
}
