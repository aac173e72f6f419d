import type * as pulumi from "@pulumi/pulumi";

/** The credentials of an environment's principals that CI cannot do without. */
export interface CiCredentials {
  /** The application of Entra, where CI has no OIDC. */
  readonly azure?: Credential & { readonly tenantId: pulumi.Input<string> };
  /** The service principal of Databricks, where it has a secret of its own. */
  readonly databricks?: Credential;
}

interface Credential {
  readonly clientId: pulumi.Input<string>;
  readonly clientSecret: pulumi.Input<string>;
}

/** What the environments are called in the names of secrets that existing workflows read. */
const prefixes: Readonly<Record<string, string>> = { tst: "staging", prd: "prod" };

/**
 * The secrets of CI by the names that workflows know them by, such as `stagingAzureSpApplicationId`; empty where no
 * credential is stored.
 * See https://github.com/databricks/terraform-databricks-mlops-azure-project-with-sp-creation#outputs.
 */
export function ciSecrets(
  environment: string,
  { azure, databricks }: CiCredentials,
): Record<string, pulumi.Input<string>> {
  const prefix = prefixes[environment] ?? environment;
  return {
    ...(azure && {
      [`${prefix}AzureSpApplicationId`]: azure.clientId,
      [`${prefix}AzureSpClientSecret`]: azure.clientSecret,
      [`${prefix}AzureSpTenantId`]: azure.tenantId,
    }),
    ...(databricks && {
      [`${prefix}DatabricksSpApplicationId`]: databricks.clientId,
      [`${prefix}DatabricksSpClientSecret`]: databricks.clientSecret,
    }),
  };
}
