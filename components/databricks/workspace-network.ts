import { NatGateway } from "@pulumi/azure-native/network/natGateway";
import { NetworkSecurityGroup } from "@pulumi/azure-native/network/networkSecurityGroup";
import { PublicIPAddress } from "@pulumi/azure-native/network/publicIPAddress";
import { VirtualNetwork } from "@pulumi/azure-native/network/virtualNetwork";
import * as pulumi from "@pulumi/pulumi";
import { physicalName } from "../naming";

/** Address ranges of a workspace's network, such as `10.20.0.0/22`. */
export interface WorkspaceNetworkRanges {
  readonly addressSpace: string;
  /** Range within the address space, /26 at the smallest. */
  readonly publicSubnet: string;
  /** Range within the address space, /26 at the smallest. */
  readonly privateSubnet: string;
}

/** The network of one workspace. */
export interface WorkspaceNetworkArgs {
  readonly organization: string;
  readonly environment: string;
  readonly resourceGroupName: pulumi.Input<string>;
  readonly location: pulumi.Input<string>;
  readonly tags: Readonly<Record<string, string>>;
  readonly ranges: WorkspaceNetworkRanges;
  /** Protect the network, and leave it in place when the stack goes. */
  readonly protect: boolean;
}

/** What Databricks writes into a subnet of its own accord when it is allowed to. */
const delegation = { name: "databricks", serviceName: "Microsoft.Databricks/workspaces" };

/**
 * A virtual network for a workspace: two subnets that are delegated to Databricks, each with the security group, and a
 * NAT gateway as their way out, because the machines in them have no public address. The subnets are part of the
 * network, so that all of that is there before the workspace.
 * See https://learn.microsoft.com/azure/databricks/security/network/classic/vnet-inject.
 */
export class WorkspaceNetwork extends pulumi.ComponentResource {
  readonly networkId: pulumi.Output<string>;
  readonly publicSubnetName: string;
  readonly privateSubnetName: string;

  constructor(name: string, args: WorkspaceNetworkArgs, opts: pulumi.ComponentResourceOptions = {}) {
    super("trunkline:databricks:WorkspaceNetwork", name, {}, opts);
    const { organization, environment, resourceGroupName, location, ranges, protect } = args;
    const common = { resourceGroupName, location, tags: { ...args.tags } };
    const named = (kind: string) => physicalName("resourceGroup", organization, environment, "databricks", kind);
    const kept: pulumi.CustomResourceOptions = { parent: this, protect, retainOnDelete: protect };
    const securityGroup = new NetworkSecurityGroup(
      `${name}-security-group`,
      { ...common, networkSecurityGroupName: named("nsg") },
      // Databricks writes the rules that it needs.
      { ...kept, ignoreChanges: ["securityRules"] },
    );
    const address = new PublicIPAddress(
      `${name}-address`,
      {
        ...common,
        publicIpAddressName: named("nat-ip"),
        publicIPAllocationMethod: "Static",
        sku: { name: "Standard" },
      },
      kept,
    );
    const gateway = new NatGateway(
      `${name}-nat-gateway`,
      {
        ...common,
        natGatewayName: named("nat"),
        publicIpAddresses: [{ id: address.id }],
        sku: { name: "Standard" },
      },
      kept,
    );
    const subnet = (subnetName: string, addressPrefix: string) => ({
      name: subnetName,
      addressPrefix,
      networkSecurityGroup: { id: securityGroup.id },
      natGateway: { id: gateway.id },
      delegations: [delegation],
      defaultOutboundAccess: false,
    });
    this.publicSubnetName = "databricks-public";
    this.privateSubnetName = "databricks-private";
    const network = new VirtualNetwork(
      `${name}-virtual-network`,
      {
        ...common,
        virtualNetworkName: named("vnet"),
        addressSpace: { addressPrefixes: [ranges.addressSpace] },
        subnets: [
          subnet(this.publicSubnetName, ranges.publicSubnet),
          subnet(this.privateSubnetName, ranges.privateSubnet),
        ],
      },
      kept,
    );
    this.networkId = network.id;
    this.registerOutputs({
      networkId: this.networkId,
      publicSubnetName: this.publicSubnetName,
      privateSubnetName: this.privateSubnetName,
    });
  }
}
