import assert from "node:assert/strict";
import type { PropertyMap } from "../../../rehearsal/engine/values/property-value";
import { makeSecret } from "../../../rehearsal/engine/values/secret-value";
import { Driver, withCloud, type Held } from "./support/cloud-fixture";
import { TRUST_POLICY } from "./support/aws-examples";

const find = ({ provider }: Driver, held: Held, more: { knownIds?: string[]; inputs?: PropertyMap } = {}) =>
  provider.findInterrupted!({ ...held, knownIds: [], ...more });

describe("the answer of an interrupted creation", () => {
  const cases: [string, string, PropertyMap][] = [
    ["aws", "aws:s3/bucket:Bucket", {}],
    ["aws", "aws:iam/role:Role", { assumeRolePolicy: TRUST_POLICY, tags: { a: "b" } }],
    [
      "github",
      "github:index/actionsSecret:ActionsSecret",
      { repository: "platform", secretName: "A", plaintextValue: makeSecret("keep-it-secret") },
    ],
    ["azure-native", "azure-native:resources:ResourceGroup", { resourceGroupName: "acme", location: "westeurope" }],
  ];
  for (const [packageName, type, inputs] of cases) {
    it(`is the one that was lost: ${type}`, () =>
      withCloud(async (cloud) => {
        const driver = await Driver.configured(cloud, packageName);
        const { id, outputs, ...made } = await driver.create(type, inputs);
        assert.deepEqual(await find(driver, { ...made, id, outputs }), { id, outputs });
      }));
  }

  it("is nothing where nothing was made, or where the state has it already", () =>
    withCloud(async (cloud) => {
      const driver = await Driver.configured(cloud, "aws");
      const bucket = await driver.create("aws:s3/bucket:Bucket", {});
      assert.equal(await find(driver, bucket, { knownIds: [bucket.id] }), undefined);
      assert.equal(await find(driver, { ...bucket, urn: `${bucket.urn}2` }), undefined);
      await driver.delete(bucket);
      assert.equal(await find(driver, bucket), undefined);
    }));

  it("is nothing of another account, and nothing that other inputs made and that was retained", () =>
    withCloud(async (cloud) => {
      const driver = await Driver.configured(cloud, "aws");
      const inputs = { name: "acme", assumeRolePolicy: TRUST_POLICY };
      const role = await driver.create("aws:iam/role:Role", inputs);
      assert.equal(await find(driver, role, { inputs: { ...role.inputs, description: "another" } }), undefined);
      const elsewhere = await Driver.configured(cloud, "aws", { profile: "tst" });
      assert.equal(await find(elsewhere, role), undefined);
    }));

  it("is nothing of what exists in the state alone", () =>
    withCloud(async (cloud) => {
      const driver = await Driver.configured(cloud, "random");
      const made = await driver.create("random:index/randomUuid:RandomUuid", {});
      assert.equal(await find(driver, made), undefined);
    }));
});
