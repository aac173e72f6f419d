import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Environment, parseEnvironmentConfig, readReleases } from "../../../components";
import { readAzureEndpoint } from "../../../rehearsal/cloud/live";
import { SimulatedCloud } from "../../../rehearsal/cloud/simulated-cloud";
import { DEFAULT_SEED } from "../../../rehearsal/cloud/seed";
import { rehearse } from "../../../rehearsal/testing/rehearse";
import type { RehearsalStack } from "../../../rehearsal/testing/rehearsal-stack";

const [subscription] = DEFAULT_SEED.azure.subscriptions;
const seed = {
  ...DEFAULT_SEED,
  azure: {
    ...DEFAULT_SEED.azure,
    subscriptions: [{ ...subscription!, models: [{ name: "fares", versions: ["1", "2", "3"] }] }],
  },
};
const ENDPOINT = "azure-native:machinelearningservices:OnlineEndpoint";
const name = "acme-dev-fares";

interface Change {
  readonly intent?: object;
  readonly script?: string;
  readonly instanceCount?: number;
}

/** A program with an endpoint alone, as index.ts composes it. */
const program =
  ({ intent, script = "one", instanceCount = 1 }: Change = {}) =>
  async () => {
    const config = parseEnvironmentConfig("dev", {
      organization: "acme",
      repository: { fullName: "acme/platform", ownerId: 1001, id: 2002 },
      azure: {
        subscriptionId: subscription!.id,
        tenantId: subscription!.tenantId,
        location: "westeurope",
        endpoint: { workspace: { create: {} }, model: "fares", scoring: { create: {} }, instanceCount, protect: false },
      },
    });
    const releases = await readReleases(config, intent && JSON.stringify(intent));
    const scoringImage = { Dockerfile: `FROM scratch\n# ${script}\n` };
    return { ...new Environment("dev", { ...config, scoringImage, releases }).outputs };
  };

const green1 = { green: { model: "fares:1" } };
const both = { ...green1, blue: { model: "fares:2" } };

