import { allowedHosts, type ServiceAddress } from "./allowed-hosts";

/** What a tracking server is started with. */
export interface TrackingServerSettings extends ServiceAddress {
  /** Where artifacts are kept, such as `wasbs://artifacts@account.blob.core.windows.net/mlflow`. */
  readonly artifactsDestination: string;
  /** Processes that answer requests. @default 4 */
  readonly workers?: number;
}

/** Directory in which the configuration of the authentication is mounted. */
export const AUTH_DIRECTORY = "/etc/mlflow/auth";

/** The file of {@link AUTH_DIRECTORY} that MLflow reads. */
export const AUTH_FILE = "basic_auth.ini";

/** Environment variables that come from the server's secret. */
export const SECRET_VARIABLES = [
  "MLFLOW_BACKEND_STORE_URI",
  "MLFLOW_FLASK_SERVER_SECRET_KEY",
  "MLFLOW_AUTH_ADMIN_PASSWORD",
] as const;

/**
 * The arguments of `mlflow` that start the server: artifacts go through it, so that clients need no access to the
 * storage, and authentication is on, since else everybody would have the server's. The database's URI is not among them:
 * it holds a password and comes from the environment.
 * See https://mlflow.org/docs/latest/self-hosting/architecture/tracking-server/.
 */
export function trackingServerArguments(settings: TrackingServerSettings): string[] {
  const { port, outsideUri, artifactsDestination, workers = 4 } = settings;
  return [
    "server",
    "--host=0.0.0.0",
    `--port=${port}`,
    `--workers=${workers}`,
    "--app-name=basic-auth",
    "--serve-artifacts",
    `--artifacts-destination=${artifactsDestination}`,
    `--allowed-hosts=${allowedHosts(settings).join(",")}`,
    ...(outsideUri === undefined ? [] : [`--cors-allowed-origins=${new URL(outsideUri).origin}`]),
  ];
}

/** The environment of the server that is no secret; the root file system is read-only, so everything goes to /tmp. */
export function trackingServerEnvironment(): Record<string, string> {
  return {
    HOME: "/tmp",
    TMPDIR: "/tmp",
    MLFLOW_AUTH_CONFIG_PATH: `${AUTH_DIRECTORY}/${AUTH_FILE}`,
    MLFLOW_DISABLE_TELEMETRY: "true",
    // Jobs of the server itself would be run by each replica; nothing here asks for them.
    MLFLOW_SERVER_ENABLE_JOB_EXECUTION: "false",
  };
}

/**
 * The command that brings the database's schema up to date: that of `mlflow db upgrade`, with the URI from the
 * environment instead of the command line, where every process of the node could read it.
 */
export function migrationCommand(): string[] {
  const upgrade = 'import os; from mlflow.db import upgrade; upgrade.callback(os.environ["MLFLOW_BACKEND_STORE_URI"])';
  return ["python", "-c", upgrade];
}
