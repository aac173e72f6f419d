import assert from "node:assert/strict";
import { AutomationError } from "../../../automation/errors";
import type { Slot } from "../../../automation/ports/online-endpoints";
import { abortRelease, retireSlot, rollBack } from "../../../automation/release/end-release";
import { nextReleaseStep } from "../../../automation/release/next-step";
import type { ReleasePorts } from "../../../automation/release/release-ports";
import { setTraffic } from "../../../automation/release/set-traffic";
import { split } from "../../../automation/release/traffic";
import { Killed, memoryPorts } from "../../support/memory-endpoint";
import { assertServes, deploy, promote, test, world } from "../../support/release-runs";

const OPTIONS = { holdMs: 20_000, sampleMs: 10_000 };

async function served() {
  const { endpoint, journal, ports } = world(9);
  await deploy(ports, "1");
  await test(ports);
  await promote(ports, OPTIONS);
  endpoint.perSecond = 50;
  return { endpoint, journal, ports };
}

/** Runs the verbs that come next, as a person or CI would who runs the pipeline again. */
async function finish({ endpoint, journal, ports }: Awaited<ReturnType<typeof served>>): Promise<void> {
  if (journal.record?.model !== "fare:2") await deploy(ports, "2");
  for (let verbs = 0; verbs < 6; verbs++) {
    const { step } = nextReleaseStep(journal.record, await endpoint.live());
    if (step === "deploy") await deploy(ports, "2");
    else if (step === "test") await test(ports);
    else if (step === "promote") await promote(ports, OPTIONS);
    else if (step === "rollback") await rollBack(ports);
    else return assert.equal(step, "none");
  }
  assert.fail("the release has no end");
}

const release = async (ports: ReleasePorts) => {
  await deploy(ports, "2");
  await test(ports);
  await promote(ports, OPTIONS);
};

const SCENARIOS: Readonly<Record<string, (ports: ReleasePorts) => Promise<unknown>>> = {
  release,
  "release and rollback": async (ports) => {
    await release(ports);
    await rollBack(ports);
  },
  "release with copies, and abort": async (ports) => {
    await deploy(ports, "2");
    await test(ports);
    await setTraffic(ports, { green: 100 }, { blue: 30 });
    await setTraffic(ports, split("blue", 10));
    await abortRelease(ports);
  },
  "release and retirement": async (ports) => {
    await release(ports);
    await retireSlot(ports);
  },
};

async function pointsOf(run: (ports: ReleasePorts) => Promise<unknown>): Promise<string[]> {
  const { endpoint, journal } = await served();
  const points: string[] = [];
  await run(memoryPorts(endpoint, journal, { strike: (point) => void points.push(point) }));
  return points;
}

/** The world after a run that was killed at one of its points. */
async function killedAt(run: (ports: ReleasePorts) => Promise<unknown>, at: number) {
  const all = await served();
  let count = 0;
  let point = "";
  const strike = (name: string): void => {
    if (count++ < at) return;
    point ||= name;
    throw new Killed(name);
  };
  await assert.rejects(run(memoryPorts(all.endpoint, all.journal, { strike })));
  assertServes(all.endpoint);
  return { ...all, point };
}

describe("a release that is killed", function () {
  this.timeout(600_000);

  for (const [name, run] of Object.entries(SCENARIOS)) {
    it(`at any point of a ${name} continues to a map of healthy slots`, async () => {
      const points = await pointsOf(run);
      assert.ok(points.length > 40, `${points.length} points`);
      for (const at of points.keys()) {
        const all = await killedAt(run, at);
        const { outcome } = all.journal.record ?? {};
        // What was ended is begun anew, as the next model would be.
        await finish(all);
        const { traffic, slots } = all.endpoint;
        const [slot] = Object.keys(traffic) as Slot[];
        assert.deepEqual(Object.values(traffic), [100], `${all.point}: ${outcome}`);
        assert.ok(
          slot && slots[slot]?.model === "fare:2",
          `${all.point}: ${slot} serves ${slots[slot ?? "blue"]?.model}`,
        );
        assert.equal(all.endpoint.unserved, 0);
      }
      console.log(`      ${points.length} points`);
    });
  }

  it("at any point goes back to the map before", async () => {
    const points = await pointsOf(release);
    for (const at of points.keys()) {
      const all = await killedAt(release, at);
      const begun = all.journal.record?.model === "fare:2";
      if (begun) await rollBack(all.ports);
      assert.deepEqual(all.endpoint.traffic, { green: 100 }, all.point);
      assert.equal(all.endpoint.slots.green?.model, "fare:1");
    }
  });

  it("at any point is aborted, with nothing left of it, unless it is promoted", async () => {
    const points = await pointsOf(release);
    let [aborted, promoted] = [0, 0];
    for (const at of points.keys()) {
      const all = await killedAt(release, at);
      const { model, outcome } = all.journal.record ?? {};
      if (model !== "fare:2") continue;
      if (outcome === "promoted") {
        promoted++;
        await assert.rejects(abortRelease(all.ports), AutomationError);
        continue;
      }
      await abortRelease(all.ports);
      aborted++;
      assert.deepEqual([all.endpoint.traffic, Object.keys(all.endpoint.slots)], [{ green: 100 }, ["green"]], all.point);
    }
    assert.ok(aborted > 40 && promoted > 0, `${aborted} aborted, ${promoted} promoted`);
  });
});
