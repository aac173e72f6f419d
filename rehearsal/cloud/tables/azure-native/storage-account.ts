import { flag, integer, list, object, oneOf, text, asText } from "../../schema/property-schema";
import { live, once, planned, type ResourceTypeTable } from "../table";
import { armId, grouped, inGroup, tracked, type AzureScope } from "./azure-scope";

/** Type token of a storage account. */
export const STORAGE_ACCOUNT = "azure-native:storage:StorageAccount";
const TYPE = "Microsoft.Storage/storageAccounts";

const SERVICES = ["blob", "dfs", "file", "queue", "table", "web"];
const service = object({ enabled: flag(), keyType: oneOf(["Service", "Account"]) });

/** The name of the account that a resource is in. */
export const accountName = text({
  replace: true,
  inputOnly: true,
  minLength: 3,
  maxLength: 24,
  pattern: /^[a-z0-9]+$/,
  meaning: "lower case letters and digits",
});

/**
 * A storage account. Its name is taken for all of Azure.
 * @see https://learn.microsoft.com/azure/storage/common/storage-account-overview
 */
export const storageAccount: ResourceTypeTable<AzureScope> = {
  type: STORAGE_ACCOUNT,
  properties: {
    ...tracked,
    ...grouped,
    accessTier: oneOf(["Hot", "Cool", "Premium", "Cold"]),
    accountName,
    allowBlobPublicAccess: flag(),
    allowCrossTenantReplication: flag(),
    allowSharedKeyAccess: flag(),
    allowedCopyScope: oneOf(["PrivateLink", "AAD"]),
    azureFilesIdentityBasedAuthentication: object({
      activeDirectoryProperties: object({
        accountType: oneOf(["User", "Computer"]),
        azureStorageSid: text(),
        domainGuid: text({ required: true }),
        domainName: text({ required: true }),
        domainSid: text(),
        forestName: text(),
        netBiosDomainName: text(),
        samAccountName: text(),
      }),
      defaultSharePermission: text(),
      directoryServiceOptions: oneOf(["None", "AADDS", "AD", "AADKERB"], { required: true }),
    }),
    customDomain: object({ name: text({ required: true }), useSubDomainName: flag() }),
    defaultToOAuthAuthentication: flag(),
    dnsEndpointType: oneOf(["Standard", "AzureDnsZone"], { replace: true }),
    enableExtendedGroups: flag(),
    enableHttpsTrafficOnly: flag(),
    enableNfsV3: flag({ replace: true }),
    encryption: object({
      encryptionIdentity: object({
        encryptionFederatedIdentityClientId: text(),
        encryptionUserAssignedIdentity: text(),
      }),
      keySource: oneOf(["Microsoft.Storage", "Microsoft.Keyvault"]),
      keyVaultProperties: object({ keyName: text(), keyVaultUri: text(), keyVersion: text() }),
      requireInfrastructureEncryption: flag(),
      services: object({ blob: service, file: service, queue: service, table: service }),
    }),
    extendedLocation: object({ name: text(), type: text() }, { replace: true }),
    identity: object({
      type: oneOf(["None", "SystemAssigned", "UserAssigned", "SystemAssigned,UserAssigned"], { required: true }),
      userAssignedIdentities: list(text()),
    }),
    immutableStorageWithVersioning: object(
      {
        enabled: flag(),
        immutabilityPolicy: object({
          allowProtectedAppendWrites: flag(),
          immutabilityPeriodSinceCreationInDays: integer({ min: 1, max: 146_000 }),
          state: oneOf(["Unlocked", "Locked", "Disabled"]),
        }),
      },
      { replace: true },
    ),
    isHnsEnabled: flag({ replace: true }),
    isLocalUserEnabled: flag(),
    isSftpEnabled: flag(),
    keyPolicy: object({ keyExpirationPeriodInDays: integer({ required: true, min: 1 }) }),
    kind: oneOf(["Storage", "StorageV2", "BlobStorage", "FileStorage", "BlockBlobStorage"], { required: true }),
    largeFileSharesState: oneOf(["Disabled", "Enabled"]),
    minimumTlsVersion: oneOf(["TLS1_0", "TLS1_1", "TLS1_2", "TLS1_3"]),
    networkRuleSet: object({
      bypass: text(),
      defaultAction: oneOf(["Allow", "Deny"], { required: true }),
      ipRules: list(object({ action: oneOf(["Allow"]), iPAddressOrRange: text({ required: true }) })),
      resourceAccessRules: list(object({ resourceId: text(), tenantId: text() })),
      virtualNetworkRules: list(
        object({ action: oneOf(["Allow"]), state: text(), virtualNetworkResourceId: text({ required: true }) }),
      ),
    }),
    publicNetworkAccess: oneOf(["Enabled", "Disabled", "SecuredByPerimeter"]),
    routingPreference: object({
      publishInternetEndpoints: flag(),
      publishMicrosoftEndpoints: flag(),
      routingChoice: oneOf(["MicrosoftRouting", "InternetRouting"]),
    }),
    sasPolicy: object({
      expirationAction: oneOf(["Log", "Block"], { required: true }),
      sasExpirationPeriod: text({ required: true }),
    }),
    sku: object(
      {
        name: oneOf(
          [
            ...["Standard_LRS", "Standard_GRS", "Standard_RAGRS", "Standard_ZRS", "Standard_GZRS", "Standard_RAGZRS"],
            ...["Premium_LRS", "Premium_ZRS"],
          ],
          { required: true },
        ),
      },
      { required: true },
    ),
  },
  computed: {
    azureApiVersion: planned(() => "2024-01-01"),
    creationTime: once(({ now }) => now),
    name: planned(({ inputs }) => inputs.accountName),
    primaryEndpoints: once(({ inputs }) => {
      const host = (kind: string) => `https://${asText(inputs.accountName)}.${kind}.core.windows.net/`;
      return Object.fromEntries(SERVICES.map((kind) => [kind, host(kind)]));
    }),
    primaryLocation: planned(({ inputs }) => inputs.location),
    provisioningState: live(() => "Succeeded"),
    statusOfPrimary: live(() => "available"),
    type: planned(() => TYPE),
  },
  idOf: (context) => armId(context, TYPE, context.inputs.accountName),
  autoName: {
    property: "accountName",
    maxLength: 24,
    separator: "",
    digits: 8,
    transform: (name) => name.toLowerCase().replace(/[^a-z0-9]/g, ""),
  },
  taken: (_, owner) => `StorageAccountAlreadyExists: cannot create existing resource '${owner.id}'`,
  refuse: ({ id, inputs, prior, world }) => {
    if (prior !== undefined) return undefined;
    const twin = world.find(STORAGE_ACCOUNT, "accountName", inputs.accountName).find((other) => other.id !== id);
    return (
      twin &&
      `StorageAccountAlreadyTaken: The storage account named ${asText(inputs.accountName)} is already taken. Names are unique in all of Azure.`
    );
  },
  references: [inGroup],
};
