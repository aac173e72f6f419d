import assert from "node:assert/strict";
import { AutomationError } from "../../../automation/errors";
import { abortRelease, retireSlot, rollBack } from "../../../automation/release/end-release";
import { setTraffic } from "../../../automation/release/set-traffic";
import { deploy, promote, PROMOTION, served, test, world } from "../../support/release-runs";

const refusal = (code: string, text: RegExp) => (error: unknown) =>
  error instanceof AutomationError && error.code === code && text.test(error.message);

describe("a release that cannot begin or go on", () => {
  it("fails without a registered model", async () => {
    const { endpoint, ports } = world(0);
    await assert.rejects(deploy(ports), refusal("usage", /model fare is not registered/));
    assert.deepEqual(endpoint.slots, {});
  });

  it("fails where both slots are live", async () => {
    const { ports } = await served();
    await deploy(ports, "2");
    await setTraffic(ports, { green: 90, blue: 10 });
    await assert.rejects(deploy(ports, "3"), refusal("refused", /both slots are live/));
  });

  it("fails where the quota does not suffice, having said what it takes", async () => {
    const { endpoint, notes, ports } = world();
    endpoint.quotas = { family: "standardDSv2Family", coresPerInstance: 4, used: 95, limit: 100 };
    await assert.rejects(deploy(ports), refusal("refused", /12 of 5 free cores/));
    assert.match(notes[0] ?? "", /takes quota for 3 instances \(20 % in reserve\)/);
    assert.deepEqual(endpoint.slots, {});
  });

  it("fails where a slot fails to come up, with its log, and requests go where they went", async () => {
    const { endpoint, ports } = await served();
    endpoint.faults = { blue: { unhealthy: "failed" } };
    await assert.rejects(deploy(ports, "2"), refusal("fault", /failed to come up; its log ends with\nImportError/));
    assert.deepEqual(endpoint.traffic, { green: 100 });
    endpoint.faults = {};
    assert.equal((await deploy(ports, "2")).slot, "blue");
  });

  it("fails where a slot never becomes healthy: after its time is over, with its log", async () => {
    const { endpoint, ports } = await served();
    endpoint.faults = { blue: { unhealthy: "changing" } };
    await assert.rejects(
      deploy(ports, "2"),
      refusal("fault", /not healthy after 600 s; its log ends with\nImportError/),
    );
  });

  it("tries once more where Azure cancelled the deployment by itself", async () => {
    const { ports } = await served();
    let times = 0;
    const apply: typeof ports.apply = async (step) => {
      if (times++ === 0) throw new AutomationError("fault", "OperationCanceled: another operation has priority");
      await ports.apply(step);
    };
    assert.equal((await deploy({ ...ports, apply }, "2")).slot, "blue");
    assert.equal(times, 2);
  });

  it("fails to be promoted before it was tested, and after its test failed", async () => {
    const { endpoint, ports } = await served();
    await deploy(ports, "2");
    await assert.rejects(promote(ports), refusal("refused", /has not passed its test/));
    endpoint.faults = { blue: { failRate: 1 } };
    const tested = await test(ports);
    assert.equal(tested.kind, "failed");
    assert.deepEqual(tested.cases[0]?.faults, ["status is 500, expected is 200: the model failed"]);
    await assert.rejects(promote(ports), refusal("refused", /has not passed its test/));
  });

  it("fails over traffic that somebody else has set, until a slot is named", async () => {
    const { endpoint, ports } = await served();
    await deploy(ports, "2");
    await test(ports);
    endpoint.traffic = { green: 70, blue: 30 };
    await assert.rejects(
      promote(ports),
      refusal("refused", /changed outside of this release: it is blue 30 %, green 70 %/),
    );
    await rollBack(ports, "green");
    assert.deepEqual(endpoint.traffic, { green: 100 });
  });

  it("fails for a map that does not add up", async () => {
    const { ports } = await served();
    await deploy(ports, "2");
    await assert.rejects(setTraffic(ports, { green: 80, blue: 10 }), refusal("refused", /add up to 100, got 90/));
  });

  it("fails to go back where nothing was served before, and where the old slot is removed", async () => {
    const { ports } = world();
    await deploy(ports, "1");
    await test(ports);
    await promote(ports);
    await assert.rejects(rollBack(ports), refusal("refused", /no map to go back to/));
    await deploy(ports, "2");
    await test(ports);
    await promote(ports, { ...PROMOTION });
    await retireSlot(ports);
    await assert.rejects(rollBack(ports), refusal("refused", /green, which served before fare:2, was removed/));
  });

  it("fails to remove the only slot that serves, and to abort what is promoted", async () => {
    const { ports } = world();
    await deploy(ports, "1");
    await test(ports);
    await setTraffic(ports, { green: 100 });
    await assert.rejects(abortRelease(ports), refusal("refused", /only green serves/));
    await promote(ports);
    await assert.rejects(abortRelease(ports), refusal("refused", /is promoted/));
  });

  it("fails to retire while both slots are live", async () => {
    const { ports } = await served();
    await deploy(ports, "2");
    await setTraffic(ports, { green: 50, blue: 50 });
    await assert.rejects(retireSlot(ports), refusal("refused", /no slot has all traffic/));
  });
});
