import { Provider } from "@pulumi/databricks/provider";
import * as pulumi from "@pulumi/pulumi";
import type { ReleaseIntent } from "../azure-ml/release-intent";
import type { DatabricksConfig } from "../config/databricks-section";
import type { RepositoryConfig } from "../config/repository-section";
import type { DatabricksOutputs } from "../outputs";
import type { ArtifactSet } from "./artifacts/artifact-set";
import { CiServicePrincipal } from "./ci-service-principal";
import { DatabricksArtifacts } from "./databricks-artifacts";
import { KeyVaultSecretScope } from "./key-vault-secret-scope";
import type { PrincipalLogin } from "./principal-login";
import { ServingEndpoint } from "./serving-endpoint";

/** Address of the account API of Azure Databricks, see https://learn.microsoft.com/azure/databricks/admin/account-settings/. */
const accountHost = "https://accounts.azuredatabricks.net";

/** The workspace that an environment works in. */
export interface DatabricksWorkspaceTarget {
  /** Address, such as `https://adb-8590162618558854.14.azuredatabricks.net`. */
  readonly host: pulumi.Input<string>;
  /** Number of the workspace, as digits. */
  readonly id: pulumi.Input<string>;
  readonly resourceId: pulumi.Input<string>;
}

/** What one environment has in Databricks. */
export interface DatabricksEnvironmentArgs {
  readonly organization: string;
  readonly environment: string;
  readonly repository: RepositoryConfig;
  readonly databricks: DatabricksConfig;
  /** Tenant of the workspace's subscription. */
  readonly tenantId: string;
  readonly workspace: DatabricksWorkspaceTarget;
  /** Access connector with which external locations are reached. @default no external locations */
  readonly accessConnectorId?: pulumi.Input<string>;
  /** Vault of the secret scope. @default no secret scope */
  readonly keyVault?: { readonly vaultId: pulumi.Input<string>; readonly vaultUri: pulumi.Input<string> };
  /** What is deployed into the workspace, as databricks.artifacts says. @default nothing */
  readonly artifacts?: ArtifactSet;
  /** What databricks.serving serves, as a release wants it. @default what is live */
  readonly release?: ReleaseIntent;
  /** As whom CI works in Azure. @default the principal needs a login of its own */
  readonly identity?: { readonly clientId: pulumi.Input<string>; readonly principalId: pulumi.Input<string> };
}

/**
 * Everything of one environment in Databricks, under one provider of its account and one of its workspace. How they
 * log in is said to each: left alone, the SDK picks whatever it finds first, see
 * https://github.com/databricks/terraform-provider-databricks/issues/3923.
 */
export class DatabricksEnvironment extends pulumi.ComponentResource {
  readonly outputs: DatabricksOutputs;
  /** Secret of the service principal, a secret; undefined where it logs in without one. */
  readonly clientSecret: pulumi.Output<string> | undefined;

  constructor(name: string, args: DatabricksEnvironmentArgs, opts: pulumi.ComponentResourceOptions = {}) {
    super("trunkline:databricks:DatabricksEnvironment", name, {}, opts);
    const { databricks, tenantId, workspace } = args;
    const { accountId, authType } = databricks;
    const login = { authType, azureTenantId: tenantId };
    const account = new Provider(
      `${name}-account-provider`,
      { host: accountHost, accountId, ...login },
      { parent: this },
    );
    const inWorkspace = new Provider(
      `${name}-workspace-provider`,
      { host: workspace.host, azureWorkspaceResourceId: workspace.resourceId, ...login },
      { parent: this },
    );
    const children: pulumi.ComponentResourceOptions = { parent: this, providers: [inWorkspace] };
    const artifacts = this.artifacts(`${name}-artifacts`, args, children);
    const scope = this.secretScope(`${name}-secret-scope`, args, children);
    const serving = this.serving(`${name}-serving`, args, children);
    // What the principal may do in the catalog is said once the catalog is there.
    const principal = this.principal(`${name}-principal`, args, { account, workspace: inWorkspace }, artifacts);
    this.clientSecret = principal?.clientSecret;
    this.outputs = {
      accountId,
      workspaceHost: pulumi.output(workspace.host),
      workspaceId: pulumi.output(workspace.id),
      ...(principal && {
        principal: {
          principalId: principal.principalId,
          applicationId: principal.applicationId,
          directory: principal.directory,
        },
      }),
      ...(artifacts && {
        artifacts: {
          rootFolder: artifacts.rootFolder,
          clusterIds: artifacts.clusterIds,
          jobIds: artifacts.jobIds,
        },
      }),
      ...(scope && { secretScopeName: scope.scopeName }),
      ...(serving && { serving: serving.outputs }),
    };
    this.registerOutputs(this.outputs);
  }

