/** Where a service of a cluster is reached. */
export interface ServiceAddress {
  readonly service: string;
  readonly namespace: string;
  readonly port: number;
  /** Where it is reached from outside the cluster, such as `https://mlflow.example.org`. @default nowhere */
  readonly outsideUri?: string;
}

/**
 * The `Host` headers that the tracking server answers. It compares whole headers, the port included, so every name that
 * the cluster's DNS has for the service is listed with and without its port; `localhost` is for `kubectl port-forward`.
 * See https://mlflow.org/docs/latest/self-hosting/security/network/.
 */
export function allowedHosts({ service, namespace, port, outsideUri }: ServiceAddress): string[] {
  const names = [
    service,
    `${service}.${namespace}`,
    `${service}.${namespace}.svc`,
    `${service}.${namespace}.svc.cluster.local`,
    "localhost",
    "127.0.0.1",
  ];
  return [
    ...names.flatMap((name) => [name, `${name}:${port}`]),
    ...(outsideUri === undefined ? [] : [new URL(outsideUri).host]),
  ];
}

/** The address of the service inside the cluster, such as `http://mlflow.mlflow.svc.cluster.local:5000`. */
export function clusterAddress({ service, namespace, port }: ServiceAddress): string {
  return `http://${service}.${namespace}.svc.cluster.local:${port}`;
}
