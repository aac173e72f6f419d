import { flag, integer, list, text } from "../../schema/property-schema";
import type { VendorTable } from "../table";
import { cluster } from "./cluster";
import { databricksScopeOf, unreachableWorkspace, type DatabricksScope } from "./databricks-scope";
import { externalLocation, storageCredential } from "./external-location";
import { grant } from "./grant";
import { job } from "./job";
import { modelServing } from "./model-serving";
import { permissions } from "./permissions";
import { federationPolicy, gitCredential, servicePrincipalSecret } from "./principal-credentials";
import { getGroup, group, groupMember, seededGroups, servicePrincipal } from "./principals";
import { repo } from "./repo";
import { secretAcl, secretScope } from "./secret-scope";
import { sqlTable } from "./sql-table";
import { dbfsFile, volumeFile } from "./storage-file";
import { catalog, schema, seededSecurables, volume } from "./unity-catalog";
import { entitlements, mwsPermissionAssignment } from "./workspace-access";
import { directory, notebook, workspaceFile } from "./workspace-object";

/** Databricks: the account and its workspaces. */
export const databricks: VendorTable<DatabricksScope> = {
  name: "databricks",
  version: "1.110.0",
  fileFor: () => "a file of rehearsal/cloud/tables/databricks/, and list it in databricks.ts",
  config: {
    accountId: text(),
    actionsIdTokenRequestToken: text({ secret: true }),
    actionsIdTokenRequestUrl: text(),
    audience: text(),
    authType: text(),
    azureClientId: text(),
    azureClientSecret: text({ secret: true }),
    azureEnvironment: text(),
    azureLoginAppId: text(),
    azureTenantId: text(),
    azureUseMsi: flag(),
    azureWorkspaceResourceId: text(),
    clientId: text(),
    clientSecret: text({ secret: true }),
    cloud: text(),
    clusterId: text(),
    configFile: text(),
    databricksCliPath: text(),
    databricksIdTokenFilepath: text(),
    debugHeaders: flag(),
    debugTruncateBytes: integer({ min: 0 }),
    disableOauthRefreshToken: flag(),
    discoveryUrl: text(),
    googleCredentials: text({ secret: true }),
    googleServiceAccount: text(),
    groupId: text(),
    host: text({ pattern: /^https:\/\//, meaning: "an address that begins with https://" }),
    httpTimeoutSeconds: integer({ min: 0 }),
    metadataServiceUrl: text({ secret: true }),
    oauthCallbackPort: integer({ min: 0 }),
    oidcTokenEnv: text(),
    password: text({ secret: true }),
    profile: text(),
    rateLimit: integer({ min: 0 }),
    retryTimeoutSeconds: integer({ min: 0 }),
    scopes: list(text()),
    serverlessComputeId: text(),
    skipVerify: flag(),
    token: text({ secret: true }),
    username: text(),
    warehouseId: text(),
    workspaceId: text(),
  },
  scopeOf: databricksScopeOf,
  unreachable: unreachableWorkspace,
  resources: [
    ...[servicePrincipal, group, groupMember, mwsPermissionAssignment, entitlements, directory, permissions],
    ...[gitCredential, federationPolicy, servicePrincipalSecret],
    ...[secretScope, secretAcl, storageCredential, externalLocation, catalog, schema, volume, grant],
    ...[volumeFile, dbfsFile, workspaceFile, notebook, repo, cluster, job, sqlTable],
    modelServing,
  ],
  functions: [getGroup],
  seeded: (seed) => [...seededGroups(seed), ...seededSecurables(seed)],
};
