import type { PropertyMap } from "../../../../rehearsal/engine/values/property-value";
import { DEFAULT_SEED } from "../../../../rehearsal/cloud/seed";
import type { SimulatedCloud, SimulatedCloudOptions } from "../../../../rehearsal/cloud/simulated-cloud";
import { Driver, type Held, SEED, withCloud } from "./cloud-fixture";

const ml = (name: string) => `azure-native:machinelearningservices:${name}`;

/** Type tokens of what a test of endpoints creates. */
export const WORKSPACE = ml("Workspace");
export const ENDPOINT = ml("OnlineEndpoint");
export const DEPLOYMENT = ml("OnlineDeployment");

const [subscription] = DEFAULT_SEED.azure.subscriptions;
const inGroup = { resourceGroupName: "rg", location: "westeurope" };
const inWorkspace = { ...inGroup, workspaceName: "acme-ml" };

/** The world of tests, with three versions of a registered model. */
export const ENDPOINT_SEED = {
  ...SEED,
  azure: {
    ...SEED.azure,
    subscriptions: [
      { ...subscription!, models: [{ name: "fares", versions: ["1", "2", "3"] }], endpointCores: 40 },
      ...SEED.azure.subscriptions.slice(1),
    ],
  },
};

/** A workspace with what it needs, and the ways to put endpoint and slots into it. */
export class EndpointWorld {
  private constructor(
    readonly cloud: SimulatedCloud,
    readonly driver: Driver,
    readonly workspace: Held,
  ) {}

  static async made(cloud: SimulatedCloud): Promise<EndpointWorld> {
    const driver = await Driver.configured(cloud, "azure-native");
    await driver.create("azure-native:resources:ResourceGroup", inGroup, "group");
    const inputs: Record<string, string> = {};
    for (const [property, type, args] of parts) {
      const held = await driver.create(type, { ...inGroup, ...args }, property);
      inputs[property] = held.id;
    }
    const workspace = await driver.create(WORKSPACE, { ...inWorkspace, ...inputs }, "workspace");
    return new EndpointWorld(cloud, driver, workspace);
  }

  /** Creates the endpoint, without traffic. */
  endpoint(endpointName = "fares", changes: PropertyMap = {}): Promise<Held> {
    return this.driver.create(ENDPOINT, this.endpointInputs({}, endpointName, changes), endpointName);
  }

  endpointInputs(properties: PropertyMap = {}, endpointName = "fares", changes: PropertyMap = {}): PropertyMap {
    return { ...inWorkspace, endpointName, properties: { authMode: "AADToken", ...properties }, ...changes };
  }

  /** Creates a slot with a version of the model. */
  slot(slot: string, version = "1", changes: PropertyMap = {}): Promise<Held> {
    return this.driver.create(DEPLOYMENT, this.slotInputs(slot, version, changes), slot);
  }

  slotInputs(slot: string, version = "1", changes: PropertyMap = {}): PropertyMap {
    const { sku = { name: "Default", capacity: 1 }, ...properties } = changes;
    return {
      ...inWorkspace,
      ...{ endpointName: "fares", deploymentName: slot, sku },
      properties: {
        endpointComputeType: "Managed",
        model: `${this.workspace.id}/models/fares/versions/${version}`,
        instanceType: "Standard_DS3_v2",
        ...properties,
      },
    };
  }

  /** Writes the endpoint anew, as an update of a program does. */
  traffic(endpoint: Held, properties: PropertyMap): Promise<Held> {
    return this.driver.update(endpoint, this.endpointInputs(properties));
  }

  invoke(name: string, args: PropertyMap = {}): Promise<PropertyMap> {
    return this.driver.invoke(ml(name), { resourceGroupName: "rg", workspaceName: "acme-ml", ...args });
  }
}

const parts: readonly (readonly [property: string, type: string, args: PropertyMap])[] = [
  [
    "storageAccount",
    "azure-native:storage:StorageAccount",
    { accountName: "acmeml", kind: "StorageV2", sku: { name: "Standard_LRS" } },
  ],
  [
    "keyVault",
    "azure-native:keyvault:Vault",
    {
      vaultName: "acme-ml",
      properties: {
        tenantId: subscription!.tenantId,
        sku: { family: "A", name: "standard" },
        enableRbacAuthorization: true,
      },
    },
  ],
  [
    "applicationInsights",
    "azure-native:applicationinsights:Component",
    { resourceName: "acme-ml", kind: "web", applicationType: "web" },
  ],
];

/** Runs a test in a world with a workspace. */
export function withEndpointWorld(
  test: (world: EndpointWorld) => Promise<void>,
  options: SimulatedCloudOptions = {},
): Promise<void> {
  return withCloud(async (cloud) => test(await EndpointWorld.made(cloud)), { seed: ENDPOINT_SEED, ...options });
}
