import { listStorageAccountKeysOutput } from "@pulumi/azure-native/storage/listStorageAccountKeys";
import { PersistentVolume } from "@pulumi/kubernetes/core/v1/persistentVolume";
import { PersistentVolumeClaim } from "@pulumi/kubernetes/core/v1/persistentVolumeClaim";
import { Secret } from "@pulumi/kubernetes/core/v1/secret";
import { ServiceAccount } from "@pulumi/kubernetes/core/v1/serviceAccount";
import { Role } from "@pulumi/kubernetes/rbac/v1/role";
import { RoleBinding } from "@pulumi/kubernetes/rbac/v1/roleBinding";
import * as pulumi from "@pulumi/pulumi";

/** What runs of projects need. */
export interface ProjectRunsArgs {
  readonly organization: string;
  readonly environment: string;
  /** Namespace of the tracking server. */
  readonly namespaceName: pulumi.Output<string>;
  readonly resourceGroupName: pulumi.Input<string>;
  /** Account and share that hold the projects. */
  readonly shareAccountName: pulumi.Output<string>;
  readonly shareName: string;
  readonly shareGiB: number;
  /** Object ids of groups of Microsoft Entra whose members may run projects. */
  readonly runnerGroupObjectIds: readonly string[];
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
    this.runners(name, args);
    this.registerOutputs({ claimName: this.claimName, serviceAccountName: this.serviceAccountName });
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
          { apiGroups: ["batch"], resources: ["jobs"], verbs: ["create", "get", "list", "watch", "delete"] },
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
}
