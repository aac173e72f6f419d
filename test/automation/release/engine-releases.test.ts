import assert from "node:assert/strict";
import { releaseDeploy } from "../../../automation/commands/release-deploy";
import { releasePromote } from "../../../automation/commands/release-promote";
import type { ReleaseDeps } from "../../../automation/commands/release-session";
import { releaseTest } from "../../../automation/commands/release-test";
import { up } from "../../../automation/commands/up";
import { openSimulatedCloud } from "../../../automation/engine/open-simulated-cloud";
import { rehearsalPaths } from "../../../automation/engine/rehearsal-paths";
import { rehearsedEndpoint } from "../../../automation/engine/rehearsed-endpoint";
import type { OnlineEndpointPort, Slot } from "../../../automation/ports/online-endpoints";
import { otherSlot } from "../../../automation/release/traffic";
import { readAzureEndpoint } from "../../../rehearsal";
import type { SimulatedCloud } from "../../../rehearsal/cloud/simulated-cloud";
import { slotFaultKey, slotFaultResource } from "../../../rehearsal/cloud/slot-fault";
import type { CliProject } from "../../support/cli-project";
import { ENDPOINT, ENDPOINT_REFERENCE, endpointProject } from "../../support/endpoint-project";
import { inlineEngine } from "../../support/inline-program";
import { ReleaseWitness } from "../../support/release-witness";
import { verbDeps } from "../../support/verb-deps";

/** How many releases are made each way: `TRUNKLINE_RELEASES=100 npm run test:releases` for all of them. */
const RELEASES = Number(process.env.TRUNKLINE_RELEASES ?? 3);
const PER_SECOND = 20;
const BODY = JSON.stringify({ data: [{ distance_km: 5, duration_min: 12 }] });
const VERSIONS = ["1", "2", "3"];

/** What a test has of an endpoint that is live. */
interface Live {
  readonly cloud: SimulatedCloud;
  readonly witness: ReleaseWitness;
  /** Deploys the next version, and tests it. */
  readonly deploy: () => Promise<Slot>;
  readonly promote: (steps: string, holdMs: number) => ReturnType<typeof releasePromote>;
}

/**
 * An environment with its endpoint, made by `up` and released to by the verbs, with the program and the embedded engine;
 * the program runs in this process. The endpoint is served the whole time and not by each verb anew, so that requests can
 * be sent between them as well.
 */
async function withLive(work: (live: Live) => Promise<void>): Promise<void> {
  const project: CliProject = endpointProject();
  const base = { cwd: project.root, env: "dev", target: "rehearsal" } as const;
  const paths = rehearsalPaths(project.root);
  const deps = { ...verbDeps(), env: {} };
  try {
    assert.equal((await up(deps, base)).kind, "done");
    const lease = await openSimulatedCloud(project.root, paths);
    const served = await rehearsedEndpoint(lease.cloud, ENDPOINT_REFERENCE, { env: {} });
    let stop = async () => {};
    try {
      const staying: OnlineEndpointPort = { ...served, close: async () => {} };
      const releasing: ReleaseDeps = {
        ...deps,
        openEngine: async (request) => ({ ...(await inlineEngine(request)), openEndpoint: async () => staying }),
      };
      let count = 0;
      const promotion = { ...base, every: "100ms", maxErrors: 1, fewest: 3, load: 0 };
      const live: Live = {
        cloud: lease.cloud,
        witness: ReleaseWitness.of(lease.cloud, ENDPOINT),
        deploy: async () => {
          const model = `taxi-fares:${VERSIONS[count++ % VERSIONS.length]}`;
          const deployed = await releaseDeploy(releasing, { ...base, model, timeout: "5m" });
          assert.equal(deployed.model, model);
          assert.equal((await releaseTest(releasing, base)).kind, "passed");
          return deployed.slot;
        },
        promote: (steps, holdMs) => releasePromote(releasing, { ...promotion, steps, hold: `${holdMs}ms` }),
      };
      assert.equal(await live.deploy(), "green");
      assert.equal((await live.promote("100", 0)).kind, "promoted");
      stop = served.load?.(BODY, PER_SECOND, live.witness.answered) ?? assert.fail("nobody sends requests");
      await work(live);
    } finally {
      await stop();
      await served.close();
      await lease.close();
    }
  } finally {
    project.remove();
  }
}

describe(`${RELEASES} alternating releases by the verbs and the engine, under a steady load`, function () {
  this.timeout(0);

  it("fail no request, and each answer comes from a slot that the map of its moment allows", () =>
    withLive(async ({ witness, deploy, promote }) => {
      let expected: Slot = "blue";
      for (let i = 0; i < RELEASES; i++) {
        const slot = await deploy();
        assert.equal(slot, expected);
        const { kind, traffic } = await promote(i % 2 === 0 ? "30,100" : "100", 300);
        assert.deepEqual([kind, traffic], ["promoted", { [slot]: 100 }], `release ${i}`);
        expected = otherSlot(slot);
      }
      console.log(`        ${witness.answers} answers, ${witness.failed} failed`);
      assert.deepEqual([witness.failed, witness.stray], [0, []]);
      assert.ok(witness.answers > RELEASES * 20, `${witness.answers} answers`);
    }));

  it("are each taken back where the new slot fails, and what that costs is told", () =>
    withLive(async ({ cloud, witness, deploy, promote }) => {
      let [errors, requests] = [0, 0];
      for (let i = 0; i < RELEASES; i++) {
        assert.equal(await deploy(), "blue");
        await cloud.commit({ put: [slotFaultResource(ENDPOINT, "blue", { failRate: 1 }, new Date().toISOString())] });
        const { kind, traffic, budget } = await promote("30,100", 10_000);
        assert.deepEqual([kind, traffic], ["returned", { green: 100 }], `release ${i}`);
        errors += budget.errors;
        requests += budget.requests;
        await cloud.commit({ remove: [slotFaultKey(ENDPOINT, "blue")] });
      }
      const { answers, failed } = witness;
      console.log(
        `        error budget spent: ${failed} of ${answers} requests failed; ${errors} of ${requests} were seen`,
      );
      assert.deepEqual(witness.stray, []);
      assert.ok(errors >= RELEASES && failed >= errors, `${errors} seen, ${failed} failed`);
    }));
});

describe("a release to an endpoint that others have removed", function () {
  this.timeout(0);

  it("makes it anew, with green and without traffic, and goes on", () =>
    withLive(async ({ cloud, deploy, promote }) => {
      const removed = cloud.list().find(({ id }) => id.endsWith(`/onlineEndpoints/${ENDPOINT}`)) ?? assert.fail();
      await cloud.remove(removed.type, removed.id);
      assert.equal(await deploy(), "green");
      assert.deepEqual(readAzureEndpoint(cloud, ENDPOINT)?.traffic, {});
      const { kind, traffic } = await promote("100", 0);
      assert.deepEqual([kind, traffic], ["promoted", { green: 100 }]);
    }));
});