  private principal(
    name: string,
    { organization, environment, repository, databricks, workspace, identity }: DatabricksEnvironmentArgs,
    providers: { readonly account: Provider; readonly workspace: Provider },
    artifacts: DatabricksArtifacts | undefined,
  ) {
    if (databricks.principal === undefined) {
      return undefined;
    }
    const { login, secretLifetimeDays, group, gitCredential, ...settings } = databricks.principal;
    return new CiServicePrincipal(
      name,
      {
        organization,
        environment,
        repository,
        accountId: databricks.accountId,
        workspaceId: workspace.id,
        ...providers,
        login: principalLoginOf(login, secretLifetimeDays, identity),
        ...settings,
        ...(group && { group: group.existing ? { existing: group.existing } : { create: {} } }),
        ...(gitCredential && { gitCredential }),
      },
      { parent: this, ...(artifacts && { dependsOn: artifacts }) },
    );
  }

  private artifacts(name: string, args: DatabricksEnvironmentArgs, opts: pulumi.ComponentResourceOptions) {
    const { organization, environment, repository, databricks, accessConnectorId, artifacts } = args;
    if (databricks.artifacts === undefined || artifacts === undefined) {
      return undefined;
    }
    const { rootFolder, catalog, initScripts, retainTables } = databricks.artifacts;
    return new DatabricksArtifacts(
      name,
      {
        ...{ organization, environment, artifacts, accessConnectorId, initScripts, retainTables },
        rootFolder: rootFolder ?? `/${repository.fullName.slice(repository.fullName.indexOf("/") + 1)}`,
        ...(catalog?.existing && { catalog: { existing: catalog.existing } }),
        ...(catalog?.create && { catalog: { create: catalog.create } }),
      },
      opts,
    );
  }

  private serving(name: string, args: DatabricksEnvironmentArgs, opts: pulumi.ComponentResourceOptions) {
    const { organization, environment, databricks, release } = args;
    if (databricks.serving === undefined) return undefined;
    const { name: endpointName, ...settings } = databricks.serving;
    return new ServingEndpoint(name, { organization, environment, endpointName, release, ...settings }, opts);
  }

  private secretScope(name: string, args: DatabricksEnvironmentArgs, opts: pulumi.ComponentResourceOptions) {
    const { databricks, keyVault } = args;
    if (databricks.secretScope === undefined || keyVault === undefined) {
      return undefined;
    }
    const { name: scopeName, readers } = databricks.secretScope;
    return new KeyVaultSecretScope(name, { scopeName, readers, ...keyVault }, opts);
  }
}

function principalLoginOf(
  login: "azure" | "federation" | "secret",
  secretLifetimeDays: number,
  identity: DatabricksEnvironmentArgs["identity"],
): PrincipalLogin {
  if (login === "secret") {
    return { kind: "secret", secretLifetimeDays };
  }
  if (login === "federation") {
    return { kind: "federation" };
  }
  if (identity === undefined) {
    const reason = "login azure needs an identity in Azure: configure azure.identity, or choose federation or secret";
    throw new pulumi.InputPropertyError({ propertyPath: "databricks.principal.login", reason });
  }
  return { kind: "azure", applicationId: identity.clientId, principalId: identity.principalId };
}
