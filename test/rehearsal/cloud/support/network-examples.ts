import type { Example } from "./aws-examples";

const pkg = "azure-native";
const group = { resourceGroupName: "rg" };
const change: Pick<Example, "update" | "updates"> = { update: { tags: { a: "b" } }, updates: ["tags"] };

/** One example of each type of Azure's networks. */
export const NETWORK_EXAMPLES: readonly Example[] = [
  {
    pkg,
    type: "azure-native:network:PublicIPAddress",
    inputs: { ...group, publicIpAddressName: "acme", publicIPAllocationMethod: "Static", sku: { name: "Standard" } },
    ...change,
    replace: [{ publicIpAddressName: "acme2" }, "publicIpAddressName"],
  },
  {
    pkg,
    type: "azure-native:network:NatGateway",
    inputs: { ...group, natGatewayName: "acme", sku: { name: "Standard" } },
    ...change,
    replace: [{ zones: ["1"] }, "zones"],
  },
  {
    pkg,
    type: "azure-native:network:NetworkSecurityGroup",
    inputs: { ...group, networkSecurityGroupName: "acme" },
    ...change,
    replace: [{ location: "northeurope" }, "location"],
  },
  {
    pkg,
    type: "azure-native:network:VirtualNetwork",
    inputs: { ...group, virtualNetworkName: "acme", addressSpace: { addressPrefixes: ["10.0.0.0/16"] } },
    ...change,
    replace: [{ virtualNetworkName: "acme2" }, "virtualNetworkName"],
  },
];
