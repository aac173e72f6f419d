import type { Example } from "./aws-examples";

const pkg = "azure-native";
const inGroup = { resourceGroupName: "rg" };
const inServer = { ...inGroup, serverName: "acme-dev-db" };
const task = (image: string) => ({
  type: "EncodedTaskRunRequest",
  encodedTaskContent: Buffer.from(JSON.stringify({ steps: [{ build: `-t $Registry/${image} .` }] })).toString("base64"),
});

/** One example of each type of Azure that only an MLflow platform has, in an order in which they can be created. */
export const MLFLOW_EXAMPLES: readonly Example[] = [
  {
    pkg,
    type: "azure-native:storage:FileShare",
    inputs: { ...inGroup, accountName: "acmedevstate", shareName: "projects", shareQuota: 50 },
    update: { shareQuota: 60 },
    updates: ["shareQuota"],
    replace: [{ enabledProtocols: "NFS" }, "enabledProtocols"],
  },
  {
    pkg,
    type: "azure-native:operationalinsights:Workspace",
    inputs: { ...inGroup, workspaceName: "acme-dev-logs", sku: { name: "PerGB2018" } },
    update: { retentionInDays: 60 },
    updates: ["retentionInDays"],
    replace: [{ workspaceName: "acme-dev-other" }, "workspaceName"],
  },
  {
    pkg,
    type: "azure-native:containerservice:ManagedCluster",
    inputs: {
      ...inGroup,
      resourceName: "acme-dev",
      dnsPrefix: "acme-dev",
      agentPoolProfiles: [{ name: "system", mode: "System", count: 1 }],
      oidcIssuerProfile: { enabled: true },
    },
    update: { sku: { name: "Base", tier: "Standard" } },
    updates: ["sku"],
    replace: [{ dnsPrefix: "other" }, "dnsPrefix"],
  },
  {
    pkg,
    type: "azure-native:containerregistry:Registry",
    inputs: { ...inGroup, registryName: "acmedev", sku: { name: "Standard" } },
    update: { adminUserEnabled: false },
    updates: ["adminUserEnabled"],
    replace: [{ registryName: "acmedev2" }, "registryName"],
  },
  {
    pkg,
    type: "azure-native:containerregistry:TaskRun",
    inputs: { ...inGroup, registryName: "acmedev", taskRunName: "build-1", runRequest: task("server:1") },
    update: { forceUpdateTag: "again" },
    updates: ["forceUpdateTag"],
    replace: [{ taskRunName: "build-2" }, "taskRunName"],
  },
  {
    pkg,
    type: "azure-native:dbforpostgresql:Server",
    inputs: {
      ...inServer,
      administratorLogin: "acme",
      administratorLoginPassword: "a long password",
      sku: { name: "Standard_B2s", tier: "Burstable" },
    },
    update: { storage: { storageSizeGB: 64 } },
    updates: ["storage"],
    replace: [{ administratorLogin: "other" }, "administratorLogin"],
  },
  {
    pkg,
    type: "azure-native:dbforpostgresql:Database",
    inputs: { ...inServer, databaseName: "mlflow", charset: "UTF8" },
    replace: [{ charset: "SQL_ASCII" }, "charset"],
  },
  {
    pkg,
    type: "azure-native:dbforpostgresql:Configuration",
    inputs: { ...inServer, configurationName: "ssl_min_protocol_version", source: "user-override", value: "TLSv1.2" },
    update: { value: "TLSv1.3" },
    updates: ["value"],
    replace: [{ configurationName: "log_connections" }, "configurationName"],
  },
  {
    pkg,
    type: "azure-native:dbforpostgresql:FirewallRule",
    inputs: { ...inServer, firewallRuleName: "azure", startIpAddress: "0.0.0.0", endIpAddress: "0.0.0.0" },
    update: { endIpAddress: "0.0.0.1" },
    updates: ["endIpAddress"],
    replace: [{ firewallRuleName: "other" }, "firewallRuleName"],
  },
];
