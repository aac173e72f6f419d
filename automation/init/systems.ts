import type { EnvironmentName } from "../stack/stack-for-branch";
import type { PackagedFiles } from "./pipeline-files";
import { standIn, standInId } from "./stand-in";

/** For which environment and pipeline a system is configured. */
export interface SystemContext {
  readonly environment: EnvironmentName;
  readonly organization: string;
  /** CI logs in without a stored secret, by what it is. */
  readonly federated: boolean;
}

/** A system that `trunkline init` can set up. */
export interface InitSystem {
  /** After its name in the list of systems. */
  readonly title: string;
  /** Its sections of the configuration, below `trunkline:`. */
  config(context: SystemContext): Readonly<Record<string, unknown>>;
  /** Files that it deploys, from the folder of the program; texts of this package come from `packaged`. */
  readonly files?: (packaged: PackagedFiles) => Readonly<Record<string, string>>;
}

const NOTEBOOK = `# Databricks notebook source
# An example: each file below artifacts/databricks becomes a resource of the workspace, and goes when the file goes.
print("hello")
`;

/** What the image that serves a model is built from. */
const SCORING_FILES = ["Dockerfile", "requirements.txt", "score.py"].map((name) => `artifacts/azure-ml/image/${name}`);

const NETWORKS: Readonly<Record<EnvironmentName, number>> = { dev: 20, tst: 24, prd: 28 };

/** The systems beside state, by the name that `--with` takes. A new one adds its entry here. */
export const SYSTEMS = {
  databricks: {
    title: "Azure Databricks: a workspace of its own, with notebooks and jobs from artifacts/databricks",
    config: ({ environment, federated }) => ({
      azure: {
        databricks: {
          network: {
            addressSpace: `10.${NETWORKS[environment]}.0.0/22`,
            publicSubnet: `10.${NETWORKS[environment]}.0.0/24`,
            privateSubnet: `10.${NETWORKS[environment]}.1.0/24`,
          },
        },
      },
      databricks: {
        accountId: standInId("all", "your Databricks account"),
        ...(federated && { principal: { login: "azure" } }),
        artifacts: { directory: "artifacts/databricks" },
      },
    }),
    files: () => ({ "artifacts/databricks/notebooks/example.py": NOTEBOOK }),
  },
  mlflow: {
    title: "MLflow: a tracking server on AKS, with its storage and database",
    config: ({ environment, organization }) => ({
      azure: {
        mlflow: {
          adminGroupObjectIds: [standInId(environment, "the Entra group that administrates the cluster")],
          exposure:
            environment === "dev"
              ? { cluster: {} }
              : {
                  ingress: {
                    host: standIn(
                      `mlflow.${environment === "prd" ? "" : `${environment}.`}${organization}.example`,
                      "the host name of the server",
                    ),
                    tlsSecretName: "mlflow-tls",
                  },
                },
          ...(environment === "dev" && { database: { inCluster: {} } }),
        },
      },
    }),
  },
  endpoint: {
    title: "Azure Machine Learning: an online endpoint with a blue and a green slot",
    config: () => ({
      azure: {
        endpoint: {
          workspace: { create: {} },
          model: standIn("model", "the name of the registered model"),
          scoring: { create: { directory: "artifacts/azure-ml/image" } },
        },
      },
    }),
    files: (packaged) => Object.fromEntries(SCORING_FILES.map((path) => [path, packaged.read(path)])),
  },
} as const satisfies Readonly<Record<string, InitSystem>>;

/** Name of a system. */
export type SystemName = keyof typeof SYSTEMS;

/** The names of all systems. */
export const SYSTEM_NAMES = Object.keys(SYSTEMS) as [SystemName, ...SystemName[]];
