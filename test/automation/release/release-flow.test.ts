import assert from "node:assert/strict";
import { AutomationError } from "../../../automation/errors";
import { abortRelease, retireSlot, rollBack } from "../../../automation/release/end-release";
import { setTraffic } from "../../../automation/release/set-traffic";
import { otherSlot } from "../../../automation/release/traffic";
import { MemoryJournal, memoryPorts } from "../../support/memory-endpoint";
import { deploy, promote, served, test, world } from "../../support/release-runs";

const refusal = (code: string, text: RegExp) => (error: unknown) =>
  error instanceof AutomationError && error.code === code && text.test(error.message);

describe("a release", () => {
  it("makes the endpoint with green, then serves from it", async () => {
    const { endpoint, ports } = world();
    const { slot, model } = await deploy(ports, "1");
    assert.deepEqual([slot, model, endpoint.traffic], ["green", "fare:1", {}]);
    assert.equal((await test(ports)).kind, "passed");
    const promotion = await promote(ports);
    assert.equal(promotion.kind, "promoted");
    assert.deepEqual(endpoint.traffic, { green: 100 });
  });

  it("takes the newest model to the free slot, step by step, and keeps the old slot", async () => {
    const { endpoint, ports } = await served();
    const { slot, model } = await deploy(ports);
    assert.deepEqual([slot, model], ["blue", "fare:200"]);
    await test(ports);
    const { kind, timeline } = await promote(ports);
    assert.equal(kind, "promoted");
    assert.deepEqual([...new Set(timeline.map(({ traffic }) => traffic.blue))], [10, 50, 100]);
    assert.equal(timeline.length, 18);
    assert.deepEqual(endpoint.traffic, { blue: 100 });
    assert.equal(endpoint.slots.green?.model, "fare:1");
  });

  it("swaps at once where no steps are asked for", async () => {
    const { endpoint, ports } = await served();
    await deploy(ports);
    await test(ports);
    const { timeline } = await promote(ports, { steps: [100], holdMs: 0 });
    assert.deepEqual([endpoint.traffic, timeline], [{ blue: 100 }, []]);
  });

  it("goes back, and removes the idle slot when it is told to", async () => {
    const { endpoint, ports } = await served();
    await deploy(ports, "2");
    await test(ports);
    await promote(ports);
    await rollBack(ports);
    await rollBack(ports);
    assert.deepEqual(endpoint.traffic, { green: 100 });
    assert.deepEqual((await retireSlot(ports)).removed, ["blue"]);
    assert.deepEqual((await retireSlot(ports)).removed, []);
    assert.deepEqual(Object.keys(endpoint.slots), ["green"]);
  });

  it("removes a slot to which the endpoint gives a share of nothing", async () => {
    const { endpoint, ports } = await served();
    await deploy(ports, "2");
    endpoint.traffic = { green: 100, blue: 0 };
    assert.deepEqual((await retireSlot(ports)).removed, ["blue"]);
    assert.deepEqual(endpoint.traffic, { green: 100 });
  });

  it("ends by abort in its midst: requests go where they went, the new slot is gone", async () => {
    const { endpoint, ports } = await served();
    await deploy(ports, "2");
    await test(ports);
    await setTraffic(ports, { green: 90, blue: 10 });
    await abortRelease(ports);
    await abortRelease(ports);
    assert.deepEqual([endpoint.traffic, Object.keys(endpoint.slots)], [{ green: 100 }, ["green"]]);
  });

  it("stops copies to a slot before it removes it", async () => {
    const { endpoint, ports } = await served();
    await deploy(ports, "2");
    await setTraffic(ports, { green: 100 }, { blue: 20 });
    assert.deepEqual(endpoint.mirror, { blue: 20 });
    await abortRelease(ports);
    assert.deepEqual([endpoint.mirror, Object.keys(endpoint.slots)], [{}, ["green"]]);
  });

  it("continues after it was told to stop, with the step that it was at", async () => {
    const { endpoint, journal, ports } = await served();
    await deploy(ports, "2");
    await test(ports);
    const controller = new AbortController();
    let looks = 0;
    const stopping = { ...ports, signal: controller.signal, sampled: () => void (++looks === 8 && controller.abort()) };
    const stopped = await promote(stopping);
    assert.deepEqual([stopped.kind, endpoint.traffic], ["stopped", { blue: 50, green: 50 }]);
    const before = journal.entries.length;
    assert.equal((await promote(ports)).kind, "promoted");
    const held = journal.entries.slice(before).flatMap((entry) => (entry.kind === "held" ? [entry.percent] : []));
    assert.deepEqual(held, [50, 100]);
  });

  it("takes over on another machine what was deployed there", async () => {
    const { endpoint, ports } = await served();
    await deploy(ports, "2");
    const journal = new MemoryJournal(() => new Date(endpoint.now));
    const elsewhere = memoryPorts(endpoint, journal);
    await assert.rejects(promote(elsewhere), refusal("usage", /no release of this endpoint was begun from here/));
    assert.equal((await test(elsewhere)).kind, "passed");
    assert.equal((await promote(elsewhere)).kind, "promoted");
    assert.deepEqual(endpoint.traffic, { blue: 100 });
  });
});

