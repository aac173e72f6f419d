import { Provider } from "@pulumi/databricks/provider";
import * as pulumi from "@pulumi/pulumi";
import type { DatabricksConfig } from "../config/databricks-section";
import type { RepositoryConfig } from "../config/repository-section";
import type { DatabricksOutputs } from "../outputs";

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
}

/**
 * Everything of one environment in Databricks, under one provider of its account and one of its workspace. How they
 * log in is said to each: left alone, the SDK picks whatever it finds first, see
 * https://github.com/databricks/terraform-provider-databricks/issues/3923.
 */
export class DatabricksEnvironment extends pulumi.ComponentResource {
  readonly outputs: DatabricksOutputs;

  constructor(name: string, args: DatabricksEnvironmentArgs, opts: pulumi.ComponentResourceOptions = {}) {
    super("trunkline:databricks:DatabricksEnvironment", name, {}, opts);
    const { databricks, tenantId, workspace } = args;
    const { accountId, authType } = databricks;
    const login = { authType, azureTenantId: tenantId };
    new Provider(`${name}-account-provider`, { host: accountHost, accountId, ...login }, { parent: this });
    new Provider(
      `${name}-workspace-provider`,
      { host: workspace.host, azureWorkspaceResourceId: workspace.resourceId, ...login },
      { parent: this },
    );
    this.outputs = {
      accountId,
      workspaceHost: pulumi.output(workspace.host),
      workspaceId: pulumi.output(workspace.id),
    };
    this.registerOutputs(this.outputs);
  }
}
