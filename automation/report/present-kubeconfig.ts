import type { KubeconfigResult } from "../commands/kubeconfig";
import type { Presenter } from "../verbs/verb-definition";

/** Tells where the kubeconfig is and how it is used. */
export const presentKubeconfig: Presenter<KubeconfigResult> = {
  exit: () => "done",
  lines: ({ kind, path, cluster, login, version }) => [
    `${kind}: ${path}, readable by its owner only`,
    `it leads to ${cluster}${version === undefined ? "" : `, which runs Kubernetes ${version}`}, and logs in through ${login}`,
    `next: KUBECONFIG=${path} kubectl get nodes`,
  ],
  json: (result) => result,
};
