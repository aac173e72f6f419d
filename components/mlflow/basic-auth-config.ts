/** How the tracking server tells users apart. */
export interface BasicAuthSettings {
  /** URI of the database that holds users and permissions; one of its own, see https://github.com/bitnami/charts/issues/26928. */
  readonly databaseUri: string;
  /** Name of the administrator, whose password comes from the environment. */
  readonly adminUsername: string;
  /** What a user may do with an experiment or model that nobody gave rights on. */
  readonly defaultPermission: "READ" | "EDIT" | "MANAGE" | "NO_PERMISSIONS";
}

/**
 * The file that `MLFLOW_AUTH_CONFIG_PATH` names; it holds a password within the URI, so it belongs in a secret.
 * See https://mlflow.org/docs/latest/self-hosting/security/basic-http-auth/.
 */
export function basicAuthConfig({ databaseUri, adminUsername, defaultPermission }: BasicAuthSettings): string {
  return [
    "[mlflow]",
    `default_permission = ${defaultPermission}`,
    // A percent sign stands for an interpolation in this format.
    `database_uri = ${databaseUri.replaceAll("%", "%%")}`,
    `admin_username = ${adminUsername}`,
    "authorization_function = mlflow.server.auth:authenticate_request_basic_auth",
    "",
  ].join("\n");
}