describe("a release that is watched", () => {
  it("returns as soon as the new slot fails more than it may", async () => {
    const { endpoint, ports } = await served();
    await deploy(ports, "2");
    await test(ports);
    endpoint.faults = { blue: { failRate: 0.2 } };
    const { kind, reason, budget } = await promote(ports);
    assert.equal(kind, "returned");
    assert.match(reason ?? "", /requests failed: .* the limit is 1 %/);
    assert.deepEqual(endpoint.traffic, { green: 100 });
    assert.ok(budget.errors > budget.allowed);
    await assert.rejects(promote(ports), refusal("refused", /was returned/));
  });

  it("returns where the new slot is too slow", async () => {
    const { endpoint, ports } = await served();
    await deploy(ports, "2");
    await test(ports);
    endpoint.faults = { blue: { delayMs: 500 } };
    const { kind, reason } = await promote(ports);
    assert.deepEqual([kind, endpoint.traffic], ["returned", { green: 100 }]);
    assert.match(reason ?? "", /took up to 510 ms, the limit is 200 ms/);
  });

  it("returns where metrics cannot be read any more", async () => {
    const { endpoint, ports } = await served();
    await deploy(ports, "2");
    await test(ports);
    endpoint.metrics = async () => Promise.reject(new Error("429 Too Many Requests"));
    const { kind, reason } = await promote(ports);
    assert.deepEqual(
      [kind, reason, endpoint.traffic],
      ["returned", "metrics cannot be read: 429 Too Many Requests", { green: 100 }],
    );
  });

  it("returns where the new slot is not healthy any more between two steps", async () => {
    const { endpoint, ports } = await served();
    await deploy(ports, "2");
    await test(ports);
    const break_ = () =>
      void (endpoint.traffic.blue === 10 && (endpoint.slots.blue = { model: "fare:2", state: "failed" }));
    endpoint.perSecond = 0;
    const { kind, reason } = await promote({ ...ports, sampled: break_ });
    assert.deepEqual([kind, reason, endpoint.traffic], ["returned", "blue is failed", { green: 100 }]);
  });

  it("says where nobody asked the new slot anything, and goes on", async () => {
    const { endpoint, notes, ports } = await served();
    endpoint.perSecond = 0;
    await deploy(ports, "2");
    await test(ports);
    assert.equal((await promote(ports)).kind, "promoted");
    assert.ok(notes.includes("no request reached the new slot: it is not judged"), notes.join("\n"));
  });

  it("keeps a first slot that fails: nothing else could serve", async () => {
    const { endpoint, ports } = world();
    await deploy(ports, "1");
    await test(ports);
    endpoint.perSecond = 50;
    endpoint.faults = { green: { failRate: 1 } };
    await assert.rejects(promote(ports), refusal("fault", /nothing was served before, so green keeps its traffic/));
    assert.deepEqual(endpoint.traffic, { green: 100 });
  });
});

describe("100 alternating releases under a steady load", () => {
  it("fail no request, and each answer comes from a slot that the map allows", async () => {
    const { endpoint, ports } = await served();
    let expected = otherSlot("green");
    for (let i = 0; i < 100; i++) {
      const { slot } = await deploy(ports, String(i + 2));
      assert.equal(slot, expected);
      await test(ports);
      assert.equal((await promote(ports)).kind, "promoted");
      expected = otherSlot(slot);
    }
    assert.equal(endpoint.unserved, 0);
    assert.equal(endpoint.served.filter(({ failed }) => failed).length, 0);
    assert.equal(endpoint.served.length, 100 * 3 * 60 * 50);
  });

  it("are each taken back where the new slot fails, and the budget that they spend is told", async () => {
    const { endpoint, ports } = await served();
    let [errors, requests] = [0, 0];
    for (let i = 0; i < 100; i++) {
      const { slot } = await deploy(ports, String(i + 2));
      assert.equal(slot, "blue");
      await test(ports);
      endpoint.faults = { blue: i % 2 === 0 ? { failRate: 0.05 + i / 200 } : { delayMs: 201 + i } };
      const { kind, budget } = await promote(ports);
      assert.equal(kind, "returned", `release ${i}`);
      assert.deepEqual(endpoint.traffic, { green: 100 });
      errors += budget.errors;
      requests += budget.requests;
      endpoint.faults = {};
    }
    const all = endpoint.served.length;
    console.log(`      error budget spent: ${errors} of ${all} requests failed, ${requests} had reached a new slot`);
    assert.equal(errors, endpoint.served.filter(({ failed }) => failed).length);
    assert.ok(errors > 0 && errors / requests < 0.5);
  });
});
