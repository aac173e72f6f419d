import type { Example } from "./aws-examples";
import { NETWORK_EXAMPLES } from "./network-examples";

const tenantId = "11111111-1111-4111-8111-111111111111";
const inAccount = { resourceGroupName: "rg", accountName: "acmedevstate" };

/** One example of each type of Azure and of its directory, in an order in which they can be created. */
export const AZURE_EXAMPLES: readonly Example[] = [
  {
    pkg: "azure-native",
    type: "azure-native:resources:ResourceGroup",
    inputs: { resourceGroupName: "rg", tags: { a: "b" } },
    update: { tags: { a: "c" } },
    updates: ["tags.a"],
    replace: [{ location: "northeurope" }, "location"],
  },
  {
    pkg: "azure-native",
    type: "azure-native:keyvault:Vault",
    inputs: {
      resourceGroupName: "rg",
      vaultName: "acme-dev-kv",
      properties: { tenantId, sku: { family: "A", name: "standard" }, enableRbacAuthorization: true },
    },
    update: { tags: { a: "b" } },
    updates: ["tags"],
    replace: [{ vaultName: "acme-dev-kv2" }, "vaultName"],
  },
  {
    pkg: "azure-native",
    type: "azure-native:keyvault:Secret",
    inputs: { resourceGroupName: "rg", vaultName: "acme-dev-kv", secretName: "token", properties: { value: "hush" } },
    update: { properties: { value: "hush!" } },
    updates: ["properties.value"],
    replace: [{ secretName: "other" }, "secretName"],
  },
  ...NETWORK_EXAMPLES,
  {
    pkg: "azure-native",
    type: "azure-native:databricks:AccessConnector",
    inputs: { resourceGroupName: "rg", connectorName: "acme-dev", identity: { type: "SystemAssigned" } },
    update: { tags: { a: "b" } },
    updates: ["tags"],
    replace: [{ connectorName: "acme-dev2" }, "connectorName"],
  },
  {
    pkg: "azure-native",
    type: "azure-native:databricks:Workspace",
    inputs: {
      resourceGroupName: "rg",
      workspaceName: "acme-dev",
      managedResourceGroupId: "/subscriptions/22222222-2222-4222-8222-222222222222/resourceGroups/acme-dev-managed",
      sku: { name: "premium" },
      parameters: { enableNoPublicIp: { value: true } },
    },
    update: { publicNetworkAccess: "Disabled" },
    updates: ["publicNetworkAccess"],
    replace: [{ parameters: { enableNoPublicIp: { value: false } } }, "parameters"],
  },
  {
    pkg: "azure-native",
    type: "azure-native:managedidentity:UserAssignedIdentity",
    inputs: { resourceGroupName: "rg", resourceName: "acme-ci" },
    update: { tags: { a: "b" } },
    updates: ["tags"],
    replace: [{ resourceName: "acme-ci2" }, "resourceName"],
  },
  {
    pkg: "azure-native",
    type: "azure-native:managedidentity:FederatedIdentityCredential",
    inputs: {
      resourceGroupName: "rg",
      resourceName: "acme-ci",
      federatedIdentityCredentialResourceName: "github-dev",
      issuer: "https://token.actions.githubusercontent.com",
      subject: "repo:acme/platform:environment:dev",
      audiences: ["api://AzureADTokenExchange"],
    },
    update: { subject: "repo:acme/platform:environment:tst" },
    updates: ["subject"],
    replace: [{ federatedIdentityCredentialResourceName: "github-tst" }, "federatedIdentityCredentialResourceName"],
  },
  {
    pkg: "azure-native",
    type: "azure-native:storage:StorageAccount",
    inputs: { ...inAccount, kind: "StorageV2", sku: { name: "Standard_ZRS" }, allowBlobPublicAccess: false },
    update: { allowSharedKeyAccess: false },
    updates: ["allowSharedKeyAccess"],
    replace: [{ accountName: "acmedevstate2" }, "accountName"],
  },
  {
    pkg: "azure-native",
    type: "azure-native:storage:BlobServiceProperties",
    inputs: { ...inAccount, isVersioningEnabled: true, deleteRetentionPolicy: { enabled: true, days: 30 } },
    update: { deleteRetentionPolicy: { enabled: true, days: 60 } },
    updates: ["deleteRetentionPolicy.days"],
    replace: [{ accountName: "acmedevstate2" }, "accountName"],
  },
  {
    pkg: "azure-native",
    type: "azure-native:storage:BlobContainer",
    inputs: { ...inAccount, containerName: "state" },
    update: { metadata: { a: "b" } },
    updates: ["metadata"],
    replace: [{ containerName: "state2" }, "containerName"],
  },
  {
    pkg: "azuread",
    type: "azuread:index/application:Application",
    inputs: { displayName: "acme-ci" },
    update: { notes: "CI" },
    updates: ["notes"],
    replace: [{ templateId: "8adf8e6e-67b2-4cf2-a259-e3dc5476c621" }, "templateId"],
  },
];
