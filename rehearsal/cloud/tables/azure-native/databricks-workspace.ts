import type { PropertyMap, PropertyValue } from "../../../engine/values/property-value";
import { isMap } from "../../../engine/values/property-value";
import { any, flag, list, object, oneOf, text, asText, type PropertySchema } from "../../schema/property-schema";
import { live, once, planned, type ResourceTypeTable } from "../table";
import { armId, grouped, inGroup, tracked, type AzureContext, type AzureScope } from "./azure-scope";
import { VIRTUAL_NETWORK } from "./network";

/** Type token of a workspace of Azure Databricks. */
export const WORKSPACE = "azure-native:databricks:Workspace";
const WORKSPACE_TYPE = "Microsoft.Databricks/workspaces";
const CONNECTOR_TYPE = "Microsoft.Databricks/accessConnectors";

const name = text({
  replace: true,
  inputOnly: true,
  minLength: 3,
  maxLength: 64,
  pattern: /^[A-Za-z0-9_-]+$/,
  meaning: "letters, digits, underscores and hyphens",
});

/** A parameter of a workspace, which none can change afterwards but those that say so. */
const parameter = (value: PropertySchema): PropertySchema => object({ type: text(), value }, { replace: true });
const textParameter = parameter(text({ required: true }));
const flagParameter = parameter(flag({ required: true }));
const enabled = oneOf(["Enabled", "Disabled"]);

/**
 * A workspace of Azure Databricks, which keeps what it needs in a resource group of its own.
 * @see https://learn.microsoft.com/azure/templates/microsoft.databricks/workspaces
 */
export const databricksWorkspace: ResourceTypeTable<AzureScope> = {
  type: WORKSPACE,
  properties: {
    ...tracked,
    ...grouped,
    accessConnector: object({
      id: text({ required: true }),
      identityType: oneOf(["SystemAssigned", "UserAssigned"], { required: true }),
      userAssignedIdentityId: text(),
    }),
    authorizations: list(object({ principalId: text({ required: true }), roleDefinitionId: text({ required: true }) })),
    computeMode: oneOf(["Serverless", "Hybrid"], { replace: true }),
    defaultCatalog: object({ initialName: text(), initialType: oneOf(["HiveMetastore", "UnityCatalog"]) }),
    defaultStorageFirewall: enabled,
    encryption: any(),
    enhancedSecurityCompliance: any(),
    managedResourceGroupId: text({ replace: true, ignoreCase: true }),
    parameters: object({
      amlWorkspaceId: textParameter,
      customPrivateSubnetName: textParameter,
      customPublicSubnetName: textParameter,
      customVirtualNetworkId: textParameter,
      enableNoPublicIp: flagParameter,
      encryption: any(),
      loadBalancerBackendPoolName: textParameter,
      loadBalancerId: textParameter,
      natGatewayName: textParameter,
      prepareEncryption: object({ type: text(), value: flag({ required: true }) }),
      publicIpName: textParameter,
      requireInfrastructureEncryption: flagParameter,
      storageAccountName: textParameter,
      storageAccountSkuName: object({ type: text(), value: text({ required: true }) }),
      vnetAddressPrefix: textParameter,
    }),
    publicNetworkAccess: enabled,
    requiredNsgRules: oneOf(["AllRules", "NoAzureDatabricksRules", "NoAzureServiceRules"]),
    sku: object({ name: oneOf(["standard", "premium", "trial"], { required: true }), tier: text() }),
    uiDefinitionUri: text(),
    workspaceName: name,
  },
  computed: {
    azureApiVersion: planned(() => "2024-05-01"),
    computeMode: planned(({ inputs }) => inputs.computeMode ?? "Hybrid"),
    createdDateTime: once(({ now }) => now),
    diskEncryptionSetId: planned(() => ""),
    isUcEnabled: once(() => true),
    name: planned(({ inputs }) => inputs.workspaceName),
    privateEndpointConnections: live(() => []),
    provisioningState: live(() => "Succeeded"),
    systemData: live(({ now, prior }) => prior?.systemData ?? { createdAt: now, createdByType: "Application" }),
    type: planned(() => WORKSPACE_TYPE),
    workspaceId: once(workspaceNumber),
    // The number after the dot is that of the region's installation, of which there are twenty.
    workspaceUrl: once(
      (context) =>
        `adb-${workspaceNumber(context)}.${Number(BigInt(workspaceNumber(context)) % 20n)}.azuredatabricks.net`,
    ),
  },
  idOf: (context) => armId(context, WORKSPACE_TYPE, context.inputs.workspaceName),
  autoName: { property: "workspaceName", maxLength: 64, separator: "", digits: 8 },
  rules: ({ parameters, defaultStorageFirewall, accessConnector }) => [
    ...networkFaults(parameters),
    ...(defaultStorageFirewall === "Enabled" && accessConnector === undefined
      ? [{ property: "accessConnector", reason: "is required where defaultStorageFirewall is Enabled" }]
      : []),
  ],
  refuse: (context) => takenGroup(context) ?? missingSubnet(context),
  references: [inGroup],
};

