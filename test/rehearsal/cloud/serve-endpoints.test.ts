import assert from "node:assert/strict";
import { join } from "node:path";
import { type LiveEndpoints, serveEndpoints, type ServeOptions } from "../../../rehearsal/cloud/live";
import { type EndpointWorld, withEndpointWorld } from "./support/endpoint-world";

const scripts = join(__dirname, "../../../artifacts/azure-ml/image");
const trips = JSON.stringify({ data: [{ distance_km: 5, duration_min: 12 }] });

interface Scored {
  readonly status: number;
  readonly slot: string | null;
  readonly body: { readonly fares?: number[]; readonly model?: string; readonly error?: { readonly message: string } };
}

class Served {
  constructor(
    readonly world: EndpointWorld,
    readonly live: LiveEndpoints,
  ) {}

  async score(headers: Record<string, string> = {}, body = trips): Promise<Scored> {
    const { scoringUri, bearer } = this.live.endpoint("fares")!;
    const response = await fetch(scoringUri, {
      method: "POST",
      headers: { authorization: `Bearer ${bearer}`, ...headers },
      body,
    });
    const slot = response.headers.get("azureml-model-deployment");
    return { status: response.status, slot, body: (await response.json()) as Scored["body"] };
  }

  /** Scores several times, one after the other, and counts the answers by slot and status. */
  async times(count: number, headers: Record<string, string> = {}): Promise<Record<string, number>> {
    const counts: Record<string, number> = {};
    for (let i = 0; i < count; i++) {
      const { slot, status } = await this.score(headers);
      const key = `${slot} ${status}`;
      counts[key] = (counts[key] ?? 0) + 1;
    }
    return counts;
  }

  metrics() {
    return this.live.metrics("fares", 0, Date.now() + 1000);
  }
}

const served = (test: (served: Served) => Promise<void>, options: ServeOptions = { scripts }) =>
  withEndpointWorld(async (world) => {
    const live = await serveEndpoints(world.cloud, options);
    try {
      await test(new Served(world, live));
    } finally {
      await live.close();
    }
  });

/** The endpoint with both slots and a traffic map. */
async function bothSlots(world: EndpointWorld, traffic: Record<string, number>, more: object = {}) {
  const endpoint = await world.endpoint();
  await world.slot("blue", "1");
  await world.slot("green", "2");
  return world.traffic(endpoint, { traffic, ...more });
}

