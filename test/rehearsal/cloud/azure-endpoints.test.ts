import assert from "node:assert/strict";
import { azureModels, readAzureEndpoint } from "../../../rehearsal/cloud/live";
import { slotFaultResource } from "../../../rehearsal/cloud/slot-fault";
import { coresOf, coresTaken } from "../../../rehearsal/cloud/tables/azure-native/endpoint-quota";
import { PartialFailure } from "../../../rehearsal/engine/provider/partial-failure";
import type { PropertyMap } from "../../../rehearsal/engine/values/property-value";
import { DEPLOYMENT, ENDPOINT, WORKSPACE, withEndpointWorld } from "./support/endpoint-world";

const target = { endpointName: "fares" };

describe("a simulated online endpoint", () => {
  it("is made without traffic, and takes traffic once its deployments are there", () =>
    withEndpointWorld(async (world) => {
      await assert.rejects(
        world.endpoint("fares", { properties: { authMode: "Key", traffic: { blue: 100 } } }),
        /BadRequest: The traffic names the deployment 'blue', which does not exist behind the endpoint 'fares'/,
      );
      const endpoint = await world.endpoint();
      await world.slot("blue");
      await world.traffic(endpoint, { traffic: { blue: 100 } });
      const { properties } = (await world.invoke("getOnlineEndpoint", target)) as { properties: PropertyMap };
      assert.deepEqual(properties, {
        authMode: "AADToken",
        publicNetworkAccess: "Enabled",
        traffic: { blue: 100 },
        provisioningState: "Succeeded",
        scoringUri: "https://fares.westeurope.inference.ml.azure.com/score",
        swaggerUri: "https://fares.westeurope.inference.ml.azure.com/swagger.json",
      });
    }));

  it("loses its traffic by an update that says nothing about it", () =>
    withEndpointWorld(async (world) => {
      const endpoint = await world.endpoint();
      await world.slot("blue");
      const live = await world.traffic(endpoint, { traffic: { blue: 100 } });
      await world.traffic(live, { description: "fares" });
      assert.deepEqual(readAzureEndpoint(world.cloud, "fares")!.traffic, {});
    }));

  for (const [what, properties, message] of [
    ["traffic that does not add up", { traffic: { blue: 60, green: 30 } }, /must be 0 or 100 percent, got 90/],
    ["more than all", { traffic: { blue: 100, green: 100 } }, /must be 0 or 100 percent, got 200/],
    ["a mirror with live traffic", { traffic: { blue: 100 }, mirrorTraffic: { blue: 10 } }, /'blue' has live traffic/],
    [
      "two mirrors",
      { traffic: { blue: 0, green: 0 }, mirrorTraffic: { blue: 10, green: 10 } },
      /mirrored to one deployment only, got blue, green/,
    ],
    ["a mirror that is not there", { traffic: { blue: 100 }, mirrorTraffic: { red: 10 } }, /the deployment 'red'/],
  ] as const) {
    it(`fails with ${what}`, () =>
      withEndpointWorld(async (world) => {
        const endpoint = await world.endpoint();
        await world.slot("blue");
        await world.slot("green");
        await assert.rejects(world.traffic(endpoint, properties), message);
      }));
  }

  it("has a mirror of half the traffic at most", () =>
    withEndpointWorld(async (world) => {
      const inputs = world.endpointInputs({ mirrorTraffic: { blue: 51 } });
      assert.deepEqual(await world.driver.faults(ENDPOINT, inputs), [
        "properties.mirrorTraffic.blue: must be 0 to 50, got 51",
      ]);
    }));

  it("has a name that nobody else has in the region", () =>
    withEndpointWorld(async (world) => {
      await world.endpoint();
      const second = { ...world.endpointInputs(), resourceGroupName: "other", workspaceName: "acme-ml2" };
      await world.driver.create("azure-native:resources:ResourceGroup", { resourceGroupName: "other" }, "other");
      const { outputs } = world.workspace;
      const parts = Object.fromEntries(
        ["storageAccount", "keyVault", "applicationInsights"].map((name) => [name, outputs[name]!]),
      );
      await world.driver.create(
        WORKSPACE,
        { resourceGroupName: "other", workspaceName: "acme-ml2", location: "westeurope", ...parts },
        "second",
      );
      await assert.rejects(
        world.driver.create(ENDPOINT, second, "twin"),
        /UserError: The endpoint name 'fares' is already in use in the region westeurope/,
      );
      await world.driver.create(ENDPOINT, { ...second, location: "northeurope" }, "elsewhere");
    }));

  it("goes with its workspace, whose name is taken for 14 days", () =>
    withEndpointWorld(async (world) => {
      await world.endpoint();
      await world.slot("blue");
      await world.driver.delete(world.workspace);
      assert.equal(readAzureEndpoint(world.cloud, "fares"), undefined);
      await assert.rejects(
        world.driver.create(WORKSPACE, world.workspace.inputs, "again"),
        /A workspace of this name is soft-deleted[^]*after 14 days/,
      );
    }));
});

