import type * as pulumi from "@pulumi/pulumi";
import type { EnvironmentOutputs } from "../outputs";

/** Variables for CI, by name. None is a secret. */
export interface CiVariables {
  /** Seen only by jobs that name the environment, that is by those that apply. */
  readonly environment: Record<string, pulumi.Input<string>>;
  /** Seen by every job: a preview names no environment, so each name starts with it, such as `DEV_AWS_REGION`. */
  readonly repository: Record<string, pulumi.Input<string>>;
}

/** What CI has to know of an environment before it can preview and apply it. */
export function ciVariables(
  environment: string,
  { aws, azure, databricks }: Pick<EnvironmentOutputs, "aws" | "azure" | "databricks">,
): CiVariables {
  const shared = present({
    AWS_ACCOUNT_ID: aws?.accountId,
    AWS_REGION: aws?.region,
    AWS_PREVIEW_ROLE_ARN: aws?.identity?.previewRoleArn,
    AZURE_SUBSCRIPTION_ID: azure?.subscriptionId,
    AZURE_TENANT_ID: azure?.tenantId,
    AZURE_PREVIEW_CLIENT_ID: azure?.identity?.previewClientId,
    DATABRICKS_ACCOUNT_ID: databricks?.accountId,
    DATABRICKS_HOST: databricks?.workspaceHost,
    PULUMI_BACKEND_URL: aws?.state?.backendUrl ?? azure?.state?.backendUrls.ciPrincipals,
    ML_STATE_BACKEND_URL: azure?.state?.backendUrls.mlResources,
  });
  const own = present({
    AWS_WRITE_ROLE_ARN: aws?.identity?.writeRoleArn,
    AZURE_CLIENT_ID: azure?.identity?.clientId,
    DATABRICKS_CLIENT_ID: databricks?.principal?.applicationId,
  });
  return {
    environment: { ...shared, ...own },
    repository: Object.fromEntries(
      Object.entries(shared).map(([name, value]) => [`${environment.toUpperCase()}_${name}`, value]),
    ),
  };
}

function present(variables: Record<string, pulumi.Input<string> | undefined>): Record<string, pulumi.Input<string>> {
  return Object.fromEntries(
    Object.entries(variables).filter((entry): entry is [string, pulumi.Input<string>] => entry[1] !== undefined),
  );
}
