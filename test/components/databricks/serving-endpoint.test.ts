import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Provider } from "@pulumi/databricks/provider";
import { physicalName, ServingEndpoint, type ServingEndpointArgs } from "../../../components";
import { SimulatedCloud } from "../../../rehearsal/cloud/simulated-cloud";
import { rehearse } from "../../../rehearsal/testing/rehearse";
import type { RehearsalStack } from "../../../rehearsal/testing/rehearsal-stack";
import { SEED, WORKSPACE } from "../../rehearsal/cloud/support/cloud-fixture";
import { componentFixtures } from "../../support/component-fixtures";
import { recordResources, summaries } from "../../support/record-resources";

const tags = [
  { key: "organization", value: "acme" },
  { key: "environment", value: "dev" },
];
const entity = (name: string, entityVersion: string, workloadSize = "Small", scaleToZeroEnabled = true) => ({
  ...{ name, entityName: "main.default.fares", entityVersion, workloadSize, scaleToZeroEnabled },
});
const model = (version: number) => ({ model: `main.default.fares:${version}` });

const program =
  (args: Partial<ServingEndpointArgs> = {}) =>
  async () => {
    const provider = new Provider("databricks", { host: WORKSPACE });
    const common = { organization: "acme", environment: "dev", initialModel: "main.default.fares:1" };
    return { ...new ServingEndpoint("serving", { ...common, ...args }, { providers: [provider] }).outputs };
  };

describe("ServingEndpoint", function () {
  this.timeout(120_000);

  it("declares one resource with slots and traffic", async () => {
    const fixtures = componentFixtures.ServingEndpoint!;
    const declared = async (name: string) => summaries((await recordResources(fixtures[name]!)).registrations);
    assert.deepEqual(await declared("with its initial model"), {
      "serving-endpoint": {
        type: "databricks:index/modelServing:ModelServing",
        inputs: {
          name: physicalName("servingEndpoint", "acme", "dev", "main.default.fares"),
          config: {
            servedEntities: [entity("blue", "1")],
            trafficConfig: { routes: [{ servedEntityName: "blue", trafficPercentage: 100 }] },
          },
          tags,
        },
      },
    });
    assert.deepEqual((await declared("with a release of both slots"))["serving-endpoint"]!.inputs, {
      name: "fares",
      config: {
        servedEntities: [entity("blue", "1", "Medium", false), entity("green", "2", "Medium", false)],
        trafficConfig: {
          routes: [
            { servedEntityName: "blue", trafficPercentage: 90 },
            { servedEntityName: "green", trafficPercentage: 10 },
          ],
        },
      },
      tags,
    });
  });

  for (const [what, release, message] of [
    ["no slot", { slots: {}, traffic: {} }, /slots: got none; allowed: one slot at least/],
    [
      "a slot that has nothing",
      { slots: { blue: model(1) }, traffic: {} },
      /traffic: got 0 percent together; allowed: 100/,
    ],
    [
      "a mirror",
      { slots: { blue: model(1), green: model(2) }, traffic: { blue: 100 }, mirror: { green: 10 } },
      /mirror: got green; allowed: nothing/,
    ],
  ] as const) {
    it(`fails for a release with ${what}`, async () => {
      await assert.rejects(async () => program({ release })(), message);
    });
  }

  describe("in the simulated workspace", () => {
    let directory: string;
    let cloud: SimulatedCloud;
    let stack: RehearsalStack;

    beforeEach(async () => {
      directory = mkdtempSync(join(tmpdir(), "serving-"));
      cloud = await SimulatedCloud.open(join(directory, "cloud.json"), { seed: SEED });
      stack = await rehearse(program(), { providers: (name) => cloud.providers(name) });
    });
    afterEach(async () => {
      await stack.close();
      await cloud.close();
      rmSync(directory, { recursive: true, force: true });
    });
    const outputs = async () => {
      const { slots, traffic } = await stack.outputs();
      return [slots!.value, traffic!.value];
    };

    it("keeps what a release has made in any other update", async () => {
      await stack.up();
      assert.deepEqual(await outputs(), [{ blue: model(1) }, { blue: 100 }]);
      const release = { slots: { blue: model(1), green: model(2) }, traffic: { blue: 90, green: 10 } };
      await stack.up({ program: program({ release }) });
      await stack.up({ program: program(), expectNoChanges: true });
      await stack.up({ program: program({ workloadSize: "Large" }), expectNoChanges: true });
      assert.deepEqual(await outputs(), [release.slots, release.traffic]);
      await stack.up({ program: program({ release: { slots: { green: model(2) }, traffic: { green: 100 } } }) });
      await stack.up({ program: program(), expectNoChanges: true });
      assert.deepEqual(await outputs(), [{ green: model(2) }, { green: 100 }]);
    });
  });
});
