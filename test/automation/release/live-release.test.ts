import assert from "node:assert/strict";
import { setTimeout } from "node:timers/promises";
import { rehearsedEndpoint } from "../../../automation/engine/rehearsed-endpoint";
import type { Slot } from "../../../automation/ports/online-endpoints";
import { deploySlot } from "../../../automation/release/deploy-slot";
import { parseExpectation } from "../../../automation/release/expectation";
import { promoteSlot } from "../../../automation/release/promote-slot";
import type { ReleasePorts, ReleaseStep } from "../../../automation/release/release-ports";
import { strayChanges } from "../../../automation/release/release-targets";
import { testSlot } from "../../../automation/release/test-slot";
import { otherSlot } from "../../../automation/release/traffic";
import { slotFaultKey, slotFaultResource } from "../../../rehearsal/cloud/slot-fault";
import { type EndpointWorld, withEndpointWorld } from "../../rehearsal/cloud/support/endpoint-world";
import type { Held } from "../../rehearsal/cloud/support/cloud-fixture";
import { ENDPOINT_REFERENCE } from "../../support/endpoint-project";
import { MemoryJournal } from "../../support/memory-endpoint";
import { OWNER } from "../../support/release-runs";
import { ReleaseWitness } from "../../support/release-witness";

/** Without an engine, which would take ten times as long: with it there are as many as engine-releases.test.ts is told. */
const RELEASES = 100;
const PER_SECOND = 30;
const BODY = JSON.stringify({ data: [{ distance_km: 5, duration_min: 12 }] });
const CASES = [{ name: "ride", body: BODY, expected: parseExpectation('{"schema":{"required":["fares"]}}', "ride") }];
type Apply = (step: ReleaseStep) => Promise<void>;

/** Changes the endpoint by the calls that the engine would make. */
async function byProvider(world: EndpointWorld): Promise<Apply> {
  let endpoint = await world.endpoint();
  const slots = new Map<string, Held>();
  return async ({ intent, touches }) => {
    for (const part of touches) {
      const version = part === "endpoint" ? undefined : intent.slots[part]?.model.split(":")[1];
      const held = slots.get(part);
      if (part === "endpoint") endpoint = await world.traffic(endpoint, { traffic: { ...intent.traffic } });
      else if (version === undefined) assert.fail("no slot is removed here");
      else if (held) slots.set(part, await world.driver.update(held, world.slotInputs(part, version)));
      else slots.set(part, await world.slot(part, version));
    }
  };
}

/** An endpoint of the simulated cloud, served over HTTP, under a steady load once it is live. */
async function withLive(
  work: (ports: ReleasePorts, world: EndpointWorld, witness: ReleaseWitness, load: () => void) => Promise<void>,
) {
  await withEndpointWorld(async (world) => {
    const apply = await byProvider(world);
    const endpoint = await rehearsedEndpoint(
      world.cloud,
      { ...ENDPOINT_REFERENCE, endpointName: "fares" },
      { env: {} },
    );
    const witness = ReleaseWitness.of(world.cloud, "fares");
    let stop: () => Promise<void> = async () => {};
    try {
      const ports: ReleasePorts = {
        endpoint,
        journal: new MemoryJournal(() => new Date()),
        apply,
        clock: () => new Date(),
        sleep: (milliseconds, signal) => setTimeout(milliseconds, undefined, { signal }),
        signal: new AbortController().signal,
        note: () => {},
        sampled: () => {},
      };
      await work(
        ports,
        world,
        witness,
        () => (stop = endpoint.load?.(BODY, PER_SECOND, witness.answered) ?? assert.fail()),
      );
    } finally {
      await stop();
      await endpoint.close();
    }
  });
}

const deploy = (ports: ReleasePorts, version: number) =>
  deploySlot(ports, {
    asked: { name: "fares", version: String(version) },
    size: { instanceType: "Standard_DS3_v2", instanceCount: 1 },
    ...{ timeoutMs: 60_000, pollMs: 50, owner: OWNER },
  });
const promote = (ports: ReleasePorts) =>
  promoteSlot(ports, { steps: [30, 100], holdMs: 300, sampleMs: 100, limits: { errorRate: 0.01, fewest: 3 } });

