import assert from "node:assert/strict";
import { join, resolve } from "node:path";
import { type LiveEndpoints, serveEndpoints } from "../../../rehearsal/cloud/live";
import type { SimulatedCloud } from "../../../rehearsal/cloud/simulated-cloud";
import { Driver, type Held, withCloud, WORKSPACE } from "./support/cloud-fixture";

const SERVING = "databricks:index/modelServing:ModelServing";
const scripts = join(resolve(__dirname, "../../.."), "artifacts/azure-ml/image");
const ONE_RIDE = { dataframe_records: [{ distance_km: 5, duration_min: 12 }] };

const inputs = (versions: Readonly<Record<string, string>>, traffic: Readonly<Record<string, number>>) => ({
  name: "fares",
  config: {
    servedEntities: Object.entries(versions).map(([name, entityVersion]) => {
      return { name, entityName: "main.default.fares", entityVersion };
    }),
    trafficConfig: {
      routes: Object.entries(traffic).map(([servedEntityName, trafficPercentage]) => {
        return { servedEntityName, trafficPercentage };
      }),
    },
  },
});

interface World {
  readonly cloud: SimulatedCloud;
  readonly driver: Driver;
  readonly endpoint: Held;
  readonly live: LiveEndpoints;
}

const BOTH = { blue: "1", green: "2" };

function served(test: (world: World) => Promise<void>): Promise<void> {
  return withCloud(async (cloud) => {
    const driver = await Driver.configured(cloud, "databricks", { host: WORKSPACE });
    const endpoint = await driver.create(SERVING, inputs(BOTH, { blue: 90, green: 10 }), "fares");
    const live = await serveEndpoints(cloud, { platform: "databricks", scripts });
    try {
      await test({ cloud, driver, endpoint, live });
    } finally {
      await live.close();
    }
  });
}

async function score(live: LiveEndpoints, slot?: string, body: unknown = ONE_RIDE, token?: string) {
  const { scoringUri, bearer } = live.endpoint("fares", slot) ?? assert.fail("there is no endpoint");
  const headers = { authorization: `Bearer ${token ?? bearer}` };
  const response = await fetch(scoringUri, { method: "POST", headers, body: JSON.stringify(body) });
  return { status: response.status, body: await response.json() };
}

describe("a served endpoint of Databricks", () => {
  it("answers as MLflow does what the scoring script computes, at the vendor's addresses", () =>
    served(async ({ live }) => {
      assert.match(
        live.endpoint("fares")!.scoringUri,
        /^http:\/\/127\.0\.0\.1:\d+\/serving-endpoints\/fares\/invocations$/,
      );
      assert.deepEqual(await score(live), { status: 200, body: { predictions: [14.5] } });
      const split = {
        dataframe_split: {
          columns: ["distance_km", "duration_min"],
          data: [
            [5, 12],
            [0, 0],
          ],
        },
      };
      assert.deepEqual(await score(live, "green", split), { status: 200, body: { predictions: [14.5, 2.5] } });
    }));

  it("gives each served entity exactly its part of the requests, and one that is named all of them", () =>
    served(async ({ live }) => {
      for (let i = 0; i < 50; i++) assert.equal((await score(live)).status, 200);
      const counts = () => Object.values(live.metrics("fares", 0, Date.now() + 1000)).map(({ requests }) => requests);
      assert.deepEqual(counts(), [45, 5]);
      for (let i = 0; i < 3; i++) await score(live, "green");
      assert.deepEqual(counts(), [45, 8]);
      assert.equal((await score(live, "red")).status, 404);
    }));

  it("follows routes and versions as they change", () =>
    served(async ({ driver, endpoint, live }) => {
      const moved = await driver.update(endpoint, inputs({ blue: "1", green: "3" }, { blue: 0, green: 100 }));
      for (let i = 0; i < 10; i++) await score(live);
      const { blue, green } = live.metrics("fares", 0, Date.now() + 1000);
      assert.deepEqual([blue?.requests, green?.requests], [0, 10]);
      await driver.update(moved, inputs({ green: "3" }, { green: 100 }));
      assert.equal((await score(live, "blue")).status, 404);
    }));

  it("fails as the faults of a slot say, and refuses tokens that are for another service", () =>
    served(async ({ live }) => {
      await live.fault("fares", "green", { failRate: 1 });
      assert.deepEqual([(await score(live, "green")).status, (await score(live, "blue")).status], [503, 200]);
      assert.equal((await score(live, "blue", ONE_RIDE, "a.b")).status, 401);
      assert.equal((await score(live, "blue", { data: [] })).status, 424);
    }));

  it("refuses a version that is not registered, and keeps what it served where a new one does not come up", () =>
    served(async ({ cloud, driver, endpoint, live }) => {
      await assert.rejects(
        driver.update(endpoint, inputs({ ...BOTH, green: "9" }, { blue: 100 })),
        /RESOURCE_DOES_NOT_EXIST: Registered model 'main.default.fares' has no version '9'/,
      );
      await live.fault("fares", "green", { unhealthy: true });
      await assert.rejects(
        driver.update(endpoint, inputs({ ...BOTH, green: "3" }, { blue: 100 })),
        /DEPLOYMENT_FAILED: Served entity 'green' failed to deploy/,
      );
      const { config } = cloud.get(SERVING, "fares")!.outputs as { config: { servedEntities: object[] } };
      assert.deepEqual(config.servedEntities, inputs(BOTH, {}).config.servedEntities);
    }));
});