describe("a program with an endpoint", function () {
  this.timeout(300_000);
  let directory: string;
  let cloud: SimulatedCloud;
  let stack: RehearsalStack;

  beforeEach(async () => {
    directory = mkdtempSync(join(tmpdir(), "release-"));
    cloud = await SimulatedCloud.open(join(directory, "cloud.json"), { seed });
    stack = await rehearse(program(), { providers: (pkg) => cloud.providers(pkg) });
  });
  afterEach(async () => {
    await stack.close();
    await cloud.close();
    rmSync(directory, { recursive: true, force: true });
  });
  const live = () => {
    const { slots, traffic, mirror } = readAzureEndpoint(cloud, name)!;
    const models = Object.fromEntries(Object.entries(slots).map(([slot, { model }]) => [slot, model]));
    return { models, traffic, mirror };
  };
  const found = (end: string) => cloud.list().find(({ id }) => id.endsWith(end)) ?? assert.fail(`no ${end}`);
  const environmentOf = (slot: string) =>
    (found(`/onlineEndpoints/${name}/deployments/${slot}`).inputs.properties as { environmentId: string })
      .environmentId;
  const changed = ({ steps }: Awaited<ReturnType<RehearsalStack["up"]>>) =>
    steps.filter(({ op }) => op !== "same" && op !== "read").map(({ op, urn }) => `${op} ${urn.split("::").at(-1)}`);

  it("leaves traffic out while there is no endpoint, and gives it in a later update", async () => {
    const intent = { slots: green1, traffic: { green: 100 } };
    await stack.up({ program: program({ intent }) });
    assert.deepEqual(live(), { models: { green: "fares:1" }, traffic: {}, mirror: {} });
    assert.deepEqual(changed(await stack.up()), ["update dev-azure-endpoint-endpoint"]);
    assert.deepEqual(live().traffic, { green: 100 });
  });

  it("changes one slot at a time as releases want it, and nothing else", async () => {
    await stack.up();
    const steps: string[][] = [];
    for (const intent of [
      { slots: green1, traffic: {} },
      { slots: green1, traffic: { green: 100 } },
      { slots: both, traffic: { green: 100 } },
      { slots: both, traffic: { green: 100 }, mirror: { blue: 10 } },
      { slots: both, traffic: { green: 0, blue: 100 } },
      { slots: { blue: both.blue }, traffic: { blue: 100 } },
    ]) {
      steps.push(changed(await stack.up({ program: program({ intent }) })));
    }
    const endpoint = "update dev-azure-endpoint-endpoint";
    assert.deepEqual(steps, [
      ["create dev-azure-endpoint-green"],
      [endpoint],
      ["create dev-azure-endpoint-blue"],
      [endpoint],
      [endpoint],
      [endpoint, "delete dev-azure-endpoint-green"],
    ]);
    assert.deepEqual(live(), { models: { blue: "fares:2" }, traffic: { blue: 100 }, mirror: {} });
    const { azure } = await stack.outputs();
    const { slots, traffic } = (azure!.value as { endpoint: { slots: object; traffic: object } }).endpoint;
    assert.deepEqual([slots, traffic], [{ blue: { model: "fares:2" } }, { blue: 100 }]);
  });

  it("keeps traffic, mirror, models and environments of what is live in any other update", async () => {
    await stack.up();
    await stack.up({ program: program({ intent: { slots: both, traffic: {} } }) });
    await stack.up({ program: program({ intent: { slots: both, traffic: { green: 100 }, mirror: { blue: 20 } } }) });
    const [before, environment] = [live(), environmentOf("green")];
    await stack.up({ program: program(), expectNoChanges: true });
    const steps = changed(await stack.up({ program: program({ script: "two", instanceCount: 2 }) }));
    assert.ok(steps.includes("update dev-azure-endpoint-green"), steps.join());
    assert.ok(!steps.includes("update dev-azure-endpoint-endpoint"), steps.join());
    assert.deepEqual([live(), environmentOf("green")], [before, environment]);
    // A release gives the new environment to the slot that it changes.
    const intent = { slots: { ...both, blue: { model: "fares:3" } }, traffic: { green: 100 } };
    await stack.up({ program: program({ script: "two", instanceCount: 2, intent }) });
    assert.notEqual(environmentOf("blue"), environment);
  });

  it("keeps a map that somebody made by hand since", async () => {
    await stack.up();
    await stack.up({ program: program({ intent: { slots: both, traffic: {} } }) });
    await stack.up({ program: program({ intent: { slots: both, traffic: { green: 100 } } }) });
    const resource = found(`/onlineEndpoints/${name}`);
    const properties = {
      ...(resource.outputs.properties as object),
      traffic: { green: 70, blue: 30 },
      mirrorTraffic: {},
    };
    await cloud.change(ENDPOINT, resource.id, { properties });
    await stack.up({ program: program({ instanceCount: 2 }) });
    assert.deepEqual(live().traffic, { green: 70, blue: 30 });
  });

  it("fails where a deployment that it does not know has traffic, which it would reset", async () => {
    await stack.up();
    await stack.up({ program: program({ intent: { slots: green1, traffic: {} } }) });
    const { id, outputs } = found(`/onlineEndpoints/${name}`);
    await cloud.change(ENDPOINT, id, {
      properties: { ...(outputs.properties as object), traffic: { canary: 40, green: 60 } },
    });
    assert.ok(readAzureEndpoint(cloud, name)!.slots.green);
    await assert.rejects(
      stack.preview({ program: program() }),
      /the deployment canary of acme-dev-fares has 40 percent of the traffic, and is none of blue, green/,
    );
  });

  it("fails for an intent that no endpoint can have, before anything changes", async () => {
    await stack.up();
    await assert.rejects(
      stack.up({ program: program({ intent: { slots: green1, traffic: { green: 90 } } }) }),
      /TRUNKLINE_RELEASE is no release that an endpoint can have[^]*traffic: got 90 percent together/,
    );
    assert.deepEqual(live().models, {});
  });

  it("goes as a whole when its stack goes, whatever the traffic", async () => {
    await stack.up();
    await stack.up({ program: program({ intent: { slots: both, traffic: {} } }) });
    await stack.up({ program: program({ intent: { slots: both, traffic: { green: 50, blue: 50 } } }) });
    await stack.destroy();
    assert.equal(readAzureEndpoint(cloud, name), undefined);
  });
});
