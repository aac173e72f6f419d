import { Component as ApplicationInsights } from "@pulumi/azure-native/applicationinsights/component";
import { Vault } from "@pulumi/azure-native/keyvault/vault";
import { getWorkspaceOutput } from "@pulumi/azure-native/machinelearningservices/getWorkspace";
import { Workspace } from "@pulumi/azure-native/machinelearningservices/workspace";
import { Workspace as LogAnalytics } from "@pulumi/azure-native/operationalinsights/workspace";
import { StorageAccount } from "@pulumi/azure-native/storage/storageAccount";
import * as pulumi from "@pulumi/pulumi";
import { physicalName } from "../naming";
import { machineLearningWorkspaceName } from "./endpoint-target";

/** The workspace of one environment. */
export interface MachineLearningWorkspaceArgs {
  /** First part of every name: `{organization}-{environment}-ml`. */
  readonly organization: string;
  readonly environment: string;
  readonly tenantId: string;
  readonly location: string;
  readonly tags?: Readonly<Record<string, string>>;
  /** Where a workspace that is made goes, with what it needs. */
  readonly resourceGroupName: pulumi.Input<string>;
  /** ARM id of the registry that a workspace that is made keeps images in. */
  readonly registryId: pulumi.Input<string>;
  /** A workspace that exists, which has to be there; or one made here. */
  readonly workspace:
    | { readonly existing: { readonly resourceGroupName: string; readonly name: string } }
    | { readonly create: { readonly nameSuffix?: string; readonly network: ManagedNetwork } };
  /** Protect workspace, storage and vault, and leave them in place when the stack goes. @default true */
  readonly protect?: boolean;
}

/** What the network that Azure manages for a workspace lets out. */
export type ManagedNetwork = "Disabled" | "AllowInternetOutbound" | "AllowOnlyApprovedOutbound";

/**
 * A workspace of Azure Machine Learning. Its datastores are read by identity, so that its storage needs no keys. Its
 * managed network is provisioned at once: a deployment that comes before that fails with WorkspaceManagedNetworkNotReady.
 * See https://learn.microsoft.com/azure/machine-learning/how-to-managed-network.
 */
export class MachineLearningWorkspace extends pulumi.ComponentResource {
  readonly resourceGroupName: pulumi.Output<string>;
  readonly workspaceName: pulumi.Output<string>;
  /** ARM id. */
  readonly workspaceId: pulumi.Output<string>;
  /** ARM id of the storage that has the models. */
  readonly storageId: pulumi.Output<string>;

  constructor(name: string, args: MachineLearningWorkspaceArgs, opts: pulumi.ComponentResourceOptions = {}) {
    super("trunkline:azure-ml:MachineLearningWorkspace", name, {}, opts);
    const found = "existing" in args.workspace ? this.lookUp(args.workspace.existing) : this.create(name, args);
    this.resourceGroupName = pulumi.output(found.resourceGroupName);
    this.workspaceName = found.name;
    this.workspaceId = found.id;
    this.storageId = pulumi.output(found.storageAccount).apply((id) => id ?? "");
    this.registerOutputs({
      resourceGroupName: this.resourceGroupName,
      workspaceName: this.workspaceName,
      workspaceId: this.workspaceId,
      storageId: this.storageId,
    });
  }

  private lookUp({ resourceGroupName, name: workspaceName }: { resourceGroupName: string; name: string }) {
    const { id, name, storageAccount } = getWorkspaceOutput({ resourceGroupName, workspaceName }, { parent: this });
    return { id, name, storageAccount, resourceGroupName: pulumi.output(resourceGroupName) };
  }

  private create(name: string, args: MachineLearningWorkspaceArgs) {
    const { organization, environment, location, resourceGroupName, registryId, protect = true } = args;
    const { nameSuffix, network = "AllowInternetOutbound" } = "create" in args.workspace ? args.workspace.create : {};
    const suffix = nameSuffix === undefined ? [] : [nameSuffix];
    const tags = { ...args.tags };
    const stateful: pulumi.CustomResourceOptions = { parent: this, protect, retainOnDelete: protect };
    const workspace = new Workspace(
      `${name}-workspace`,
      {
        workspaceName: machineLearningWorkspaceName(organization, environment, nameSuffix),
        resourceGroupName,
        location,
        tags,
        kind: "Default",
        sku: { name: "Basic", tier: "Basic" },
        identity: { type: "SystemAssigned" },
        storageAccount: this.storage(name, args, stateful).id,
        keyVault: this.vault(name, args, suffix, stateful).id,
        applicationInsights: this.insights(name, args).id,
        containerRegistry: registryId,
        systemDatastoresAuthMode: "Identity",
        managedNetwork: { isolationMode: network },
        provisionNetworkNow: network !== "Disabled",
        publicNetworkAccess: "Enabled",
      },
      // Whether its network was provisioned at once counts once; that takes up to half an hour.
      { ...stateful, ignoreChanges: ["provisionNetworkNow"], customTimeouts: { create: "60m" } },
    );
    return { id: workspace.id, name: workspace.name, storageAccount: workspace.storageAccount, resourceGroupName };
  }

  private storage(name: string, args: MachineLearningWorkspaceArgs, opts: pulumi.CustomResourceOptions) {
    const { organization, environment, location, resourceGroupName } = args;
    return new StorageAccount(
      `${name}-storage`,
      {
        accountName: physicalName("storageAccount", organization, environment, "ml"),
        resourceGroupName,
        location,
        tags: { ...args.tags },
        kind: "StorageV2",
        sku: { name: "Standard_ZRS" },
        allowBlobPublicAccess: false,
        allowSharedKeyAccess: false,
        enableHttpsTrafficOnly: true,
        minimumTlsVersion: "TLS1_2",
      },
      opts,
    );
  }

  private vault(
    name: string,
    args: MachineLearningWorkspaceArgs,
    suffix: readonly string[],
    opts: pulumi.CustomResourceOptions,
  ) {
    const { organization, environment, tenantId, location, resourceGroupName } = args;
    return new Vault(
      `${name}-vault`,
      {
        vaultName: physicalName("keyVault", organization, environment, "ml", ...suffix),
        resourceGroupName,
        location,
        properties: {
          tenantId,
          sku: { family: "A", name: "standard" },
          enableRbacAuthorization: true,
          enablePurgeProtection: true,
          enableSoftDelete: true,
          softDeleteRetentionInDays: 90,
        },
        tags: { ...args.tags },
      },
      opts,
    );
  }

  private insights(name: string, args: MachineLearningWorkspaceArgs) {
    const { organization, environment, location, resourceGroupName } = args;
    const common = { resourceGroupName, location, tags: { ...args.tags } };
    const logs = new LogAnalytics(
      `${name}-logs`,
      {
        ...common,
        workspaceName: physicalName("logAnalytics", organization, environment, "ml"),
        sku: { name: "PerGB2018" },
        retentionInDays: 30,
      },
      { parent: this },
    );
    return new ApplicationInsights(
      `${name}-insights`,
      {
        ...common,
        resourceName: physicalName("applicationInsights", organization, environment, "ml"),
        kind: "web",
        applicationType: "web",
        workspaceResourceId: logs.id,
      },
      { parent: this },
    );
  }
}