async function first(ports: ReleasePorts): Promise<void> {
  await deploy(ports, 1);
  assert.equal((await testSlot(ports, { cases: CASES, owner: OWNER })).kind, "passed");
  assert.equal((await promote(ports)).kind, "promoted");
}

describe(`${RELEASES} releases of a served endpoint by the provider's calls, under a steady load`, function () {
  this.timeout(1_800_000);

  it("fail no request, and each answer comes from a slot that the map allows", () =>
    withLive(async (ports, _, witness, load) => {
      await first(ports);
      load();
      let expected: Slot = "blue";
      for (let i = 0; i < RELEASES; i++) {
        const { slot } = await deploy(ports, 1 + ((i + 1) % 3));
        assert.equal(slot, expected);
        assert.equal((await testSlot(ports, { cases: CASES, owner: OWNER })).kind, "passed");
        assert.equal((await promote(ports)).kind, "promoted");
        expected = otherSlot(slot);
      }
      console.log(`        ${witness.answers} answers, ${witness.failed} failed`);
      assert.deepEqual([witness.failed, witness.stray], [0, []]);
      assert.ok(witness.answers > RELEASES * 5, `${witness.answers} answers`);
    }));

  it("are each taken back where the new slot fails", () =>
    withLive(async (ports, { cloud }, witness, load) => {
      await first(ports);
      load();
      let errors = 0;
      for (let i = 0; i < RELEASES; i++) {
        const { slot } = await deploy(ports, 1 + ((i + 1) % 3));
        assert.equal(slot, "blue");
        assert.equal((await testSlot(ports, { cases: CASES, owner: OWNER })).kind, "passed");
        await cloud.commit({ put: [slotFaultResource("fares", "blue", { failRate: 1 }, new Date().toISOString())] });
        const { kind, budget, traffic } = await promote(ports);
        assert.deepEqual([kind, traffic], ["returned", { green: 100 }], `release ${i}`);
        errors += budget.errors;
        await cloud.commit({ remove: [slotFaultKey("fares", "blue")] });
      }
      console.log(`        error budget spent: ${witness.failed} of ${witness.answers} requests failed`);
      assert.deepEqual(witness.stray, []);
      assert.ok(errors >= RELEASES && witness.failed >= errors, `${errors} seen, ${witness.failed} failed`);
    }));
});

describe("the targets of a step", () => {
  const chain =
    "urn:pulumi:dev::trunkline::a:b:Environment$trunkline:azure-ml:OnlineEndpoint$azure-native:machinelearningservices";
  const row = (urn: string, change: "create" | "update" | "delete" | "replace" | "same") => {
    return { urn, change, name: urn.split("::").at(-1) ?? "" };
  };
  const intent = { slots: {}, traffic: {} };
  const endpoint = `${chain}:OnlineEndpoint::dev-endpoint`;
  const blue = `${chain}:OnlineDeployment::dev-blue`;
  const green = `${chain}:OnlineDeployment::dev-green`;
  const deployBlue: ReleaseStep = { title: "deploy", intent, touches: ["endpoint", "blue"] };

  it("are its parts of the endpoint, and nothing else", () => {
    assert.deepEqual(
      strayChanges("azure", "dev", deployBlue, [row(endpoint, "update"), row(blue, "create"), row(green, "same")]),
      [],
    );
    assert.equal(strayChanges("azure", "dev", deployBlue, [row(green, "update")]).length, 1);
    const elsewhere = "urn:pulumi:dev::trunkline::aws:s3/bucket:Bucket::dev-endpoint";
    assert.equal(strayChanges("azure", "dev", deployBlue, [row(elsewhere, "update")]).length, 1);
  });

  it("fail where the endpoint would be made anew, or a slot would go that is not to go", () => {
    assert.equal(strayChanges("azure", "dev", deployBlue, [row(endpoint, "replace")]).length, 1);
    assert.equal(strayChanges("azure", "dev", deployBlue, [row(blue, "delete")]).length, 1);
    assert.deepEqual(strayChanges("azure", "dev", deployBlue, [row(blue, "replace")]), []);
    assert.deepEqual(strayChanges("azure", "dev", { ...deployBlue, removes: "blue" }, [row(blue, "delete")]), []);
  });
});
