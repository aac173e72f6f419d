import { resolve } from "node:path";
import { Provider as AzureProvider } from "@pulumi/azure-native/provider";
import { mlflowSection, type MlflowConfig } from "../../../components/config/mlflow-section";
import { MlflowPlatform } from "../../../components/mlflow/mlflow-platform";
import { readMlflowImages } from "../../../components/mlflow/read-images";
import { DEFAULT_SEED } from "../../../rehearsal/cloud/seed";

const { subscriptions, location } = DEFAULT_SEED.azure;
const [subscription] = subscriptions;

/** The images of this repository. */
export const IMAGES = readMlflowImages(resolve(__dirname, "../../../artifacts/mlflow"));

/** A group of Microsoft Entra. */
export const GROUP = "7f3a4c1e-90d2-4b7a-a1c5-2e8d6f0b9c34";

/** A config as a user writes it. */
export type Section = Parameters<typeof mlflowSection.parse>[0];

/** The smallest config that there is. */
export const MINIMAL = { adminGroupObjectIds: [GROUP], exposure: { cluster: {} }, protect: false };

/** A program with a platform in the simulated cloud's subscription, and nothing else. */
export function platformProgram(section: Section, images = IMAGES) {
  const mlflow: MlflowConfig = mlflowSection.parse(section);
  return async () => {
    const provider = new AzureProvider("azure", { subscriptionId: subscription?.id, tenantId: subscription?.tenantId });
    const { outputs, adminPassword } = new MlflowPlatform(
      "ml",
      {
        ...{ organization: "acme", environment: "dev", location, tags: { team: "ml" } },
        subscriptionId: subscription?.id ?? "",
        mlflow,
        images,
        azureProvider: provider,
      },
      { providers: { "azure-native": provider } },
    );
    return { ...outputs, adminPassword };
  };
}
