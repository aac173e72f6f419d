import { ResourceGroup } from "@pulumi/azure-native/resources/resourceGroup";
import { Namespace } from "@pulumi/kubernetes/core/v1/namespace";
import { Provider as KubernetesProvider } from "@pulumi/kubernetes/provider";
import * as pulumi from "@pulumi/pulumi";
import { Provider as RandomProvider } from "@pulumi/random/provider";
import { assignRole } from "../azure/assign-role";
import type { MlflowConfig } from "../config/mlflow-section";
import { physicalName } from "../naming";
import type { MlflowOutputs } from "../outputs";
import { ArtifactStorage, projectShare } from "./artifact-storage";
import { type BuildContext, contextTag } from "./build-context";
import { ClusterMysql } from "./cluster-mysql";
import { exposureOf } from "./configured-exposure";
import { MlflowCluster } from "./mlflow-cluster";
import { ProjectRuns } from "./project-runs";
import { RegistryImages } from "./registry-images";
import { ServerIdentity } from "./server-identity";
import { TrackingDatabase } from "./tracking-database";
import { adminUsername, TrackingServer, trackingServerName } from "./tracking-server";
import { type PasswordVault, VaultPasswords } from "./vault-passwords";

/** What the images of the platform are built from. */
export interface MlflowImages {
  readonly trackingServer: BuildContext;
  readonly projectRun: BuildContext;
}

/** What an MLflow platform is made of. */
export interface MlflowPlatformArgs {
  readonly organization: string;
  readonly environment: string;
  readonly subscriptionId: string;
  readonly location: string;
  readonly tags: Readonly<Record<string, string>>;
  readonly mlflow: MlflowConfig;
  readonly images: MlflowImages;
  /** Vault of the environment, which keeps the generated passwords as well. @default none */
  readonly vault?: PasswordVault;
  /** Provider of Azure, for what is asked of it. */
  readonly azureProvider: pulumi.ProviderResource;
}

/** Namespace of the tracking server and of the runs. */
const namespace = "mlflow";

/**
 * An MLflow platform on Kubernetes: a cluster with its logs and images in one resource group, storage and database in
 * another, so that the cluster can be made anew without the data; in the cluster a tracking server and what runs of
 * projects need.
 */
export class MlflowPlatform extends pulumi.ComponentResource {
  readonly outputs: MlflowOutputs;
  /** Password of the administrator; a secret. */
  readonly adminPassword: pulumi.Output<string>;

