import assert from "node:assert/strict";
import type { FaultRule } from "../../../rehearsal/cloud/faults";
import { FaultPlan } from "../../../rehearsal/cloud/faults";
import type { SimulatedCloud } from "../../../rehearsal/cloud/simulated-cloud";
import { PartialFailure } from "../../../rehearsal/engine/provider/partial-failure";
import { Driver, withCloud } from "./support/cloud-fixture";

const BUCKET = "aws:s3/bucket:Bucket";

const withFaults = (faults: readonly FaultRule[], test: (driver: Driver, cloud: SimulatedCloud) => Promise<void>) =>
  withCloud(async (cloud) => test(await Driver.configured(cloud, "aws"), cloud), { faults });

describe("fault rules", () => {
  it("refuse as often as they say, from the call that they say", () =>
    withFaults(
      [{ match: { operation: "create", type: BUCKET }, times: 1, after: 1, fault: { error: "out of buckets" } }],
      async (driver, cloud) => {
        await driver.create(BUCKET, { bucket: "aaa" }, "a");
        await assert.rejects(driver.create(BUCKET, { bucket: "bbb" }, "b"), /^CloudError: out of buckets$/);
        assert.equal(cloud.get(BUCKET, "bbb"), undefined);
        await driver.create(BUCKET, { bucket: "bbb" }, "b");
      },
    ));

  it("leave a resource half made: it exists, and the failure says why it is not ready", () =>
    withFaults(
      [{ match: { operation: "create" }, times: 1, fault: { partialFailure: ["not ready"] } }],
      async (driver, cloud) => {
        await assert.rejects(driver.create(BUCKET, { bucket: "acme" }), (error) => {
          assert.ok(error instanceof PartialFailure);
          assert.deepEqual([error.id, error.reasons, error.outputs.arn], ["acme", ["not ready"], "arn:aws:s3:::acme"]);
          return true;
        });
        assert.ok(cloud.get(BUCKET, "acme"));
      },
    ));

  it("match a resource by the end of its URN, and throttle", () =>
    withFaults([{ match: { urn: "::slow", operation: "delete" }, fault: { throttled: true } }], async (driver) => {
      await driver.delete(await driver.create(BUCKET, { bucket: "aaa" }, "fast"));
      await assert.rejects(driver.delete(await driver.create(BUCKET, { bucket: "bbb" }, "slow")), /TooManyRequests/);
    }));

  it("leave previews alone unless they are meant", async () => {
    const rule: FaultRule = { match: { operation: "create" }, fault: { error: "no" } };
    await withFaults([rule], async (driver) => {
      await driver.preview(BUCKET, {});
    });
    await withFaults([{ ...rule, match: { ...rule.match, preview: true } }], async (driver) => {
      await assert.rejects(driver.preview(BUCKET, {}), /no/);
      await driver.create(BUCKET, {});
    });
  });

  it("fail when they could never have their effect", () => {
    assert.throws(
      () => new FaultPlan([{ match: { operation: "delete" }, fault: { partialFailure: ["x"] } }]),
      /"create" or "update", got "delete"/,
    );
  });
});

describe("latency", () => {
  it("is given per operation, and ends when the provider is cancelled", () =>
    withCloud(
      async (cloud) => {
        const driver = await Driver.configured(cloud, "aws");
        const creation = driver.create(BUCKET, { bucket: "acme" });
        await driver.check(BUCKET, "other", {});
        await driver.provider.cancel!();
        await assert.rejects(creation, /the operation was cancelled/);
        assert.equal(cloud.get(BUCKET, "acme"), undefined);
      },
      { latency: (operation) => (operation === "create" ? 60_000 : 0) },
    ));

  it("by a fault rule slows matching calls only", () =>
    withFaults([{ match: { operation: "update" }, fault: { delayMs: 60_000 } }], async (driver, cloud) => {
      const bucket = await driver.create(BUCKET, { bucket: "acme" });
      const update = driver.update(bucket, { bucket: "acme", tags: { a: "b" } });
      setImmediate(() => void driver.provider.cancel!());
      await assert.rejects(update, /cancelled/);
      assert.equal(cloud.get(BUCKET, "acme")!.inputs.tags, undefined);
    }));
});
