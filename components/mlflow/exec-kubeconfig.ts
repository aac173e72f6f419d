import { parse } from "yaml";

/** How `kubelogin` gets a token; `azurecli` uses the login of `az`, `workloadidentity` that of CI. */
export type KubeLogin = "azurecli" | "workloadidentity" | "spn" | "devicecode" | "msi";

/** What of a cluster a kubeconfig needs. */
export interface ClusterEndpoint {
  /** Name of cluster, context and user. */
  readonly name: string;
  /** Address of the API server. */
  readonly server: string;
  /** Certificate of the API server's authority, PEM in base64. */
  readonly certificateAuthorityData: string;
}

/** The application of Microsoft Entra that every AKS cluster's API server is, see https://azure.github.io/kubelogin/. */
const aksServerId = "6dae42f8-4368-4678-94ff-3960e28e3630";

/**
 * A kubeconfig, as JSON, that logs in through `kubelogin` and holds no credential. The one that Azure hands out asks for
 * a device code, which no pipeline can answer, see https://github.com/Azure/AKS/issues/4990.
 */
export function execKubeconfig({ name, server, certificateAuthorityData }: ClusterEndpoint, login: KubeLogin): string {
  return JSON.stringify({
    apiVersion: "v1",
    kind: "Config",
    clusters: [{ name, cluster: { server, "certificate-authority-data": certificateAuthorityData } }],
    contexts: [{ name, context: { cluster: name, user: name } }],
    "current-context": name,
    users: [
      {
        name,
        user: {
          exec: {
            apiVersion: "client.authentication.k8s.io/v1beta1",
            command: "kubelogin",
            args: ["get-token", "--login", login, "--server-id", aksServerId],
            env: null,
            interactiveMode: login === "devicecode" ? "IfAvailable" : "Never",
            provideClusterInfo: false,
            installHint: "install kubelogin, see https://azure.github.io/kubelogin/install.html",
          },
        },
      },
    ],
  });
}

/**
 * The endpoint in a kubeconfig that Azure handed out, in base64. Throws an Error that says what is missing where it is
 * not one with a single cluster.
 */
export function clusterEndpoint(name: string, encoded: string): ClusterEndpoint {
  const config: unknown = parse(Buffer.from(encoded, "base64").toString("utf8"));
  const { clusters = [] } = (config ?? {}) as {
    clusters?: { cluster?: { server?: unknown; "certificate-authority-data"?: unknown } }[];
  };
  const { server, "certificate-authority-data": authority } = clusters[0]?.cluster ?? {};
  if (clusters.length !== 1 || typeof server !== "string" || typeof authority !== "string") {
    throw new Error(
      `the kubeconfig of cluster ${name} has ${clusters.length} clusters, wanted is one with server and certificate-authority-data`,
    );
  }
  return { name, server, certificateAuthorityData: authority };
}
