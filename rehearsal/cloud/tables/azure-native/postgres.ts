import { any, integer, object, oneOf, text, asText } from "../../schema/property-schema";
import { live, once, planned, type Reference, type ResourceTypeTable } from "../table";
import { armId, grouped, inGroup, tracked, type AzureContext, type AzureScope } from "./azure-scope";

const SERVER = "azure-native:dbforpostgresql:Server";
const TYPE = "Microsoft.DBforPostgreSQL/flexibleServers";

const serverName = text({
  replace: true,
  inputOnly: true,
  minLength: 3,
  maxLength: 63,
  pattern: /^[a-z0-9][a-z0-9-]*[a-z0-9]$/,
  meaning: "lower case letters, digits and hyphens, beginning and ending with a letter or digit",
});

const switched = oneOf(["Enabled", "Disabled"]);

/**
 * A PostgreSQL flexible server. Its name is taken for all of Azure.
 * @see https://learn.microsoft.com/azure/postgresql/flexible-server/overview
 */
export const postgresServer: ResourceTypeTable<AzureScope> = {
  type: SERVER,
  properties: {
    ...tracked,
    ...grouped,
    administratorLogin: text({ replace: true }),
    administratorLoginPassword: text({ secret: true, inputOnly: true, minLength: 8, maxLength: 128 }),
    authConfig: object({ activeDirectoryAuth: switched, passwordAuth: switched, tenantId: text() }),
    availabilityZone: text({ replace: true }),
    backup: object({ backupRetentionDays: integer({ min: 7, max: 35 }), geoRedundantBackup: switched }),
    cluster: any(),
    createMode: text({ inputOnly: true }),
    dataEncryption: any(),
    highAvailability: object({
      mode: oneOf(["Disabled", "ZoneRedundant", "SameZone"]),
      standbyAvailabilityZone: text(),
    }),
    identity: any(),
    maintenanceWindow: any(),
    network: object({
      delegatedSubnetResourceId: text({ replace: true }),
      privateDnsZoneArmResourceId: text(),
      publicNetworkAccess: switched,
    }),
    pointInTimeUTC: text({ inputOnly: true, replace: true }),
    replica: any(),
    replicationRole: text(),
    serverName,
    sku: object({
      name: text({ required: true }),
      tier: oneOf(["Burstable", "GeneralPurpose", "MemoryOptimized"], { required: true }),
    }),
    sourceServerResourceId: text({ replace: true }),
    storage: object({
      autoGrow: switched,
      iops: integer({ min: 1 }),
      storageSizeGB: integer({ min: 32, max: 32_767 }),
      throughput: integer({ min: 1 }),
      tier: text(),
      type: text(),
    }),
    version: oneOf(["11", "12", "13", "14", "15", "16", "17", "18"]),
  },
  computed: {
    azureApiVersion: planned(() => "2025-08-01"),
    fullyQualifiedDomainName: once(({ inputs }) => `${asText(inputs.serverName)}.postgres.database.azure.com`),
    name: planned(({ inputs }) => inputs.serverName),
    state: live(() => "Ready"),
    type: planned(() => TYPE),
  },
  idOf: (context) => armId(context, TYPE, context.inputs.serverName),
  autoName: { property: "serverName", maxLength: 63, separator: "-", digits: 8 },
  taken: (_, owner) => `ServerNameAlreadyExists: cannot create existing resource '${owner.id}'`,
  refuse: ({ id, inputs, prior, world }) => {
    if (prior !== undefined) return undefined;
    if (inputs.administratorLogin === undefined || inputs.administratorLoginPassword === undefined) {
      return "InvalidParameterValue: a new server needs administratorLogin and administratorLoginPassword";
    }
    const twin = world.find(SERVER, "serverName", inputs.serverName).find((other) => other.id !== id);
    return twin && `ServerNameAlreadyExists: Specified server name '${asText(inputs.serverName)}' is already used.`;
  },
  references: [inGroup],
};

const ofServer: Reference = {
  property: "serverName",
  types: [SERVER],
  attributes: ["name"],
  missing: (name) => `ParentResourceNotFound: the parent '${TYPE}/${name}' could not be found.`,
  onDelete: "cascade",
};

const inServer = { ...grouped, serverName: { ...serverName, required: true } };

const serverId = (context: AzureContext): string => armId(context, TYPE, context.inputs.serverName);

/** A database of a PostgreSQL flexible server. */
export const postgresDatabase: ResourceTypeTable<AzureScope> = {
  type: "azure-native:dbforpostgresql:Database",
  properties: {
    ...inServer,
    charset: text({ replace: true }),
    collation: text({ replace: true }),
    databaseName: text({ replace: true, inputOnly: true, minLength: 1, maxLength: 63 }),
  },
  computed: {
    azureApiVersion: planned(() => "2025-08-01"),
    name: planned(({ inputs }) => inputs.databaseName),
    type: planned(() => `${TYPE}/databases`),
  },
  idOf: (context) => `${serverId(context)}/databases/${asText(context.inputs.databaseName)}`,
  autoName: { property: "databaseName", maxLength: 63, separator: "-", digits: 8 },
  references: [inGroup, ofServer],
};

/** A setting of a PostgreSQL flexible server; each exists already, and is written over. */
export const postgresConfiguration: ResourceTypeTable<AzureScope> = {
  type: "azure-native:dbforpostgresql:Configuration",
  properties: {
    ...inServer,
    configurationName: text({ replace: true, inputOnly: true, minLength: 1, maxLength: 63 }),
    source: oneOf(["system-default", "user-override"]),
    value: text(),
  },
  computed: {
    azureApiVersion: planned(() => "2025-08-01"),
    name: planned(({ inputs }) => inputs.configurationName),
    type: planned(() => `${TYPE}/configurations`),
  },
  idOf: (context) => `${serverId(context)}/configurations/${asText(context.inputs.configurationName)}`,
  autoName: { property: "configurationName", maxLength: 63, separator: "_", digits: 8 },
  existing: "overwrite",
  oneWriteAtATime: {
    of: ({ resourceGroupName, serverName }) => `${asText(resourceGroupName)}/${asText(serverName)}`,
    conflict: (server) =>
      `ServerIsBusy: Cannot complete operation because the server '${server}' is busy with another one.`,
  },
  references: [inGroup, ofServer],
};

const address = text({ required: true, pattern: /^(?:\d{1,3}\.){3}\d{1,3}$/, meaning: "an IPv4 address" });

/** Addresses that may open a connection to a PostgreSQL flexible server. */
export const postgresFirewallRule: ResourceTypeTable<AzureScope> = {
  type: "azure-native:dbforpostgresql:FirewallRule",
  properties: {
    ...inServer,
    endIpAddress: address,
    firewallRuleName: text({ replace: true, inputOnly: true, minLength: 1, maxLength: 128 }),
    startIpAddress: address,
  },
  computed: {
    azureApiVersion: planned(() => "2025-08-01"),
    name: planned(({ inputs }) => inputs.firewallRuleName),
    type: planned(() => `${TYPE}/firewallRules`),
  },
  idOf: (context) => `${serverId(context)}/firewallRules/${asText(context.inputs.firewallRuleName)}`,
  autoName: { property: "firewallRuleName", maxLength: 128, separator: "", digits: 8 },
  references: [inGroup, ofServer],
};
