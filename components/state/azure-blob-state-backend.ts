import { ResourceGroup } from "@pulumi/azure-native/resources/resourceGroup";
import { BlobContainer } from "@pulumi/azure-native/storage/blobContainer";
import { BlobServiceProperties } from "@pulumi/azure-native/storage/blobServiceProperties";
import { StorageAccount } from "@pulumi/azure-native/storage/storageAccount";
import * as pulumi from "@pulumi/pulumi";
import { physicalName } from "../naming";

/** How the state of one environment is kept in Azure. */
export interface AzureBlobStateBackendArgs {
  /** First part of every name: `{organization}-{environment}-state`. */
  readonly organization: string;
  readonly environment: string;
  /** Name of the repository, without its owner, with which the names of its containers begin. */
  readonly repository: string;
  readonly location: pulumi.Input<string>;
  /** Redundancy of the account. @default Standard_ZRS: copies in three zones of the region */
  readonly sku?: string;
  /** Days that deleted and replaced blobs, and deleted containers, can be restored, 7 to 365. @default 30 */
  readonly softDeleteDays?: pulumi.Input<number>;
  /** Protect account and containers, and leave everything in place when the stack goes. @default true */
  readonly protect?: boolean;
  readonly tags?: Readonly<Record<string, string>>;
}

/** One value for each of the two containers. */
export interface StateContainers<Value> {
  /** For ML resource config: the state of jobs, experiments and models. */
  readonly mlResources: Value;
  /** For the state of the principals of CI, which holds their secrets where they have any. */
  readonly ciPrincipals: Value;
}

/**
 * A storage account for state that only identities of the directory reach: no keys, no public blobs, TLS 1.2, every
 * version of a blob kept. Two containers, so that whoever deploys ML resources need not see the principals' state.
 */
export class AzureBlobStateBackend extends pulumi.ComponentResource {
  readonly resourceGroupName: pulumi.Output<string>;
  readonly accountName: pulumi.Output<string>;
  readonly accountId: pulumi.Output<string>;
  readonly containerNames: StateContainers<pulumi.Output<string>>;
  /** ARM ids of the containers, on which roles are assigned. */
  readonly containerIds: StateContainers<pulumi.Output<string>>;
  /** Addresses for `pulumi login`; it authenticates as whoever is logged in to Azure. */
  readonly backendUrls: StateContainers<pulumi.Output<string>>;

  constructor(name: string, args: AzureBlobStateBackendArgs, opts: pulumi.ComponentResourceOptions = {}) {
    super("trunkline:state:AzureBlobStateBackend", name, {}, opts);
    const { organization, environment, repository, location, protect = true, tags } = args;
    // Without its settings an account that stays behind would be open: they stay with it.
    const setting: pulumi.CustomResourceOptions = { parent: this, retainOnDelete: protect };
    const stateful: pulumi.CustomResourceOptions = { ...setting, protect };

    const resourceGroupName = physicalName("resourceGroup", organization, environment, "state");
    const group = new ResourceGroup(`${name}-group`, { resourceGroupName, location, tags: { ...tags } }, stateful);
    const account = this.account(name, args, group, stateful);
    this.softDelete(name, args, group, account, setting);
    const container = (suffix: string) =>
      new BlobContainer(
        `${name}-${suffix}`,
        {
          resourceGroupName: group.name,
          accountName: account.name,
          containerName: physicalName("blobContainer", repository, suffix),
          publicAccess: "None",
        },
        stateful,
      );
    const containers: StateContainers<BlobContainer> = {
      mlResources: container("ml-resources"),
      ciPrincipals: container("ci-principals"),
    };

    this.resourceGroupName = group.name;
    this.accountName = account.name;
    this.accountId = account.id;
    this.containerNames = forEach(containers, (each) => each.name);
    this.containerIds = forEach(containers, (each) => each.id);
    this.backendUrls = forEach(
      containers,
      (each) => pulumi.interpolate`azblob://${each.name}?storage_account=${account.name}`,
    );
    this.registerOutputs({
      resourceGroupName: this.resourceGroupName,
      accountName: this.accountName,
      accountId: this.accountId,
      containerNames: this.containerNames,
      containerIds: this.containerIds,
      backendUrls: this.backendUrls,
    });
  }

  private account(
    name: string,
    { organization, environment, location, sku = "Standard_ZRS", tags }: AzureBlobStateBackendArgs,
    group: ResourceGroup,
    opts: pulumi.CustomResourceOptions,
  ): StorageAccount {
    return new StorageAccount(
      `${name}-account`,
      {
        resourceGroupName: group.name,
        accountName: physicalName("storageAccount", organization, environment, "state"),
        location,
        kind: "StorageV2",
        sku: { name: sku },
        allowSharedKeyAccess: false,
        allowBlobPublicAccess: false,
        allowCrossTenantReplication: false,
        defaultToOAuthAuthentication: true,
        enableHttpsTrafficOnly: true,
        minimumTlsVersion: "TLS1_2",
        tags: { ...tags },
      },
      opts,
    );
  }

  private softDelete(
    name: string,
    { softDeleteDays = 30 }: AzureBlobStateBackendArgs,
    group: ResourceGroup,
    account: StorageAccount,
    opts: pulumi.CustomResourceOptions,
  ): void {
    const retention = { enabled: true, days: softDeleteDays };
    new BlobServiceProperties(
      `${name}-blobs`,
      {
        resourceGroupName: group.name,
        accountName: account.name,
        blobServicesName: "default",
        isVersioningEnabled: true,
        deleteRetentionPolicy: retention,
        containerDeleteRetentionPolicy: retention,
      },
      opts,
    );
  }
}

function forEach<From, To>(containers: StateContainers<From>, map: (each: From) => To): StateContainers<To> {
  return { mlResources: map(containers.mlResources), ciPrincipals: map(containers.ciPrincipals) };
}