/** The identity with which Unity Catalog reaches storage. */
export const accessConnector: ResourceTypeTable<AzureScope> = {
  type: "azure-native:databricks:AccessConnector",
  properties: {
    ...tracked,
    ...grouped,
    connectorName: { ...name, maxLength: 128 } as PropertySchema,
    identity: object({
      type: oneOf(["None", "SystemAssigned", "UserAssigned", "SystemAssigned,UserAssigned"], { required: true }),
      userAssignedIdentities: list(text()),
    }),
  },
  computed: {
    azureApiVersion: planned(() => "2024-05-01"),
    identity: live(({ inputs, scope, uuid }) => {
      const { type } = (inputs.identity ?? {}) as { type?: string };
      if (!type?.startsWith("SystemAssigned")) return inputs.identity;
      return { ...(inputs.identity as PropertyMap), principalId: uuid("principal"), tenantId: scope.tenantId };
    }),
    name: planned(({ inputs }) => inputs.connectorName),
    properties: live(() => ({ provisioningState: "Succeeded", referedBy: [] })),
    systemData: live(({ now, prior }) => prior?.systemData ?? { createdAt: now, createdByType: "Application" }),
    type: planned(() => CONNECTOR_TYPE),
  },
  idOf: (context) => armId(context, CONNECTOR_TYPE, context.inputs.connectorName),
  autoName: { property: "connectorName", maxLength: 64, separator: "", digits: 8 },
  references: [inGroup],
};

function workspaceNumber({ hex }: AzureContext): string {
  const digits = 10n ** 15n;
  return String(digits + (BigInt(`0x${hex("workspace", 16)}`) % (9n * digits)));
}

const INJECTION = ["customVirtualNetworkId", "customPublicSubnetName", "customPrivateSubnetName"];

function networkFaults(parameters: PropertyValue | undefined) {
  const given = INJECTION.filter((key) => isMap(parameters ?? null) && (parameters as PropertyMap)[key] !== undefined);
  return given.length === 0 || given.length === INJECTION.length
    ? []
    : [
        {
          property: "parameters",
          reason: `needs all of ${INJECTION.join(", ")} for a network of your own, got ${given.join(", ")}`,
        },
      ];
}

/** Azure makes the managed group itself: it must not exist. */
function takenGroup({ id, inputs, world }: AzureContext): string | undefined {
  const group = asText(inputs.managedResourceGroupId);
  const twin = world
    .find(WORKSPACE, "managedResourceGroupId", inputs.managedResourceGroupId)
    .find((one) => one.id !== id);
  return group !== "" && (twin !== undefined || world.findId(group) !== undefined)
    ? `ApplianceManagedResourceGroupAlreadyExists: The managed resource group '${group}' exists already`
    : undefined;
}

function missingSubnet({ inputs, prior, world }: AzureContext): string | undefined {
  const parameters = (inputs.parameters ?? {}) as Readonly<Record<string, { value?: string } | undefined>>;
  const network = parameters.customVirtualNetworkId?.value;
  if (network === undefined || prior !== undefined) return undefined;
  const found = world.findId(network);
  if (found?.type !== VIRTUAL_NETWORK)
    return `InvalidCustomVirtualNetwork: The virtual network '${network}' does not exist`;
  for (const key of ["customPublicSubnetName", "customPrivateSubnetName"]) {
    const wanted = parameters[key]?.value;
    const subnet = (found.inputs.subnets as Subnet[] | undefined)?.find((one) => one.name === wanted);
    if (subnet === undefined) return `SubnetNotFound: '${network}' has no subnet '${wanted ?? ""}'`;
    if (subnet.networkSecurityGroup?.id === undefined) {
      return `SubnetMissingNetworkSecurityGroup: The subnet '${wanted ?? ""}' has no network security group`;
    }
    if (!subnet.delegations?.some(({ serviceName }) => serviceName === WORKSPACE_TYPE)) {
      return `SubnetNotDelegated: The subnet '${wanted ?? ""}' is not delegated to '${WORKSPACE_TYPE}'`;
    }
  }
  return undefined;
}

interface Subnet {
  readonly name?: string;
  readonly networkSecurityGroup?: { readonly id?: string };
  readonly delegations?: readonly { readonly serviceName?: string }[];
}
