import { any, flag, integer, list, object, oneOf, text, type PropertySchema } from "../../schema/property-schema";
import { live, once, planned, type ResourceTypeTable } from "../table";
import { armId, grouped, inGroup, tracked, type AzureScope } from "./azure-scope";

/** Type token of a virtual network. */
export const VIRTUAL_NETWORK = "azure-native:network:VirtualNetwork";
const API = "2024-05-01";

const reference = object({ id: text() });
const prefix = text({
  pattern: /^\d{1,3}(?:\.\d{1,3}){3}\/\d{1,2}$/,
  meaning: "an address and a length, such as 10.0.0.0/16",
});
const resourceName = text({
  replace: true,
  inputOnly: true,
  minLength: 1,
  maxLength: 80,
  pattern: /^[A-Za-z0-9](?:[\w.-]*\w)?$/,
  meaning: "letters, digits, dots, hyphens and underscores, beginning with a letter or digit",
});

const securityRule = object({
  access: oneOf(["Allow", "Deny"], { required: true }),
  description: text({ maxLength: 140 }),
  destinationAddressPrefix: text(),
  destinationAddressPrefixes: list(text()),
  destinationApplicationSecurityGroups: list(any()),
  destinationPortRange: text(),
  destinationPortRanges: list(text()),
  direction: oneOf(["Inbound", "Outbound"], { required: true }),
  etag: text(),
  id: text(),
  name: text(),
  priority: integer({ min: 100, max: 4096 }),
  protocol: oneOf(["Tcp", "Udp", "Icmp", "Esp", "*", "Ah"], { required: true }),
  provisioningState: text(),
  sourceAddressPrefix: text(),
  sourceAddressPrefixes: list(text()),
  sourceApplicationSecurityGroups: list(any()),
  sourcePortRange: text(),
  sourcePortRanges: list(text()),
  type: text(),
});

const subnet = object({
  addressPrefix: prefix,
  addressPrefixes: list(prefix),
  applicationGatewayIPConfigurations: any(),
  defaultOutboundAccess: flag(),
  delegations: list(
    object({ actions: list(text()), etag: text(), id: text(), name: text(), serviceName: text(), type: text() }),
  ),
  etag: text(),
  id: text(),
  ipAllocations: any(),
  ipamPoolPrefixAllocations: any(),
  name: text(),
  natGateway: reference,
  networkSecurityGroup: any(),
  privateEndpointNetworkPolicies: text(),
  privateLinkServiceNetworkPolicies: text(),
  provisioningState: text(),
  resourceNavigationLinks: any(),
  routeTable: any(),
  serviceAssociationLinks: any(),
  serviceEndpointPolicies: any(),
  serviceEndpoints: any(),
  serviceGateway: any(),
  sharingScope: text(),
  type: text(),
});

const sku = (...names: string[]): PropertySchema => object({ name: oneOf(names), tier: oneOf(["Regional", "Global"]) });
const id = text({ inputOnly: true });
const zones = list(text(), { replace: true });

function network(
  name: string,
  nameProperty: string,
  table: Pick<ResourceTypeTable<AzureScope>, "properties" | "computed">,
): ResourceTypeTable<AzureScope> {
  const type = `Microsoft.Network/${name[0]!.toLowerCase()}${name.slice(1)}s`.replace("Addresss", "Addresses");
  return {
    type: `azure-native:network:${name}`,
    properties: { ...tracked, ...grouped, id, [nameProperty]: resourceName, ...table.properties },
    computed: {
      azureApiVersion: planned(() => API),
      etag: live(({ hex, now }) => `W/"${hex(now, 32)}"`),
      name: planned(({ inputs }) => inputs[nameProperty]),
      provisioningState: live(() => "Succeeded"),
      resourceGuid: once(({ uuid }) => uuid("guid")),
      type: planned(() => type),
      ...table.computed,
    },
    idOf: (context) => armId(context, type, context.inputs[nameProperty]),
    autoName: { property: nameProperty, maxLength: 80, separator: "", digits: 8 },
    references: [inGroup],
  };
}

/** A virtual network with its subnets. */
export const virtualNetwork = network("VirtualNetwork", "virtualNetworkName", {
  properties: {
    addressSpace: object({ addressPrefixes: list(prefix), ipamPoolPrefixAllocations: any() }),
    bgpCommunities: any(),
    ddosProtectionPlan: reference,
    dhcpOptions: object({ dnsServers: list(text()) }),
    enableDdosProtection: flag(),
    enableVmProtection: flag(),
    encryption: object({ enabled: flag({ required: true }), enforcement: text() }),
    extendedLocation: any({ replace: true }),
    flowTimeoutInMinutes: integer({ min: 4, max: 30 }),
    ipAllocations: list(reference),
    privateEndpointVNetPolicies: text(),
    subnets: list(subnet),
    virtualNetworkPeerings: any(),
  },
});

/** Rules for the traffic of subnets. */
export const networkSecurityGroup = network("NetworkSecurityGroup", "networkSecurityGroupName", {
  properties: { flushConnection: flag(), securityRules: list(securityRule) },
});

/** What the subnets reach the internet through. */
export const natGateway = network("NatGateway", "natGatewayName", {
  properties: {
    idleTimeoutInMinutes: integer({ min: 4, max: 120 }),
    publicIpAddresses: list(reference),
    publicIpPrefixes: list(reference),
    sku: sku("Standard", "StandardV2"),
    zones,
  },
});

/** An address of the internet. */
export const publicIpAddress = network("PublicIPAddress", "publicIpAddressName", {
  properties: {
    ddosSettings: any(),
    deleteOption: text(),
    dnsSettings: any(),
    extendedLocation: any({ replace: true }),
    idleTimeoutInMinutes: integer({ min: 4, max: 30 }),
    ipAddress: text(),
    ipTags: any(),
    linkedPublicIPAddress: any(),
    migrationPhase: text(),
    natGateway: any(),
    publicIPAddressVersion: oneOf(["IPv4", "IPv6"], { replace: true }),
    publicIPAllocationMethod: oneOf(["Static", "Dynamic"]),
    publicIPPrefix: reference,
    servicePublicIPAddress: any(),
    sku: sku("Basic", "Standard", "StandardV2"),
    zones,
  },
  computed: {
    // A block for documentation, see https://www.rfc-editor.org/rfc/rfc5737.
    ipAddress: once(({ hex }) => `203.0.113.${Number.parseInt(hex("address", 2), 16)}`),
  },
});