describe("a simulated deployment", () => {
  it("is not deleted while it has traffic", () =>
    withEndpointWorld(async (world) => {
      const endpoint = await world.endpoint();
      const blue = await world.slot("blue");
      const live = await world.traffic(endpoint, { traffic: { blue: 100 } });
      await assert.rejects(
        world.driver.delete(blue),
        /BadRequest: The deployment 'blue' has 100 percent of the traffic/,
      );
      await world.traffic(live, { traffic: { blue: 0 } });
      await world.driver.delete(blue);
      assert.deepEqual(readAzureEndpoint(world.cloud, "fares")!.slots, {});
    }));

  it("goes with its endpoint, whatever its traffic", () =>
    withEndpointWorld(async (world) => {
      const endpoint = await world.endpoint();
      await world.slot("blue");
      await world.driver.delete(await world.traffic(endpoint, { traffic: { blue: 100 } }));
      assert.deepEqual(
        world.cloud.list().filter(({ type }) => type === DEPLOYMENT),
        [],
      );
    }));

  it("serves a version that is registered, in an environment that is there", () =>
    withEndpointWorld(async (world) => {
      await world.endpoint();
      await assert.rejects(world.slot("blue", "9"), /The model 'fares' has no version '9' in the workspace 'acme-ml'/);
      await assert.rejects(
        world.slot("blue", "1", { environmentId: `${world.workspace.id}/environments/a/versions/1` }),
        /BadRequest: The environment '\/subscriptions/,
      );
      await world.slot("blue", "1", {
        environmentId: "azureml://registries/azureml/environments/sklearn-1.5/versions/1",
      });
      const { blue, ...others } = readAzureEndpoint(world.cloud, "fares")!.slots;
      assert.deepEqual([blue!.model, blue!.provisioningState, others], ["fares:1", "Succeeded", {}]);
    }));

  it("takes cores of the quota with a reserve of a fifth", () =>
    withEndpointWorld(async (world) => {
      await world.endpoint();
      // 8 instances are 10 with their reserve: 40 cores of 40.
      await world.slot("blue", "1", { sku: { name: "Default", capacity: 8 } });
      await assert.rejects(
        world.slot("green", "2"),
        /OutOfQuota: Not enough quota for 1 instances of Standard_DS3_v2 in westeurope: with a reserve of 20 percent they take 8 cores, 40 of 40 are in use/,
      );
      await world.slot("green", "2", { instanceType: "Standard_F4s_v2" });
    }));

  it("counts whole instances and the cores of each size", () => {
    assert.deepEqual(
      [1, 4, 5, 10].map((instances) => coresTaken("Standard_F1s", instances)),
      [2, 5, 6, 12],
    );
    const sizes = [
      "Standard_DS3_v2",
      "Standard_DS14_v2",
      "Standard_D4s_v5",
      "Standard_F2s_v2",
      "Standard_NC24ads_A100_v4",
    ];
    assert.deepEqual(sizes.map(coresOf), [4, 16, 4, 2, 24]);
  });

  it("is there but not ready where its containers never become healthy, and has a log", () =>
    withEndpointWorld(async (world) => {
      await world.endpoint();
      const fault = { unhealthy: true, log: "one\ntwo\nthree" };
      await world.cloud.commit({ put: [slotFaultResource("fares", "green", fault, world.cloud.now().toISOString())] });
      await assert.rejects(world.slot("green", "2"), (error: unknown) => {
        assert.ok(error instanceof PartialFailure);
        assert.match(error.reasons.join(), /ResourceNotReady: User container of the deployment 'green' has crashed/);
        return true;
      });
      assert.equal(readAzureEndpoint(world.cloud, "fares")!.slots.green!.provisioningState, "Failed");
      const logs = await world.invoke("getOnlineDeploymentLogs", { ...target, deploymentName: "green", tail: 2 });
      assert.deepEqual(logs, { content: "two\nthree" });
    }));
});

