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
export function ciVariables(environment: string, { aws }: Pick<EnvironmentOutputs, "aws">): CiVariables {
  const shared = present({
    AWS_ACCOUNT_ID: aws?.accountId,
    AWS_REGION: aws?.region,
    AWS_PREVIEW_ROLE_ARN: aws?.identity?.previewRoleArn,
    PULUMI_BACKEND_URL: aws?.state?.backendUrl,
  });
  return {
    environment: present({ ...shared, AWS_WRITE_ROLE_ARN: aws?.identity?.writeRoleArn }),
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
