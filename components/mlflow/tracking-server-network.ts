import { Service } from "@pulumi/kubernetes/core/v1/service";
import { Ingress } from "@pulumi/kubernetes/networking/v1/ingress";
import { NetworkPolicy } from "@pulumi/kubernetes/networking/v1/networkPolicy";
import type * as pulumi from "@pulumi/pulumi";
import type { ServiceAddress } from "./allowed-hosts";

/** How a tracking server is reached. */
export type Exposure =
  /** Inside the cluster only. */
  | { readonly kind: "cluster" }
  /** Under a host name with TLS; the certificate comes from a secret of the namespace. */
  | { readonly kind: "ingress"; readonly host: string; readonly className: string; readonly tlsSecretName: string }
  /** At a name that Azure gives the load balancer's address, without TLS; from the given address ranges only. */
  | {
      readonly kind: "loadBalancer";
      readonly dnsLabel: string;
      readonly location: string;
      readonly sourceRanges: readonly string[];
    };

/** What of a tracking server its network needs. */
export interface TrackingServerNetworkArgs {
  readonly address: ServiceAddress;
  readonly exposure: Exposure;
  readonly namespaceName: pulumi.Input<string>;
  /** Labels of the server's pods. */
  readonly selector: Readonly<Record<string, string>>;
  readonly labels: Readonly<Record<string, string>>;
}

/**
 * Where a server is reached from outside the cluster; undefined where it is not. The name of a load balancer is known
 * before it exists, so that the server can be told to answer to it.
 * See https://cloud-provider-azure.sigs.k8s.io/topics/loadbalancer/.
 */
export function outsideUri(exposure: Exposure, port: number): string | undefined {
  switch (exposure.kind) {
    case "cluster":
      return undefined;
    case "ingress":
      return `https://${exposure.host}`;
    case "loadBalancer":
      return `http://${exposure.dnsLabel}.${exposure.location}.cloudapp.azure.com:${port}`;
  }
}

/** The service of a tracking server, what leads to it from outside, and who may open a connection to its pods. */
export function trackingServerNetwork(
  name: string,
  { address, exposure, namespaceName, selector, labels }: TrackingServerNetworkArgs,
  opts: pulumi.CustomResourceOptions,
): Service {
  const metadata = (own: string) => ({ name: own, namespace: namespaceName, labels });
  const annotations = exposure.kind === "loadBalancer" && {
    annotations: { "service.beta.kubernetes.io/azure-dns-label-name": exposure.dnsLabel },
  };
  const service = new Service(
    `${name}-service`,
    {
      metadata: { ...metadata(address.service), ...annotations },
      spec: {
        type: exposure.kind === "loadBalancer" ? "LoadBalancer" : "ClusterIP",
        ...(exposure.kind === "loadBalancer" && { loadBalancerSourceRanges: [...exposure.sourceRanges] }),
        selector: { ...selector },
        ports: [{ name: "http", port: address.port, targetPort: "http" }],
      },
    },
    opts,
  );
  new NetworkPolicy(
    `${name}-network-policy`,
    {
      metadata: metadata(address.service),
      spec: {
        podSelector: { matchLabels: { ...selector } },
        policyTypes: ["Ingress"],
        ingress: [
          {
            // Runs of the same namespace, the ingress controller of AKS, and whoever the service lets in from outside.
            ...(exposure.kind !== "loadBalancer" && {
              from: [
                { podSelector: {} },
                ...(exposure.kind === "ingress"
                  ? [{ namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": "app-routing-system" } } }]
                  : []),
              ],
            }),
            ports: [{ protocol: "TCP", port: "http" }],
          },
        ],
      },
    },
    opts,
  );
  if (exposure.kind !== "ingress") return service;
  const { host, className, tlsSecretName } = exposure;
  new Ingress(
    `${name}-ingress`,
    {
      metadata: {
        ...metadata(address.service),
        annotations: {
          // Artifacts stream through the server, whatever their size.
          "nginx.ingress.kubernetes.io/proxy-body-size": "0",
          "nginx.ingress.kubernetes.io/proxy-request-buffering": "off",
          "nginx.ingress.kubernetes.io/proxy-read-timeout": "3600",
          "nginx.ingress.kubernetes.io/proxy-send-timeout": "3600",
          "nginx.ingress.kubernetes.io/ssl-redirect": "true",
        },
      },
      spec: {
        ingressClassName: className,
        tls: [{ hosts: [host], secretName: tlsSecretName }],
        rules: [
          {
            host,
            http: {
              paths: [
                {
                  path: "/",
                  pathType: "Prefix",
                  backend: { service: { name: address.service, port: { name: "http" } } },
                },
              ],
            },
          },
        ],
      },
    },
    { ...opts, dependsOn: service },
  );
  return service;
}