describe("the functions of a simulated workspace of Azure ML", () => {
  it("find workspace, endpoint and deployment, and say what is not there", () =>
    withEndpointWorld(async (world) => {
      assert.equal((await world.invoke("getWorkspace")).id, world.workspace.id);
      await assert.rejects(
        world.invoke("getWorkspace", { workspaceName: "no" }),
        /ResourceNotFound: .*workspaces\/no'/,
      );
      await assert.rejects(world.invoke("getOnlineEndpoint", target), /ResourceNotFound: .*onlineEndpoints\/fares'/);
      const { id } = await world.endpoint();
      assert.equal((await world.invoke("getOnlineEndpoint", target)).id, id);
      const slot = { ...target, deploymentName: "blue" };
      await assert.rejects(world.invoke("getOnlineDeployment", slot), /ResourceNotFound: .*deployments\/blue'/);
      const blue = await world.slot("blue");
      assert.equal((await world.invoke("getOnlineDeployment", slot)).id, blue.id);
    }));

  it("know the versions of the seed and those that are registered later", () =>
    withEndpointWorld(async (world) => {
      const latest = async () =>
        ((await world.invoke("getModelContainer", { name: "fares" })).properties as PropertyMap).latestVersion;
      assert.equal(await latest(), "3");
      await world.driver.create("azure-native:machinelearningservices:ModelVersion", {
        ...{ resourceGroupName: "rg", workspaceName: "acme-ml", name: "fares", version: "4" },
        properties: { modelUri: "azureml://jobs/4/outputs/model" },
      });
      assert.equal(await latest(), "4");
      assert.deepEqual(
        azureModels(world.cloud, "fares").map(({ version }) => version),
        ["1", "2", "3", "4"],
      );
      await assert.rejects(world.invoke("getModelContainer", { name: "other" }), /ResourceNotFound/);
      await assert.rejects(
        world.invoke("getModelVersion", { name: "fares", version: "5" }),
        /ResourceNotFound: Model container with name: fares and version: 5 was not found/,
      );
      const second = await world.invoke("getModelVersion", { name: "fares", version: "2" });
      assert.equal(second.id, `${world.workspace.id}/models/fares/versions/2`);
    }));

  it("show no keys of an endpoint in its outputs, and the same ones each time", () =>
    withEndpointWorld(async (world) => {
      const endpoint = await world.endpoint("fares", { properties: { authMode: "Key" } });
      const keys = await world.invoke("listOnlineEndpointKeys", target);
      assert.deepEqual(await world.invoke("listOnlineEndpointKeys", target), keys);
      assert.ok(!JSON.stringify(endpoint.outputs).includes(keys.primaryKey as string));
    }));
});
