import { z } from "zod";
import { flag, integer, list, section, text } from "./schema-kit";
import { uuid } from "./uuid";

const hostName = text(
  /^(?=.{4,253}$)[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)+$/,
  "a host name in lower case, such as mlflow.example.org",
  "Host name under which people and clients reach the server.",
);

const dnsLabel = text(
  /^[a-z](?:[a-z0-9-]{1,61}[a-z0-9])$/,
  "3 to 63 lower case letters, digits and dashes, starting with a letter",
  "First part of the name that Azure gives the load balancer's address; unique in the region.",
);

const addressRange = text(
  /^(?:\d{1,3}\.){3}\d{1,3}\/\d{1,2}$/,
  "an IPv4 range such as 203.0.113.0/24",
  "Range of addresses, in CIDR notation.",
);

const cluster = section(
  {
    nodeSize: text(
      /^Standard_\w+$/,
      "a size of virtual machines, such as Standard_D4s_v5",
      "Size of the nodes.",
    ).default("Standard_D4s_v5"),
    nodes: section(
      { min: integer(1, 1000, "Fewest nodes."), max: integer(1, 1000, "Most nodes.") },
      "How many nodes there are.",
    )
      .refine(({ min, max }) => min <= max, { error: "min at most as high as max" })
      .default({ min: 1, max: 3 }),
    authorizedIpRanges: list(
      addressRange,
      1,
      200,
      "Ranges from which the API server is reached. Absent: from anywhere, with a token.",
    ).optional(),
    kubeLogin: z
      .enum(["azurecli", "workloadidentity", "spn", "devicecode", "msi"], {
        error: "azurecli, workloadidentity, spn, devicecode or msi",
      })
      .describe("How programs get a token for the API server, as kubelogin names it.")
      .default("azurecli"),
  },
  "The Kubernetes cluster.",
);

const managedDatabase = section(
  {
    sku: section(
      {
        name: text(/^Standard_\w+$/, "a size of the service, such as Standard_B2s", "Size of the server."),
        tier: z
          .enum(["Burstable", "GeneralPurpose", "MemoryOptimized"], {
            error: "Burstable, GeneralPurpose or MemoryOptimized",
          })
          .describe("Tier that the size belongs to."),
      },
      "What the server costs and can do.",
    ).default({ name: "Standard_B2s", tier: "Burstable" }),
    storageGiB: integer(32, 32767, "Size of the disk in GiB; it grows by itself.").default(32),
    highAvailability: flag("A standby in another zone.").default(false),
  },
  "A managed PostgreSQL server.",
);

const database = section(
  {
    managed: managedDatabase.optional(),
    inCluster: section(
      { storageGiB: integer(1, 32767, "Size of its disk in GiB.").default(8) },
      "MySQL in the cluster on one disk, without a standby or backups.",
    ).optional(),
  },
  "Where runs and users are recorded.",
)
  .refine((value) => Object.keys(value).length === 1, {
    error: "exactly one of the keys managed and inCluster",
    when: ({ value }) => typeof value === "object" && value !== null,
  })
  .meta({ minProperties: 1, maxProperties: 1 });

const exposure = section(
  {
    ingress: section(
      {
        host: hostName,
        tlsSecretName: text(
          /^[a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?$/,
          "the name of a Kubernetes secret",
          "Secret of the namespace mlflow with the certificate.",
        ),
      },
      "Under a host name, with TLS.",
    ).optional(),
    loadBalancer: section(
      { dnsLabel, sourceRanges: list(addressRange, 1, 100, "Ranges of addresses that get through.") },
      "At an address of its own, without TLS.",
    ).optional(),
    cluster: section({}, "Inside the cluster only.").optional(),
  },
  "How the tracking server is reached.",
)
  .refine((value) => Object.keys(value).length === 1, {
    error: "exactly one of the keys ingress, loadBalancer and cluster",
    when: ({ value }) => typeof value === "object" && value !== null,
  })
  .meta({ minProperties: 1, maxProperties: 1 });

/** The part of the config that describes an MLflow platform. */
export const mlflowSection = section(
  {
    adminGroupObjectIds: list(
      uuid("Group of Microsoft Entra."),
      1,
      10,
      "Groups whose members administrate the cluster.",
    ),
    runnerGroupObjectIds: list(uuid("Group of Microsoft Entra."), 0, 10, "Groups whose members run projects.").default(
      [],
    ),
    deployerObjectId: uuid("Service principal that builds images and deploys to the cluster.").optional(),
    cluster: cluster.prefault({}),
    database: database.prefault({ managed: {} }),
    exposure,
    replicas: integer(1, 20, "Pods of the tracking server.").default(2),
    projectShareGiB: integer(1, 5120, "Size of the share for projects, in GiB.").default(50),
    protect: flag("Protect data from deletion and keep it when the stack goes.").default(true),
  },
  "An MLflow tracking server on Kubernetes. Absent: none.",
);

/** The MLflow part of a config, with its defaults filled in. */
export type MlflowConfig = z.infer<typeof mlflowSection>;
