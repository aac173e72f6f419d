import { flag, list, text } from "../../schema/property-schema";
import type { VendorTable } from "../table";
import { applicationInsights } from "./application-insights";
import { azureInherited, azureScopeOf, type AzureScope } from "./azure-scope";
import { blobContainer, blobServiceProperties } from "./blob-service";
import { accessConnector, databricksWorkspace } from "./databricks-workspace";
import { containerRegistry, taskRun } from "./container-registry";
import { environmentVersion } from "./environment-version";
import { federatedCredential } from "./federated-credential";
import { fileShare, listStorageAccountKeys } from "./file-share";
import { vault } from "./key-vault";
import { getSecret, getVault, vaultSecret } from "./key-vault-secret";
import { natGateway, networkSecurityGroup, publicIpAddress, virtualNetwork } from "./network";
import { logAnalyticsWorkspace } from "./log-analytics";
import { listManagedClusterUserCredentials, managedCluster } from "./managed-cluster";
import { getMachineLearningWorkspace, machineLearningWorkspace } from "./machine-learning-workspace";
import { userAssignedIdentity } from "./managed-identity";
import { getOnlineDeployment, getOnlineDeploymentLogs, onlineDeployment } from "./online-deployment";
import { getOnlineEndpoint, listOnlineEndpointKeys, onlineEndpoint } from "./online-endpoint";
import { postgresConfiguration, postgresDatabase, postgresFirewallRule, postgresServer } from "./postgres";
import { getModelContainer, getModelVersion, modelContainer, modelVersion } from "./registered-model";
import { resourceGroup } from "./resource-group";
import { roleAssignment } from "./role-assignment";
import { storageAccount } from "./storage-account";

/** Azure, by its resource manager. */
export const azureNative: VendorTable<AzureScope> = {
  name: "azure-native",
  version: "3.28.0",
  fileFor: () => "a file of rehearsal/cloud/tables/azure-native/, and list it in azure-native.ts",
  config: {
    auxiliaryTenantIds: list(text()),
    clientCertificatePassword: text({ secret: true }),
    clientCertificatePath: text(),
    clientId: text(),
    clientSecret: text({ secret: true }),
    disableInstanceDiscovery: flag(),
    disablePulumiPartnerId: flag(),
    environment: text(),
    location: text(),
    metadataHost: text(),
    msiEndpoint: text(),
    oidcRequestToken: text({ secret: true }),
    oidcRequestUrl: text(),
    oidcToken: text({ secret: true }),
    oidcTokenFilePath: text(),
    partnerId: text(),
    subscriptionId: text(),
    tenantId: text(),
    useDefaultAzureCredential: flag(),
    useMsi: flag(),
    useOidc: flag(),
  },
  scopeOf: azureScopeOf,
  inherit: azureInherited,
  resources: [
    ...[resourceGroup, vault, userAssignedIdentity, federatedCredential, roleAssignment],
    ...[storageAccount, blobServiceProperties, blobContainer, fileShare],
    ...[vaultSecret, accessConnector, databricksWorkspace],
    ...[publicIpAddress, natGateway, networkSecurityGroup, virtualNetwork],
    ...[logAnalyticsWorkspace, managedCluster, containerRegistry, taskRun],
    ...[postgresServer, postgresDatabase, postgresConfiguration, postgresFirewallRule],
    ...[applicationInsights, machineLearningWorkspace, modelContainer, modelVersion, environmentVersion],
    ...[onlineEndpoint, onlineDeployment],
  ],
  functions: [
    ...[getVault, getSecret, listManagedClusterUserCredentials, listStorageAccountKeys],
    ...[getMachineLearningWorkspace, getModelContainer, getModelVersion],
    ...[getOnlineEndpoint, listOnlineEndpointKeys, getOnlineDeployment, getOnlineDeploymentLogs],
  ],
};
