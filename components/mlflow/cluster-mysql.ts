import { StatefulSet } from "@pulumi/kubernetes/apps/v1/statefulSet";
import { Secret } from "@pulumi/kubernetes/core/v1/secret";
import { Service } from "@pulumi/kubernetes/core/v1/service";
import * as pulumi from "@pulumi/pulumi";
import { RandomPassword } from "@pulumi/random/randomPassword";
import { databaseUri } from "./database-uri";

/** A database inside the cluster. */
export interface ClusterMysqlArgs {
  readonly namespaceName: pulumi.Output<string>;
  /** Namespace as text, for the address. */
  readonly namespace: string;
  /** Provider of the `random` package. */
  readonly randomProvider: pulumi.ProviderResource;
  /** @default 8 */
  readonly storageGiB?: number;
  /** @default true */
  readonly protect?: boolean;
}

const image = "mysql:8.4.6";
const app = "mlflow-mysql";
const user = "mlflow";
const databases = ["mlflow", "mlflow_auth"] as const;

/**
 * MySQL on one disk of Azure in the cluster, for environments that do not pay for a managed database. It has no standby
 * and no backup but the disk's own snapshots.
 */
export class ClusterMysql extends pulumi.ComponentResource {
  /** Address of runs and experiments; a secret. */
  readonly trackingUri: pulumi.Output<string>;
  /** Address of users and permissions; a secret. */
  readonly authUri: pulumi.Output<string>;
  readonly password: pulumi.Output<string>;
  readonly host: pulumi.Output<string>;

  constructor(name: string, args: ClusterMysqlArgs, opts: pulumi.ComponentResourceOptions = {}) {
    super("trunkline:mlflow:ClusterMysql", name, {}, opts);
    const { namespaceName: namespace, protect = true } = args;
    const children = { parent: this };
    const labels = { "app.kubernetes.io/name": app, "app.kubernetes.io/managed-by": "trunkline" };
    const password = this.generated(`${name}-password`, args);
    const rootPassword = this.generated(`${name}-root-password`, args);
    const secret = new Secret(
      `${name}-secret`,
      {
        metadata: { name: app, namespace, labels },
        stringData: { password, rootPassword, "databases.sql": initialisation() },
      },
      children,
    );
    const service = new Service(
      `${name}-service`,
      {
        metadata: { name: app, namespace, labels },
        spec: { clusterIP: "None", selector: labels, ports: [{ name: "mysql", port: 3306, targetPort: "mysql" }] },
      },
      children,
    );
    const set = new StatefulSet(
      `${name}-stateful-set`,
      {
        metadata: { name: app, namespace, labels },
        spec: {
          serviceName: service.metadata.name,
          replicas: 1,
          selector: { matchLabels: labels },
          persistentVolumeClaimRetentionPolicy: { whenDeleted: protect ? "Retain" : "Delete", whenScaled: "Retain" },
          template: { metadata: { labels }, spec: podSpec(secret.metadata.name) },
          volumeClaimTemplates: [
            {
              metadata: { name: "data" },
              spec: {
                accessModes: ["ReadWriteOnce"],
                storageClassName: "managed-csi",
                resources: { requests: { storage: `${args.storageGiB ?? 8}Gi` } },
              },
            },
          ],
        },
      },
      { ...children, protect, retainOnDelete: protect },
    );
    const host = `${app}.${args.namespace}.svc.cluster.local`;
    const uri = (database: string) =>
      pulumi.secret(
        pulumi.all([password, set.id]).apply(([secretText]) =>
          databaseUri({
            ...{ driver: "mysql+pymysql", user, password: secretText, host, port: 3306, database },
            tls: false,
          }),
        ),
      );
    [this.trackingUri, this.authUri] = [uri(databases[0]), uri(databases[1])];
    this.password = pulumi.secret(password);
    this.host = pulumi.output(host);
    this.registerOutputs({ host: this.host, trackingUri: this.trackingUri, authUri: this.authUri });
  }

  private generated(name: string, { randomProvider, protect = true }: ClusterMysqlArgs): pulumi.Output<string> {
    const made = new RandomPassword(
      name,
      { length: 32, special: false },
      { parent: this, provider: randomProvider, protect },
    );
    return pulumi.secret(made.result);
  }
}

function podSpec(secretName: pulumi.Output<string>) {
  const fromSecret = (key: string) => ({ secretKeyRef: { name: secretName, key } });
  const ready = {
    exec: {
      command: ["sh", "-c", 'MYSQL_PWD="$MYSQL_PASSWORD" mysqladmin --user="$MYSQL_USER" --host=127.0.0.1 ping'],
    },
  };
  return {
    automountServiceAccountToken: false,
    securityContext: {
      ...{ runAsNonRoot: true, runAsUser: 999, runAsGroup: 999, fsGroup: 999 },
      seccompProfile: { type: "RuntimeDefault" },
    },
    containers: [
      {
        name: "mysql",
        image,
        // MLflow's migrations create triggers, which a server that writes a binary log else refuses to its users.
        args: ["--log-bin-trust-function-creators=ON", "--character-set-server=utf8mb4"],
        env: [
          { name: "MYSQL_USER", value: user },
          { name: "MYSQL_DATABASE", value: databases[0] },
          { name: "MYSQL_PASSWORD", valueFrom: fromSecret("password") },
          { name: "MYSQL_ROOT_PASSWORD", valueFrom: fromSecret("rootPassword") },
        ],
        ports: [{ name: "mysql", containerPort: 3306 }],
        startupProbe: { ...ready, periodSeconds: 5, failureThreshold: 60 },
        readinessProbe: { ...ready, periodSeconds: 10 },
        volumeMounts: [
          { name: "data", mountPath: "/var/lib/mysql", subPath: "data" },
          { name: "initialisation", mountPath: "/docker-entrypoint-initdb.d", readOnly: true },
          { name: "run", mountPath: "/var/run/mysqld" },
          { name: "scratch", mountPath: "/tmp" },
        ],
        resources: { requests: { cpu: "250m", memory: "1Gi" }, limits: { memory: "1Gi" } },
        securityContext: {
          allowPrivilegeEscalation: false,
          readOnlyRootFilesystem: true,
          capabilities: { drop: ["ALL"] },
        },
      },
    ],
    volumes: [
      { name: "initialisation", secret: { secretName, items: [{ key: "databases.sql", path: "databases.sql" }] } },
      { name: "run", emptyDir: {} },
      { name: "scratch", emptyDir: {} },
    ],
  };
}

/** Runs on an empty disk only: the second database, which the image's own variables do not know. */
function initialisation(): string {
  const [, auth] = databases;
  return `CREATE DATABASE IF NOT EXISTS ${auth};\nGRANT ALL PRIVILEGES ON ${auth}.* TO '${user}'@'%';\n`;
}
