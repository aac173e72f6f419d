import { BlobContainer } from "@pulumi/azure-native/storage/blobContainer";
import { BlobServiceProperties } from "@pulumi/azure-native/storage/blobServiceProperties";
import { FileShare } from "@pulumi/azure-native/storage/fileShare";
import { StorageAccount } from "@pulumi/azure-native/storage/storageAccount";
import * as pulumi from "@pulumi/pulumi";
import { physicalName } from "../naming";

/** Where a tracking server keeps artifacts and projects. */
export interface ArtifactStorageArgs {
  readonly organization: string;
  readonly environment: string;
  readonly resourceGroupName: pulumi.Input<string>;
  readonly location: string;
  readonly tags: Readonly<Record<string, string>>;
  /** Size of the share for projects, in GiB. @default 50 */
  readonly projectShareGiB?: number;
  /** Days that deleted blobs and shares can be recovered. @default 14 */
  readonly recoverDays?: number;
  /** @default true */
  readonly protect?: boolean;
}

/** Names of what every environment's account holds. */
export const artifactContainer = "mlflow-artifacts";
export const projectShare = "mlflow-projects";

/**
 * The storage of a tracking server: a container for artifacts, reached without a key, and a file share for projects. They
 * lie in two accounts, because a share is mounted over SMB with the account's key, which would open the artifacts as well.
 * See https://learn.microsoft.com/azure/storage/common/shared-key-authorization-prevent.
 */
export class ArtifactStorage extends pulumi.ComponentResource {
  readonly accountId: pulumi.Output<string>;
  readonly accountName: pulumi.Output<string>;
  /** The container's own ARM id. */
  readonly containerId: pulumi.Output<string>;
  /** Where the server writes, as MLflow writes addresses of Azure's blobs. */
  readonly artifactsDestination: pulumi.Output<string>;
  readonly shareAccountName: pulumi.Output<string>;
  readonly shareAccountId: pulumi.Output<string>;

  constructor(name: string, args: ArtifactStorageArgs, opts: pulumi.ComponentResourceOptions = {}) {
    super("trunkline:mlflow:ArtifactStorage", name, {}, opts);
    const { organization, environment, resourceGroupName, protect = true, recoverDays = 14 } = args;
    const kept = { parent: this, protect, retainOnDelete: protect };
    const artifacts = this.account(`${name}-artifacts`, args, "mlflowart", false);
    new BlobServiceProperties(
      `${name}-artifacts-blobs`,
      {
        accountName: artifacts.name,
        blobServicesName: "default",
        resourceGroupName,
        deleteRetentionPolicy: { enabled: true, days: recoverDays },
        containerDeleteRetentionPolicy: { enabled: true, days: recoverDays },
      },
      { parent: this },
    );
    const container = new BlobContainer(
      `${name}-artifacts-container`,
      { containerName: artifactContainer, accountName: artifacts.name, resourceGroupName, publicAccess: "None" },
      kept,
    );
    const shares = this.account(`${name}-projects`, args, "mlflowprj", true);
    new FileShare(
      `${name}-projects-share`,
      {
        shareName: projectShare,
        accountName: shares.name,
        resourceGroupName,
        shareQuota: args.projectShareGiB ?? 50,
        enabledProtocols: "SMB",
      },
      kept,
    );
    this.accountId = artifacts.id;
    this.accountName = artifacts.name;
    this.containerId = container.id;
    this.artifactsDestination = pulumi.interpolate`wasbs://${artifactContainer}@${artifacts.name}.blob.core.windows.net/${organization}-${environment}`;
    this.shareAccountName = shares.name;
    this.shareAccountId = shares.id;
    this.registerOutputs({
      accountName: this.accountName,
      artifactsDestination: this.artifactsDestination,
      shareAccountName: this.shareAccountName,
    });
  }

  private account(name: string, args: ArtifactStorageArgs, purpose: string, sharedKey: boolean): StorageAccount {
    const { organization, environment, resourceGroupName, location, tags, protect = true } = args;
    return new StorageAccount(
      name,
      {
        accountName: physicalName("storageAccount", organization, environment, purpose),
        resourceGroupName,
        location,
        tags,
        kind: "StorageV2",
        sku: { name: "Standard_ZRS" },
        accessTier: "Hot",
        allowBlobPublicAccess: false,
        allowSharedKeyAccess: sharedKey,
        defaultToOAuthAuthentication: true,
        enableHttpsTrafficOnly: true,
        minimumTlsVersion: "TLS1_2",
      },
      { parent: this, protect, retainOnDelete: protect },
    );
  }
}
