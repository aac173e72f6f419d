import { Deployment } from "@pulumi/kubernetes/apps/v1/deployment";
import { Job } from "@pulumi/kubernetes/batch/v1/job";
import { Secret } from "@pulumi/kubernetes/core/v1/secret";
import { ServiceAccount } from "@pulumi/kubernetes/core/v1/serviceAccount";
import * as pulumi from "@pulumi/pulumi";
import { RandomPassword } from "@pulumi/random/randomPassword";
import { clusterAddress, type ServiceAddress } from "./allowed-hosts";
import { basicAuthConfig } from "./basic-auth-config";
import { type Exposure, outsideUri, trackingServerNetwork } from "./tracking-server-network";
import { AUTH_KEY, migrationPod, trackingServerPod, type TrackingServerPodArgs } from "./tracking-server-pod";

/** What a tracking server runs with. */
export interface TrackingServerArgs {
  readonly namespace: string;
  /** The same, known once the namespace is there. */
  readonly namespaceName: pulumi.Output<string>;
  /** Provider of the `random` package. */
  readonly randomProvider: pulumi.ProviderResource;
  /** Reference of the image, with its tag. */
  readonly image: pulumi.Input<string>;
  /** The part of the reference that changes with the image, known in every preview. */
  readonly imageTag: string;
  readonly trackingUri: pulumi.Output<string>;
  readonly authUri: pulumi.Output<string>;
  readonly artifactsDestination: pulumi.Output<string>;
  /** Client id of the identity that the pods have in Azure. */
  readonly identityClientId: pulumi.Output<string>;
  readonly exposure: Exposure;
  /** @default 2 */
  readonly replicas?: number;
  /** Processes in each replica. @default 4 */
  readonly workers?: number;
  /** @default half a processor and 2 GiB */
  readonly resources?: { readonly cpu: string; readonly memory: string };
}

/** Names of the server's service, account and port, the same in every environment. */
export const trackingServerName = "mlflow";
export const trackingServerPort = 5000;
export const adminUsername = "admin";

/**
 * An MLflow tracking server: the schema is migrated first, then the pods start, and the service appears when they answer.
 * Each object is waited for, so that an update which succeeds leaves a server that works.
 */
export class TrackingServer extends pulumi.ComponentResource {
  /** Address inside the cluster. */
  readonly clusterUri: string;
  /** Address for people and clients outside; the one inside the cluster where there is none. */
  readonly trackingUri: pulumi.Output<string>;
  readonly adminPassword: pulumi.Output<string>;
  readonly secretName: pulumi.Output<string>;
  private readonly namespaceName: pulumi.Output<string>;

  constructor(name: string, args: TrackingServerArgs, opts: pulumi.ComponentResourceOptions = {}) {
    super("trunkline:mlflow:TrackingServer", name, {}, opts);
    const { exposure, replicas = 2 } = args;
    const children = { parent: this };
    const labels = { "app.kubernetes.io/name": trackingServerName, "app.kubernetes.io/managed-by": "trunkline" };
    const address: ServiceAddress = {
      service: trackingServerName,
      namespace: args.namespace,
      port: trackingServerPort,
      outsideUri: outsideUri(exposure, trackingServerPort),
    };
    this.namespaceName = args.namespaceName;
    this.adminPassword = this.password(`${name}-admin-password`, args.randomProvider);
    const pod = this.pod(name, args, address, labels);
    const selector = { "app.kubernetes.io/name": trackingServerName, "app.kubernetes.io/component": "server" };
    const migration = new Job(
      `${name}-migration`,
      {
        // A job cannot be changed: another image is another job.
        metadata: this.metadata(`${trackingServerName}-migration-${args.imageTag}`, labels),
        spec: {
          backoffLimit: 4,
          activeDeadlineSeconds: 1800,
          template: {
            metadata: { labels: this.podLabels({ ...labels, "app.kubernetes.io/component": "migration" }) },
            spec: migrationPod(pod),
          },
        },
      },
      { ...children, customTimeouts: { create: "30m" } },
    );
    const deployment = new Deployment(
      `${name}-deployment`,
      {
        metadata: this.metadata(trackingServerName, labels),
        spec: {
          replicas,
          selector: { matchLabels: selector },
          strategy: { type: "RollingUpdate", rollingUpdate: { maxSurge: 1, maxUnavailable: 0 } },
          template: { metadata: { labels: this.podLabels({ ...labels, ...selector }) }, spec: trackingServerPod(pod) },
        },
      },
      { ...children, dependsOn: migration },
    );
    const network = { address, exposure, namespaceName: this.namespaceName, selector, labels };
    const service = trackingServerNetwork(name, network, { ...children, dependsOn: deployment });
    this.clusterUri = clusterAddress(address);
    this.secretName = pulumi.output(pod.secretName);
    // Known once the server answers: the service is there when a pod of it is ready.
    this.trackingUri = service.id.apply(() => address.outsideUri ?? this.clusterUri);
    this.registerOutputs({ trackingUri: this.trackingUri, adminPassword: this.adminPassword });
  }

  private password(name: string, provider: pulumi.ProviderResource): pulumi.Output<string> {
    return pulumi.secret(new RandomPassword(name, { length: 32, special: false }, { parent: this, provider }).result);
  }

  private metadata(name: string, labels: Record<string, string>) {
    return { name, namespace: this.namespaceName, labels };
  }

  /** The label asks the webhook of workload identity to hand the pods their token. */
  private podLabels(labels: Record<string, string>): Record<string, string> {
    return { ...labels, "azure.workload.identity/use": "true" };
  }

  private pod(
    name: string,
    args: TrackingServerArgs,
    address: ServiceAddress,
    labels: Record<string, string>,
  ): TrackingServerPodArgs {
    const children = { parent: this };
    const account = new ServiceAccount(
      `${name}-service-account`,
      {
        metadata: {
          ...this.metadata(trackingServerName, labels),
          annotations: { "azure.workload.identity/client-id": args.identityClientId },
        },
        automountServiceAccountToken: false,
      },
      children,
    );
    const secret = new Secret(
      `${name}-secret`,
      {
        metadata: this.metadata(`${trackingServerName}-server`, labels),
        stringData: {
          MLFLOW_BACKEND_STORE_URI: args.trackingUri,
          MLFLOW_FLASK_SERVER_SECRET_KEY: this.password(`${name}-session-key`, args.randomProvider),
          MLFLOW_AUTH_ADMIN_PASSWORD: this.adminPassword,
          [AUTH_KEY]: args.authUri.apply((databaseUri) =>
            basicAuthConfig({ databaseUri, adminUsername, defaultPermission: "READ" }),
          ),
        },
      },
      children,
    );
    const { image, artifactsDestination, workers = 4, resources = { cpu: "500m", memory: "2Gi" } } = args;
    const names = { serviceAccountName: account.metadata.name, secretName: secret.metadata.name };
    return { address, image, artifactsDestination, workers, resources, ...names };
  }
}
