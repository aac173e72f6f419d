import { listStorageAccountKeysOutput } from "@pulumi/azure-native/storage/listStorageAccountKeys";
import { PersistentVolume } from "@pulumi/kubernetes/core/v1/persistentVolume";
import { PersistentVolumeClaim } from "@pulumi/kubernetes/core/v1/persistentVolumeClaim";
import { Secret } from "@pulumi/kubernetes/core/v1/secret";
import { ServiceAccount } from "@pulumi/kubernetes/core/v1/serviceAccount";
import { Role } from "@pulumi/kubernetes/rbac/v1/role";
import { RoleBinding } from "@pulumi/kubernetes/rbac/v1/roleBinding";
import type { batch } from "@pulumi/kubernetes/types/input";
import * as pulumi from "@pulumi/pulumi";
import { assignRole } from "../azure/assign-role";
import { projectJob } from "./project-job";

/** What runs of projects need. */
export interface ProjectRunsArgs {
  readonly organization: string;
  readonly environment: string;
  /** Namespace of the tracking server. */
  readonly namespaceName: pulumi.Output<string>;
  readonly resourceGroupName: pulumi.Input<string>;
  readonly subscriptionId: string;
  /** Account and share that hold the projects. */
  readonly shareAccountName: pulumi.Output<string>;
  readonly shareAccountId: pulumi.Output<string>;
  readonly shareName: string;
  readonly shareGiB: number;
  /** Object ids of groups of Microsoft Entra whose members may upload and run projects. */
  readonly runnerGroupObjectIds: readonly string[];
  /** Object id of the identity that deploys, which may upload projects as well. @default none */
  readonly deployerObjectId?: string;
  /** What a run is made of and where it logs. */
  readonly run: {
    /** Reference of the image, with its tag. */
    readonly image: pulumi.Output<string>;
    /** Address of the tracking server inside the cluster. */
    readonly trackingUri: string;
    readonly adminUsername: string;
    /** Secret with the administrator's password. */
    readonly credentialsSecretName: pulumi.Output<string>;
  };
  /** Provider of Azure, which reads the share's key. */
  readonly azureProvider: pulumi.ProviderResource;
}

/** Names of what a run uses, the same in every environment. */
export const projectRunNames = {
  account: "mlflow-project",
  claim: "mlflow-projects",
  runner: "mlflow-project-runner",
} as const;

/**
 * What a Job that runs an MLflow project needs: the share with the projects as a volume, an account without rights in
 * the cluster, and a role for the people and pipelines that start such Jobs.
 * See https://learn.microsoft.com/azure/aks/azure-csi-files-storage-provision.
 */
export class ProjectRuns extends pulumi.ComponentResource {
  readonly claimName: pulumi.Output<string>;
  readonly serviceAccountName: pulumi.Output<string>;
  /** The Job that runs a project, but for its name and the arguments of `mlflow`. */
  readonly jobTemplate: pulumi.Output<batch.v1.Job>;

  constructor(name: string, args: ProjectRunsArgs, opts: pulumi.ComponentResourceOptions = {}) {
    super("trunkline:mlflow:ProjectRuns", name, {}, opts);
    const { namespaceName: namespace } = args;
    const children = { parent: this };
    const account = new ServiceAccount(
      `${name}-service-account`,
      { metadata: { name: projectRunNames.account, namespace }, automountServiceAccountToken: false },
      children,
    );
    this.claimName = this.projectsVolume(name, args).metadata.name;
    this.serviceAccountName = account.metadata.name;
    this.jobTemplate = projectJob({
      ...args.run,
      namespaceName: namespace,
      claimName: this.claimName,
      serviceAccountName: this.serviceAccountName,
    });
    this.runners(name, args);
    this.uploaders(name, args);
    this.registerOutputs({
      claimName: this.claimName,
      serviceAccountName: this.serviceAccountName,
      jobTemplate: this.jobTemplate,
    });
  }