  constructor(name: string, args: MlflowPlatformArgs, opts: pulumi.ComponentResourceOptions = {}) {
    super("trunkline:mlflow:MlflowPlatform", name, {}, opts);
    const { organization, environment, subscriptionId, location, tags, mlflow, images } = args;
    const { protect } = mlflow;
    const children = { parent: this };
    const common = { organization, environment, location, tags };
    const clusterGroup = this.group(`${name}-cluster-group`, args, "mlflow-cluster");
    const dataGroup = this.group(`${name}-data-group`, args, "mlflow-data");
    const randomProvider = new RandomProvider(`${name}-random-provider`, {}, children);

    const cluster = new MlflowCluster(
      `${name}-cluster`,
      {
        ...common,
        ...mlflow.cluster,
        resourceGroupName: clusterGroup.name,
        adminGroupObjectIds: mlflow.adminGroupObjectIds,
      },
      children,
    );
    const registry = new RegistryImages(
      `${name}-images`,
      {
        ...common,
        protect,
        resourceGroupName: clusterGroup.name,
        images: { "mlflow-server": images.trackingServer, "mlflow-project": images.projectRun },
      },
      children,
    );
    const pull = assignRole(
      `${name}-pull-role`,
      {
        role: "AcrPull",
        scope: registry.registryId,
        principalId: cluster.kubeletObjectId,
        subscriptionId,
      },
      children,
    );
    this.deployerRoles(name, args, registry, cluster);
    const storage = new ArtifactStorage(
      `${name}-storage`,
      { ...common, protect, resourceGroupName: dataGroup.name, projectShareGiB: mlflow.projectShareGiB },
      children,
    );
    const identity = new ServerIdentity(
      `${name}-server-identity`,
      {
        ...common,
        resourceGroupName: dataGroup.name,
        subscriptionId,
        oidcIssuer: cluster.oidcIssuer,
        namespace,
        serviceAccount: trackingServerName,
        containerId: storage.containerId,
      },
      children,
    );
    // Pods are made once their nodes may pull images.
    const kubernetes = new KubernetesProvider(
      `${name}-kubernetes-provider`,
      { kubeconfig: cluster.kubeconfig, enableServerSideApply: true, deleteUnreachable: false },
      { parent: this, dependsOn: pull },
    );
    const inCluster = { parent: this, providers: { kubernetes } };
    const namespaceName = new Namespace(
      `${name}-namespace`,
      { metadata: { name: namespace, labels: { "app.kubernetes.io/managed-by": "trunkline" } } },
      { parent: this, provider: kubernetes },
    ).metadata.name;
    const { managed, inCluster: onDisk } = mlflow.database;
    const database = onDisk
      ? new ClusterMysql(
          `${name}-database`,
          { ...onDisk, protect, namespace, namespaceName, randomProvider },
          inCluster,
        )
      : new TrackingDatabase(
          `${name}-database`,
          { ...common, ...managed, protect, resourceGroupName: dataGroup.name, randomProvider },
          children,
        );
    const server = new TrackingServer(
      `${name}-server`,
      {
        namespace,
        namespaceName,
        randomProvider,
        image: registry.references["mlflow-server"]!,
        imageTag: contextTag(images.trackingServer),
        trackingUri: database.trackingUri,
        authUri: database.authUri,
        artifactsDestination: storage.artifactsDestination,
        identityClientId: identity.clientId,
        exposure: exposureOf(mlflow, location),
        replicas: mlflow.replicas,
      },
      inCluster,
    );
    const runs = new ProjectRuns(
      `${name}-project-runs`,
      {
        organization,
        environment,
        namespaceName,
        resourceGroupName: dataGroup.name,
        subscriptionId,
        shareAccountName: storage.shareAccountName,
        shareAccountId: storage.shareAccountId,
        shareName: projectShare,
        shareGiB: mlflow.projectShareGiB,
        runnerGroupObjectIds: mlflow.runnerGroupObjectIds,
        deployerObjectId: mlflow.deployerObjectId,
        run: {
          image: registry.references["mlflow-project"]!,
          trackingUri: server.clusterUri,
          adminUsername,
          credentialsSecretName: server.secretName,
        },
        azureProvider: args.azureProvider,
      },
      inCluster,
    );
    this.adminPassword = server.adminPassword;
    const passwords = this.passwords(`${name}-passwords`, args, database.password);
    this.outputs = {
      trackingUri: server.trackingUri,
      clusterTrackingUri: server.clusterUri,
      artifactLocation: storage.artifactsDestination,
      experimentsUrl: pulumi.interpolate`${server.trackingUri}/#/experiments`,
      cluster: { name: cluster.clusterName, resourceGroup: clusterGroup.name, kubeconfig: cluster.kubeconfig },
      kubeconfigCommand: `trunkline kubeconfig --env ${environment}`,
      ...(passwords && {
        passwordSecrets: { admin: passwords.adminSecretName, database: passwords.databaseSecretName },
      }),
      projects: {
        namespace,
        image: registry.references["mlflow-project"]!,
        serviceAccount: runs.serviceAccountName,
        claim: runs.claimName,
        credentialsSecret: server.secretName,
        shareAccount: storage.shareAccountName,
        share: projectShare,
        jobTemplate: runs.jobTemplate,
      },
    };
    this.registerOutputs(this.outputs);
  }

  private passwords(name: string, { vault, mlflow }: MlflowPlatformArgs, databasePassword: pulumi.Output<string>) {
    const { adminPassword } = this;
    return (
      vault &&
      new VaultPasswords(name, { vault, adminPassword, databasePassword, protect: mlflow.protect }, { parent: this })
    );
  }

  private group(
    name: string,
    { organization, environment, location, tags, mlflow }: MlflowPlatformArgs,
    purpose: string,
  ) {
    const resourceGroupName = physicalName("resourceGroup", organization, environment, purpose);
    const { protect } = mlflow;
    return new ResourceGroup(
      name,
      { resourceGroupName, location, tags },
      { parent: this, protect, retainOnDelete: protect },
    );
  }

  /** The roles of the identity that deploys: push images, build them in the registry, reach the cluster, work in it. */
  private deployerRoles(
    name: string,
    args: MlflowPlatformArgs,
    registry: RegistryImages,
    cluster: MlflowCluster,
  ): void {
    const { deployerObjectId: principalId } = args.mlflow;
    if (principalId === undefined) return;
    const { subscriptionId } = args;
    for (const [purpose, role, scope] of [
      ["push", "AcrPush", registry.registryId],
      ["build", "Contributor", registry.registryId],
      ["reach", "Azure Kubernetes Service Cluster User Role", cluster.clusterId],
      ["work", "Azure Kubernetes Service RBAC Cluster Admin", cluster.clusterId],
    ] as const) {
      assignRole(`${name}-deployer-${purpose}`, { role, scope, principalId, subscriptionId }, { parent: this });
    }
  }
}