describe("a served endpoint", () => {
  it("answers with what the scoring script of the slot computes, and names the slot", () =>
    served(async (it) => {
      await bothSlots(it.world, { blue: 100 });
      assert.deepEqual(await it.score(), { status: 200, slot: "blue", body: { fares: [14.5], model: "fares:1" } });
    }));

  it("answers the same without Python", () =>
    served(
      async (it) => {
        await bothSlots(it.world, { blue: 100 });
        assert.deepEqual(await it.score(), { status: 200, slot: "blue", body: { fares: [14.5], model: "fares:1" } });
        assert.match(await it.live.logs("fares", "blue"), /no Python: fares:1 is served by/);
      },
      { scripts, python: "no-such-python" },
    ));

  for (const [blue, green] of [
    [100, 0],
    [90, 10],
    [50, 50],
    [1, 99],
  ] as const) {
    it(`gives exactly ${blue} of 100 requests to the one slot and ${green} to the other`, () =>
      served(async (it) => {
        await bothSlots(it.world, { blue, green });
        const counts = await it.times(100);
        assert.deepEqual(counts, { ...(blue && { "blue 200": blue }), ...(green && { "green 200": green }) });
        const { blue: first, green: second } = it.metrics();
        assert.deepEqual([first!.requests, second!.requests, first!.errors, second!.errors], [blue, green, 0, 0]);
      }, {}));
  }

  it("routes by chance where it is told to", () =>
    served(
      async (it) => {
        await bothSlots(it.world, { blue: 50, green: 50 });
        assert.deepEqual(await it.times(3), { "green 200": 3 });
      },
      { random: () => 0.75 },
    ));

  it("serves the slot that the header names, whatever the traffic", () =>
    served(async (it) => {
      await bothSlots(it.world, { blue: 100 });
      const header = { "azureml-model-deployment": "green" };
      assert.deepEqual(await it.score(header), {
        status: 200,
        slot: "green",
        body: { fares: [14.5], model: "fares:2" },
      });
      const missing = await it.score({ "azureml-model-deployment": "red" });
      assert.deepEqual([missing.status, missing.body.error?.message], [404, "there is no deployment red behind fares"]);
    }));

  it("refuses callers without a token that is its own", () =>
    served(async (it) => {
      await bothSlots(it.world, { blue: 100 });
      for (const authorization of ["", "Basic YTpi", "Bearer a.b", "Bearer "]) {
        assert.equal((await it.score({ authorization })).status, 401, authorization);
      }
      assert.deepEqual(it.metrics().blue!.requests, 0);
    }, {}));

  it("takes both keys of an endpoint with keys, and no token", () =>
    served(async (it) => {
      const endpoint = await it.world.endpoint("fares", { properties: { authMode: "Key" } });
      await it.world.slot("blue");
      await it.world.traffic(endpoint, { authMode: "Key", traffic: { blue: 100 } });
      const { primaryKey, secondaryKey } = await it.world.invoke("listOnlineEndpointKeys", { endpointName: "fares" });
      assert.equal(it.live.endpoint("fares")!.bearer, primaryKey);
      for (const key of [primaryKey, secondaryKey]) {
        assert.equal((await it.score({ authorization: `Bearer ${key as string}` })).status, 200);
      }
      assert.equal((await it.score({ authorization: "Bearer a.b" })).status, 401);
    }, {}));

  it("copies exactly the mirrored part of the live requests, and lets nobody see how they go", () =>
    served(async (it) => {
      await bothSlots(it.world, { blue: 100 }, { mirrorTraffic: { green: 20 } });
      await it.live.fault("fares", "green", { failRate: 1 });
      assert.deepEqual(await it.times(50), { "blue 200": 50 });
      await it.times(5, { "azureml-model-deployment": "blue" });
      const { blue, green } = it.metrics();
      assert.deepEqual([blue!.requests, blue!.errors, blue!.mirrored], [55, 0, 0]);
      assert.deepEqual([green!.requests, green!.errors, green!.mirrored], [10, 10, 10]);
    }, {}));

  it("fails and slows down as the faults of a slot say, and no other slot", () =>
    served(async (it) => {
      await bothSlots(it.world, { blue: 50, green: 50 });
      await it.live.fault("fares", "green", { failRate: 0.2 });
      assert.deepEqual(await it.times(100), { "blue 200": 50, "green 200": 40, "green 503": 10 });
      await it.live.fault("fares", "green", { delayMs: 60 });
      const from = Date.now() + 100;
      await new Promise((resolve) => setTimeout(resolve, 200));
      await it.times(10);
      const { blue, green } = it.live.metrics("fares", from, Date.now() + 1000);
      assert.deepEqual([blue!.requests, green!.requests, green!.errors], [5, 5, 0]);
      assert.ok(green!.p50Ms >= 60, `took ${green!.p50Ms} ms`);
      await it.live.fault("fares", "green", undefined);
      assert.deepEqual(await it.times(10), { "blue 200": 5, "green 200": 5 });
    }, {}));

  it("answers 408 where a slot takes longer than a request may", () =>
    served(async (it) => {
      const endpoint = await it.world.endpoint();
      await it.world.slot("blue", "1", { requestSettings: { requestTimeout: "PT0.05S" } });
      await it.world.traffic(endpoint, { traffic: { blue: 100 } });
      await it.live.fault("*", "blue", { delayMs: 60_000 });
      assert.equal((await it.score()).status, 408);
      assert.equal(it.metrics().blue!.errors, 1);
    }, {}));

  it("answers 424 with the error of a script that raises, and goes on", () =>
    served(async (it) => {
      await bothSlots(it.world, { blue: 100 });
      const raised = await it.score({}, "no JSON");
      assert.deepEqual([raised.status, raised.slot], [424, "blue"]);
      assert.match(raised.body.error!.message, /the scoring script of the deployment blue failed: JSONDecodeError/);
      assert.equal((await it.score()).status, 200);
      assert.match(await it.live.logs("fares", "blue"), /Traceback[^]*JSONDecodeError/);
    }));

  it("refuses what is too large, of another method, without traffic or at another address", () =>
    served(async (it) => {
      await it.world.endpoint();
      assert.deepEqual([(await it.score()).status, (await it.score({}, "x".repeat(2_000_000))).status], [404, 413]);
      const { scoringUri } = it.live.endpoint("fares")!;
      assert.equal((await fetch(scoringUri)).status, 405);
      assert.equal((await fetch(`${it.live.url}/endpoints/other/score`, { method: "POST" })).status, 404);
      assert.equal(it.live.endpoint("other"), undefined);
    }, {}));

  it("loses and misroutes no request while traffic moves and slots are replaced under load", () =>
    served(async (it) => {
      let endpoint = await bothSlots(it.world, { blue: 100, green: 0 });
      let allowed = new Set(["blue"]);
      let over = false;
      let answered = 0;
      const load = async () => {
        while (!over) {
          const before = allowed;
          const { status, slot } = await it.score();
          assert.equal(status, 200);
          // A request that was under way during a change may have met either map.
          assert.ok(before.has(slot!) || allowed.has(slot!), `${slot} answered, ${[...allowed].join()} may`);
          answered += 1;
        }
      };
      const callers = Promise.all([load(), load(), load(), load()]);
      for (let round = 0; round < 20; round++) {
        const [from, to] = round % 2 === 0 ? ["blue", "green"] : ["green", "blue"];
        const until = answered + 5;
        while (answered < until) await new Promise((resolve) => setTimeout(resolve, 1));
        allowed = new Set([from, to]);
        endpoint = await it.world.traffic(endpoint, { traffic: { [from]: 50, [to]: 50 } });
        endpoint = await it.world.traffic(endpoint, { traffic: { [from]: 0, [to]: 100 } });
        allowed = new Set([to]);
        const old = it.world.cloud.list().find(({ id }) => id.endsWith(`/deployments/${from}`))!;
        await it.world.cloud.remove(old.type, old.id);
        endpoint = await it.world.traffic(endpoint, { traffic: { [to]: 100 } });
        await it.world.slot(from, round % 3 === 0 ? "3" : "2");
      }
      over = true;
      await callers;
      const { blue, green } = it.metrics();
      assert.deepEqual([blue!.requests + green!.requests, blue!.errors + green!.errors], [answered, 0]);
    }, {}));

  it("ends its scoring processes and its port when it is closed, requests that are open included", () =>
    withEndpointWorld(async (world) => {
      await bothSlots(world, { blue: 100 });
      const live = await serveEndpoints(world.cloud, { scripts });
      const it = new Served(world, live);
      await it.score();
      await live.fault("fares", "blue", { delayMs: 100 });
      const open = it.score();
      await new Promise((resolve) => setTimeout(resolve, 50));
      await live.close();
      assert.equal((await open).status, 200);
      await assert.rejects(it.score());
    }));
});