  private projectsVolume(name: string, args: ProjectRunsArgs): PersistentVolumeClaim {
    const { organization, environment, namespaceName: namespace, resourceGroupName, shareName } = args;
    const children = { parent: this };
    const { keys } = listStorageAccountKeysOutput(
      { accountName: args.shareAccountName, resourceGroupName },
      { parent: this, provider: args.azureProvider },
    );
    const secret = new Secret(
      `${name}-share-secret`,
      {
        metadata: { name: projectRunNames.claim, namespace },
        stringData: {
          azurestorageaccountname: args.shareAccountName,
          // The group counts as a dependency of the answer; named here, it does in a preview as well.
          azurestorageaccountkey: pulumi.secret(
            pulumi.all([keys, resourceGroupName]).apply(([[key]]) => key?.value ?? ""),
          ),
        },
      },
      children,
    );
    const capacity = { storage: `${args.shareGiB}Gi` };
    const volume = new PersistentVolume(
      `${name}-volume`,
      {
        metadata: { name: `${organization}-${environment}-${projectRunNames.claim}` },
        spec: {
          capacity,
          // Projects are read by runs; people and pipelines write them through the share itself.
          accessModes: ["ReadOnlyMany"],
          persistentVolumeReclaimPolicy: "Retain",
          storageClassName: "",
          csi: {
            driver: "file.csi.azure.com",
            readOnly: true,
            volumeHandle: pulumi.interpolate`${args.shareAccountName}-${shareName}`,
            volumeAttributes: { shareName },
            nodeStageSecretRef: { name: secret.metadata.name, namespace },
          },
        },
      },
      children,
    );
    return new PersistentVolumeClaim(
      `${name}-claim`,
      {
        metadata: { name: projectRunNames.claim, namespace },
        spec: {
          accessModes: ["ReadOnlyMany"],
          storageClassName: "",
          volumeName: volume.metadata.name,
          resources: { requests: capacity },
        },
      },
      children,
    );
  }

  private runners(name: string, { namespaceName: namespace, runnerGroupObjectIds }: ProjectRunsArgs): void {
    const children = { parent: this };
    const role = new Role(
      `${name}-role`,
      {
        metadata: { name: projectRunNames.runner, namespace },
        rules: [
          { apiGroups: ["batch"], resources: ["jobs"], verbs: ["create", "get", "list", "watch", "patch", "delete"] },
          { apiGroups: [""], resources: ["pods", "pods/log", "events"], verbs: ["get", "list", "watch"] },
        ],
      },
      children,
    );
    if (runnerGroupObjectIds.length === 0) return;
    new RoleBinding(
      `${name}-role-binding`,
      {
        metadata: { name: projectRunNames.runner, namespace },
        roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "Role", name: role.metadata.name },
        subjects: runnerGroupObjectIds.map((id) => ({
          apiGroup: "rbac.authorization.k8s.io",
          kind: "Group",
          name: id,
        })),
      },
      children,
    );
  }

  /**
   * Files of the share are written with a token of Microsoft Entra instead of the account's key.
   * See https://learn.microsoft.com/azure/storage/files/authorize-oauth-rest.
   */
  private uploaders(name: string, args: ProjectRunsArgs): void {
    const { subscriptionId, shareAccountId: scope, runnerGroupObjectIds, deployerObjectId } = args;
    const role = "Storage File Data Privileged Contributor";
    const common = { subscriptionId, scope, role } as const;
    runnerGroupObjectIds.forEach((principalId, i) =>
      assignRole(
        `${name}-runners-upload-${i}`,
        { ...common, principalId, principalType: "Group" },
        { parent: this, provider: args.azureProvider },
      ),
    );
    if (deployerObjectId === undefined) return;
    assignRole(
      `${name}-deployer-uploads`,
      { ...common, principalId: deployerObjectId },
      { parent: this, provider: args.azureProvider },
    );
  }
}
