import type { ComponentResource } from "@pulumi/pulumi";
import { type MlflowImages, MlflowPlatform } from "../../components";
import { mlflowSection } from "../../components/config/mlflow-section";
import type { PasswordVault } from "../../components/mlflow/vault-passwords";
import { azureProviders, subscriptionId } from "./azure-fixtures";
import type { RecordOptions } from "./record-resources";

/** Images with next to nothing in them. */
export const mlflowImages: MlflowImages = {
  trackingServer: { Dockerfile: "FROM scratch\n" },
  projectRun: { Dockerfile: "FROM scratch\n" },
};

/** A config with every choice made the longer way. */
export const mlflowConfig = {
  adminGroupObjectIds: ["7f3a4c1e-90d2-4b7a-a1c5-2e8d6f0b9c34"],
  runnerGroupObjectIds: ["7f3a4c1e-90d2-4b7a-a1c5-2e8d6f0b9c34"],
  deployerObjectId: "1d2c3b4a-5f6e-4978-8a9b-0c1d2e3f4a5b",
  exposure: { ingress: { host: "mlflow.example.org", tlsSecretName: "mlflow-tls" } },
};

const kubeconfig = {
  clusters: [{ name: "c", cluster: { server: "https://c.hcp.azmk8s.io:443", "certificate-authority-data": "Y2E=" } }],
};

/** What Azure answers to what the platform asks. */
export const mlflowLookups: RecordOptions["lookups"] = {
  "azure-native:containerservice:listManagedClusterUserCredentials": () => ({
    kubeconfigs: [{ name: "clusterUser", value: Buffer.from(JSON.stringify(kubeconfig)).toString("base64") }],
  }),
  "azure-native:storage:listStorageAccountKeys": () => ({ keys: [{ keyName: "key1", value: "c2hhcmVk" }] }),
};

function platform(section: Parameters<typeof mlflowSection.parse>[0], vault?: PasswordVault): MlflowPlatform {
  const { providers } = azureProviders();
  const [azureProvider] = providers;
  return new MlflowPlatform(
    "mlflow",
    {
      ...{ organization: "acme", environment: "dev", subscriptionId, location: "westeurope", tags: { team: "ml" } },
      mlflow: mlflowSection.parse(section),
      images: mlflowImages,
      vault,
      azureProvider: azureProvider!,
    },
    { providers },
  );
}

/** Two ways to build an MLflow platform. */
export const mlflowComponentFixtures: Readonly<Record<string, Readonly<Record<string, () => ComponentResource>>>> = {
  MlflowPlatform: {
    "with a managed database behind an ingress": () =>
      platform(mlflowConfig, { name: "acme-dev-kv", resourceGroupName: "acme-dev-key-vault" }),
    "with MySQL on a disk behind a load balancer": () =>
      platform({
        ...mlflowConfig,
        database: { inCluster: {} },
        exposure: { loadBalancer: { dnsLabel: "acme-mlflow", sourceRanges: ["203.0.113.0/24"] } },
      }),
  },
};
