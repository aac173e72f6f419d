import assert from "node:assert/strict";
import type { PropertyMap } from "../../../rehearsal/engine/values/property-value";
import { makeSecret } from "../../../rehearsal/engine/values/secret-value";
import { Driver, withCloud } from "./support/cloud-fixture";

const identity = { urn: "urn:pulumi:dev::p::pulumi:providers:aws::aws", type: "pulumi:providers:aws", name: "aws" };
const subscription = "22222222-2222-4222-8222-222222222222";
const dev = '["111111111111"]';

describe("a provider's configuration", () => {
  const cases: [string, string, PropertyMap, RegExp][] = [
    ["an unknown setting", "aws", { regoin: "eu-west-1" }, /^regoin: .*did you mean "region"/],
    ["a region that is none", "aws", { region: "europe" }, /^region: must be a region/],
    [
      "an account that does not exist",
      "aws",
      { allowedAccountIds: '["999999999999"]' },
      /AWS account ID not allowed: none; .*111111111111/,
    ],
    [
      "a profile of another account than allowed",
      "aws",
      { profile: "prd", allowedAccountIds: dev },
      /AWS account ID not allowed: 333333333333/,
    ],
    ["a profile that does not exist", "aws", { profile: "none" }, /failed to get shared config profile, none/],
    [
      "a role in an account that does not exist",
      "aws",
      { assumeRoles: '[{"roleArn":"arn:aws:iam::999999999999:role/a"}]' },
      /AccessDenied/,
    ],
    [
      "accounts both allowed and forbidden",
      "aws",
      { allowedAccountIds: dev, forbiddenAccountIds: dev },
      /^forbiddenAccountIds: conflicts/,
    ],
    ["an owner that does not exist", "github", { owner: "none" }, /has no owner "none", but acme/],
    ["another subscription", "azure-native", { subscriptionId: "x" }, /SubscriptionNotFound/],
    [
      "a tenant that the subscription does not belong to",
      "azure-native",
      { subscriptionId: subscription, tenantId: "55555555-5555-4555-8555-555555555555" },
      /wrong issuer '55555555-.*belongs to the tenant '11111111-/,
    ],
    ["a tenant that does not exist", "azure-native", { tenantId: "x" }, /AADSTS90002: Tenant 'x' not found/],
    ["a directory that does not exist", "azuread", { tenantId: "x" }, /AADSTS90002: Tenant 'x' not found/],
    ["a Databricks provider without an address", "databricks", {}, /host is empty/],
    [
      "a Databricks account that does not exist",
      "databricks",
      { host: "https://accounts.azuredatabricks.net", accountId: "x" },
      /no Databricks account 'x'; .* 33333333/,
    ],
  ];
  for (const [what, pkg, newInputs, expected] of cases) {
    it(`fails for ${what}`, () =>
      withCloud(async (cloud) => {
        const { failures = [] } = await cloud.providers(pkg)!.checkConfig!({ ...identity, newInputs });
        const texts = failures.map(({ property, reason }) => `${property}: ${reason}`);
        assert.ok(
          texts.some((text) => expected.test(text)),
          texts.join("\n") || "no fault",
        );
      }));
  }

  it("passes with secrets, JSON and what belongs to the engine", () =>
    withCloud(async (cloud) => {
      const newInputs = { version: "6.15.0", owner: "acme", token: makeSecret("hush"), retryableErrors: "[500]" };
      assert.deepEqual(await cloud.providers("github")!.checkConfig!({ ...identity, newInputs }), {
        inputs: newInputs,
        failures: [],
      });
    }));

  const diffs: [string, string, PropertyMap, PropertyMap, string[]][] = [
    [
      "another account replaces",
      "aws",
      { allowedAccountIds: dev },
      { allowedAccountIds: '["222222222222"]' },
      ["allowedAccountIds"],
    ],
    [
      "one more allowed account does not",
      "aws",
      { allowedAccountIds: dev },
      { allowedAccountIds: '["111111111111","222222222222"]' },
      [],
    ],
    [
      "another subscription replaces",
      "azure-native",
      { subscriptionId: subscription },
      { subscriptionId: "66666666-6666-4666-8666-666666666666" },
      ["subscriptionId"],
    ],
    [
      "another workspace replaces",
      "databricks",
      { host: "https://adb-1.1.azuredatabricks.net" },
      { host: "https://adb-2.2.azuredatabricks.net/" },
      ["host"],
    ],
    ["another region does not", "aws", { region: "eu-west-1" }, { region: "us-east-1" }, []],
    [
      "a new token does not",
      "github",
      { owner: "acme", token: makeSecret("a") },
      { owner: "acme", token: makeSecret("b") },
      [],
    ],
  ];
  for (const [what, pkg, oldInputs, newInputs, replaceKeys] of diffs) {
    it(`${what}`, () =>
      withCloud(async (cloud) => {
        const request = { ...identity, oldInputs, oldOutputs: oldInputs, newInputs, ignoreChanges: [] };
        const diff = await cloud.providers(pkg)!.diffConfig!(request);
        assert.deepEqual([diff.changes, diff.replaceKeys], ["some", replaceKeys]);
        assert.equal((await cloud.providers(pkg)!.diffConfig!({ ...request, newInputs: oldInputs })).changes, "none");
      }));
  }

  it("decides in which account a resource is made", () =>
    withCloud(async (cloud) => {
      const prd = await Driver.configured(cloud, "aws", { profile: "prd" });
      const { scope } = {
        ...(await prd.create("aws:s3/bucket:Bucket", { bucket: "acme" })),
        ...cloud.get("aws:s3/bucket:Bucket", "acme")!,
      };
      assert.equal(scope, "aws:333333333333");
    }));

  it("must come before any use", () =>
    withCloud(async (cloud) => {
      await assert.rejects(
        cloud.providers("aws")!.invoke({ token: "aws:index/getRegion:getRegion", args: {} }),
        /used before it was configured/,
      );
    }));
});
