import { Configuration } from "@pulumi/azure-native/dbforpostgresql/configuration";
import { Database } from "@pulumi/azure-native/dbforpostgresql/database";
import { FirewallRule } from "@pulumi/azure-native/dbforpostgresql/firewallRule";
import { Server } from "@pulumi/azure-native/dbforpostgresql/server";
import * as pulumi from "@pulumi/pulumi";
import { RandomPassword } from "@pulumi/random/randomPassword";
import { physicalName } from "../naming";
import { databaseUri } from "./database-uri";

/** The databases of a tracking server. */
export interface TrackingDatabaseArgs {
  readonly organization: string;
  readonly environment: string;
  readonly resourceGroupName: pulumi.Input<string>;
  readonly location: string;
  readonly tags: Readonly<Record<string, string>>;
  /** Provider of the `random` package. */
  readonly randomProvider: pulumi.ProviderResource;
  /** @default "Standard_B2s" of tier Burstable */
  readonly sku?: { readonly name: string; readonly tier: "Burstable" | "GeneralPurpose" | "MemoryOptimized" };
  /** @default 32 */
  readonly storageGiB?: number;
  /** A standby in another zone. @default false */
  readonly highAvailability?: boolean;
  /** @default true */
  readonly protect?: boolean;
}

/** One for experiments and runs, one for users and permissions. */
const databases = { tracking: "mlflow", auth: "mlflow_auth" } as const;
const administrator = "mlflow";

/**
 * A managed PostgreSQL server with the two databases of a tracking server. MLflow takes no identity tokens for its
 * database (https://github.com/mlflow/mlflow/issues/24570), so it has a generated password, which is a secret.
 */
export class TrackingDatabase extends pulumi.ComponentResource {
  /** Address of runs and experiments; a secret. */
  readonly trackingUri: pulumi.Output<string>;
  /** Address of users and permissions; a secret. */
  readonly authUri: pulumi.Output<string>;
  readonly password: pulumi.Output<string>;
  readonly host: pulumi.Output<string>;

  constructor(name: string, args: TrackingDatabaseArgs, opts: pulumi.ComponentResourceOptions = {}) {
    super("trunkline:mlflow:TrackingDatabase", name, {}, opts);
    const { resourceGroupName, randomProvider, protect = true } = args;
    const password = new RandomPassword(
      `${name}-password`,
      { length: 32, minLower: 1, minNumeric: 1, minSpecial: 1, minUpper: 1 },
      { parent: this, provider: randomProvider, protect },
    ).result;
    const server = this.server(name, args, password);
    const ofServer = { serverName: server.name, resourceGroupName };
    const created = Object.values(databases).map(
      (databaseName) =>
        new Database(
          `${name}-${databaseName.replace("_", "-")}`,
          { ...ofServer, databaseName, charset: "UTF8", collation: "en_US.utf8" },
          { parent: this, protect, retainOnDelete: protect },
        ),
    );
    // The pods' addresses change; the rule of this name and range lets services of Azure in and nobody else.
    const access = new FirewallRule(
      `${name}-azure-services`,
      { ...ofServer, firewallRuleName: "AllowAzureServices", startIpAddress: "0.0.0.0", endIpAddress: "0.0.0.0" },
      { parent: this },
    );
    const tls = new Configuration(
      `${name}-tls`,
      { ...ofServer, configurationName: "ssl_min_protocol_version", source: "user-override", value: "TLSv1.2" },
      // A server takes one change at a time.
      { parent: this, dependsOn: access },
    );
    // Known only when all of it is there: whoever has the address can use it.
    const ready = pulumi.all([...created, access, tls].map(({ id }) => id));
    const uri = (database: string) =>
      pulumi.secret(
        pulumi.all([server.fullyQualifiedDomainName, password, ready]).apply(([host, secret]) =>
          databaseUri({
            ...{ driver: "postgresql+psycopg2", user: administrator, password: secret, host, port: 5432, database },
            tls: true,
          }),
        ),
      );
    this.trackingUri = uri(databases.tracking);
    this.authUri = uri(databases.auth);
    this.password = pulumi.secret(password);
    this.host = server.fullyQualifiedDomainName;
    this.registerOutputs({ host: this.host, trackingUri: this.trackingUri, authUri: this.authUri });
  }

  private server(name: string, args: TrackingDatabaseArgs, administratorLoginPassword: pulumi.Output<string>): Server {
    const { organization, environment, resourceGroupName, location, tags, protect = true } = args;
    const { sku = { name: "Standard_B2s", tier: "Burstable" }, storageGiB = 32, highAvailability = false } = args;
    return new Server(
      `${name}-server`,
      {
        serverName: physicalName("postgresServer", organization, environment, "mlflow"),
        resourceGroupName,
        location,
        tags,
        version: "17",
        administratorLogin: administrator,
        administratorLoginPassword,
        authConfig: { passwordAuth: "Enabled", activeDirectoryAuth: "Disabled" },
        sku,
        storage: { storageSizeGB: storageGiB, autoGrow: "Enabled" },
        backup: { backupRetentionDays: 14, geoRedundantBackup: "Disabled" },
        highAvailability: { mode: highAvailability ? "ZoneRedundant" : "Disabled" },
      },
      { parent: this, protect, retainOnDelete: protect, customTimeouts: { create: "45m", update: "45m" } },
    );
  }
}
