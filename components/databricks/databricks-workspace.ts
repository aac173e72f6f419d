import { AccessConnector } from "@pulumi/azure-native/databricks/accessConnector";
import { Workspace } from "@pulumi/azure-native/databricks/workspace";
import { ResourceGroup } from "@pulumi/azure-native/resources/resourceGroup";
import * as pulumi from "@pulumi/pulumi";
import { physicalName } from "../naming";
import { WorkspaceNetwork, type WorkspaceNetworkRanges } from "./workspace-network";

/** The workspace of one environment. */
export interface DatabricksWorkspaceArgs {
  /** First part of every name: `{organization}-{environment}-databricks`. */
  readonly organization: string;
  readonly environment: string;
  readonly subscriptionId: string;
  readonly location: pulumi.Input<string>;
  readonly tags?: Readonly<Record<string, string>>;
  /** Address ranges of a virtual network of its own. @default a network that Databricks makes and manages */
  readonly network?: WorkspaceNetworkRanges;
  /** Reach the workspace over the internet. @default true */
  readonly publicNetworkAccess?: boolean;
  /** Protect the workspace, and leave it in place when the stack goes. @default true */
  readonly protect?: boolean;
}

/**
 * A premium workspace of Azure Databricks whose machines have no public address, with the access connector as which
 * Unity Catalog reaches storage. Databricks keeps what it needs itself in a second resource group, which it makes.
 * See https://learn.microsoft.com/azure/databricks/security/network/classic/secure-cluster-connectivity.
 */
export class DatabricksWorkspace extends pulumi.ComponentResource {
  readonly resourceGroupName: pulumi.Output<string>;
  /** ARM id of the workspace. */
  readonly resourceId: pulumi.Output<string>;
  /** Address, such as `https://adb-8590162618558854.14.azuredatabricks.net`. */
  readonly host: pulumi.Output<string>;
  /** Number of the workspace, as digits. */
  readonly workspaceId: pulumi.Output<string>;
  /** ARM id of the access connector. */
  readonly accessConnectorId: pulumi.Output<string>;
  /** Object id of the access connector's identity, to which storage is opened. */
  readonly accessConnectorPrincipalId: pulumi.Output<string>;

  constructor(name: string, args: DatabricksWorkspaceArgs, opts: pulumi.ComponentResourceOptions = {}) {
    super("trunkline:databricks:DatabricksWorkspace", name, {}, opts);
    const { organization, environment, subscriptionId, location, network, protect = true } = args;
    const { publicNetworkAccess = true } = args;
    const tags = { ...args.tags };
    const stateful: pulumi.CustomResourceOptions = { parent: this, protect, retainOnDelete: protect };
    const groupName = physicalName("resourceGroup", organization, environment, "databricks");
    const group = new ResourceGroup(`${name}-group`, { resourceGroupName: groupName, location, tags }, stateful);
    const injected =
      network &&
      new WorkspaceNetwork(
        `${name}-network`,
        { organization, environment, resourceGroupName: group.name, location, tags, ranges: network, protect },
        { parent: this },
      );
    const connector = new AccessConnector(
      `${name}-access-connector`,
      {
        resourceGroupName: group.name,
        connectorName: physicalName("databricksWorkspace", organization, environment, "access-connector"),
        location,
        identity: { type: "SystemAssigned" },
        tags,
      },
      stateful,
    );
    const managedGroupName = physicalName("resourceGroup", organization, environment, "databricks-managed");
    const workspace = new Workspace(
      `${name}-workspace`,
      {
        resourceGroupName: group.name,
        workspaceName: physicalName("databricksWorkspace", organization, environment),
        location,
        sku: { name: "premium" },
        managedResourceGroupId: `/subscriptions/${subscriptionId}/resourceGroups/${managedGroupName}`,
        publicNetworkAccess: publicNetworkAccess ? "Enabled" : "Disabled",
        // Private endpoints carry the control plane's traffic where the internet may not.
        requiredNsgRules: publicNetworkAccess ? "AllRules" : "NoAzureDatabricksRules",
        parameters: {
          enableNoPublicIp: { value: true },
          ...(injected && {
            customVirtualNetworkId: { value: injected.networkId },
            customPublicSubnetName: { value: injected.publicSubnetName },
            customPrivateSubnetName: { value: injected.privateSubnetName },
          }),
        },
        tags,
      },
      stateful,
    );

    this.resourceGroupName = group.name;
    this.resourceId = workspace.id;
    this.host = pulumi.interpolate`https://${workspace.workspaceUrl}`;
    this.workspaceId = workspace.workspaceId;
    this.accessConnectorId = connector.id;
    this.accessConnectorPrincipalId = connector.identity.apply((identity) => identity?.principalId ?? "");
    this.registerOutputs({
      resourceGroupName: this.resourceGroupName,
      resourceId: this.resourceId,
      host: this.host,
      workspaceId: this.workspaceId,
      accessConnectorId: this.accessConnectorId,
      accessConnectorPrincipalId: this.accessConnectorPrincipalId,
    });
  }
}
