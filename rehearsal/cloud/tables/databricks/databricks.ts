import { flag, integer, list, text } from "../../schema/property-schema";
import type { VendorTable } from "../table";
import { databricksScopeOf, unreachableWorkspace, type DatabricksScope } from "./databricks-scope";
import { grant } from "./grant";
import { permissions } from "./permissions";
import { federationPolicy, gitCredential, servicePrincipalSecret } from "./principal-credentials";
import { getGroup, group, groupMember, seededGroups, servicePrincipal } from "./principals";
import { directory, entitlements, mwsPermissionAssignment } from "./workspace-access";

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
    ...[servicePrincipal, group, groupMember, mwsPermissionAssignment, entitlements, directory, permissions, grant],
    ...[gitCredential, federationPolicy, servicePrincipalSecret],
  ],
  functions: [getGroup],
  seeded: seededGroups,
};
