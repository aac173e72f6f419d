import type { Example } from "./aws-examples";

const pkg = "azure-native";
const ml = (name: string) => `azure-native:machinelearningservices:${name}`;
const inGroup = { resourceGroupName: "rg" };
const inWorkspace = { ...inGroup, workspaceName: "acme-ml" };
const group = "/subscriptions/22222222-2222-4222-8222-222222222222/resourceGroups/rg/providers";
const workspace = `${group}/Microsoft.MachineLearningServices/workspaces/acme-ml`;
const deployment = { endpointComputeType: "Managed", model: `${workspace}/models/fares/versions/1` };

/** One example of each type of Azure that only an online endpoint has, in an order in which they can be created. */
export const MACHINE_LEARNING_EXAMPLES: readonly Example[] = [
  {
    pkg,
    type: "azure-native:applicationinsights:Component",
    inputs: { ...inGroup, resourceName: "acme-ml", kind: "web", applicationType: "web" },
    update: { samplingPercentage: 50 },
    updates: ["samplingPercentage"],
    replace: [{ applicationType: "other" }, "applicationType"],
  },
  {
    pkg,
    type: ml("Workspace"),
    inputs: {
      ...inWorkspace,
      storageAccount: `${group}/Microsoft.Storage/storageAccounts/acmedevstate`,
      keyVault: `${group}/Microsoft.KeyVault/vaults/acme-dev-kv`,
      applicationInsights: `${group}/Microsoft.Insights/components/acme-ml`,
      identity: { type: "SystemAssigned" },
    },
    update: { publicNetworkAccess: "Disabled" },
    updates: ["publicNetworkAccess"],
    replace: [{ hbiWorkspace: true }, "hbiWorkspace"],
  },
  {
    pkg,
    type: ml("ModelContainer"),
    inputs: { ...inWorkspace, name: "fares", properties: { description: "fares" } },
    update: { properties: { description: "fares of taxis" } },
    updates: ["properties.description"],
    replace: [{ name: "other" }, "name"],
  },
  {
    pkg,
    type: ml("ModelVersion"),
    inputs: { ...inWorkspace, name: "fares", version: "1", properties: { modelUri: "azureml://jobs/1/outputs/model" } },
    update: { properties: { modelUri: "azureml://jobs/1/outputs/model", stage: "Production" } },
    updates: ["properties.stage"],
    replace: [{ version: "2" }, "version"],
  },
  {
    pkg,
    type: ml("EnvironmentVersion"),
    inputs: { ...inWorkspace, name: "scoring", version: "1", properties: { image: "acme.azurecr.io/scoring:1" } },
    update: { properties: { image: "acme.azurecr.io/scoring:1", osType: "Linux" } },
    updates: ["properties.osType"],
    replace: [{ properties: { image: "acme.azurecr.io/scoring:2" } }, "properties"],
  },
  {
    pkg,
    type: ml("OnlineEndpoint"),
    inputs: { ...inWorkspace, endpointName: "acme-fares", properties: { authMode: "AADToken" } },
    update: { properties: { authMode: "AADToken", publicNetworkAccess: "Disabled" } },
    updates: ["properties.publicNetworkAccess"],
    replace: [{ endpointName: "acme-other" }, "endpointName"],
  },
  {
    pkg,
    type: ml("OnlineDeployment"),
    inputs: {
      ...inWorkspace,
      endpointName: "acme-fares",
      deploymentName: "blue",
      sku: { name: "Default", capacity: 1 },
      properties: deployment,
    },
    update: { sku: { name: "Default", capacity: 2 } },
    updates: ["sku.capacity"],
    replace: [{ deploymentName: "green" }, "deploymentName"],
  },
];
