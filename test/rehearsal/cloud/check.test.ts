import assert from "node:assert/strict";
import type { PropertyMap } from "../../../rehearsal/engine/values/property-value";
import { UNKNOWN } from "../../../rehearsal/engine/values/property-value";
import { Driver, withCloud } from "./support/cloud-fixture";
import { bucketPolicyFor, IDENTITY_POLICY, TRUST_POLICY } from "./support/aws-examples";
import { BUCKET, ENVIRONMENT, LOCK_TABLE, POLICY, ROLE, TABLE } from "./support/types";

describe("check", () => {
  const cases: [string, string, PropertyMap, RegExp][] = [
    [
      "an unknown property, with the one that was meant",
      BUCKET,
      { forceDestory: true },
      /^forceDestory: .*did you mean "forceDestroy"/,
    ],
    [
      "a nested unknown property",
      "aws:s3/bucketVersioning:BucketVersioning",
      { bucket: "b", versioningConfiguration: { status: "Enabled", stat: "" } },
      /^versioningConfiguration\.stat: /,
    ],
    ["a missing required property", POLICY, { bucket: "acme" }, /^policy: is required/],
    ["a wrong type", BUCKET, { forceDestroy: "yes" }, /^forceDestroy: must be a boolean, got a string/],
    [
      "a value that the vendor does not have",
      "aws:s3/bucketVersioning:BucketVersioning",
      { bucket: "b", versioningConfiguration: { status: "On" } },
      /must be one of "Enabled", "Suspended", "Disabled", got "On"/,
    ],
    ["a bucket name in upper case", BUCKET, { bucket: "Acme" }, /^bucket: must be lower case letters.*got "Acme"/],
    ["a bucket name like an address", BUCKET, { bucket: "10.0.0.1" }, /^bucket: /],
    [
      "a bucket name that is too long",
      BUCKET,
      { bucket: "a".repeat(64) },
      /^bucket: must have 3 to 63 characters.* with 64/,
    ],
    [
      "a policy that does not parse",
      POLICY,
      { bucket: "acme", policy: "{" },
      /^policy: must be a JSON document, but it does not parse/,
    ],
    [
      "a policy of another bucket",
      POLICY,
      { bucket: "acme", policy: bucketPolicyFor("other") },
      /^policy: MalformedPolicy: .*"arn:aws:s3:::other"/,
    ],
    [
      "a bucket policy without principal",
      POLICY,
      { bucket: "acme", policy: IDENTITY_POLICY },
      /needs exactly one of Principal and NotPrincipal/,
    ],
    ["a trust policy with a resource", ROLE, { assumeRolePolicy: IDENTITY_POLICY }, /a trust policy has no Resource/],
    [
      "a statement without effect",
      ROLE,
      { assumeRolePolicy: TRUST_POLICY.replace("Effect", "Affect") },
      /"Affect" is no element of a statement/,
    ],
    [
      "a session that is too long",
      ROLE,
      { assumeRolePolicy: TRUST_POLICY, maxSessionDuration: 50_000 },
      /^maxSessionDuration: must be 3600 to 43200, got 50000/,
    ],
    [
      "a key that no attribute declares",
      TABLE,
      { ...LOCK_TABLE, hashKey: "Lock" },
      /^attributes: must declare the key "Lock"/,
    ],
    [
      "a table without capacity",
      TABLE,
      { ...LOCK_TABLE, billingMode: "PROVISIONED" },
      /^readCapacity: must be at least 1/,
    ],
    [
      "a lifecycle rule without action",
      "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration",
      { bucket: "acme", rules: [{ id: "a", status: "Enabled" }] },
      /^rules\[0\]: needs at least one action/,
    ],
    [
      "an alias of AWS itself",
      "aws:kms/alias:Alias",
      { name: "alias/aws/s3", targetKeyId: "k" },
      /^name: must be "alias\/"/,
    ],
    [
      "an identity provider without https",
      "aws:iam/openIdConnectProvider:OpenIdConnectProvider",
      { url: "http://a.b", clientIdLists: [] },
      /^url: /,
    ],
    [
      "branch policies that contradict each other",
      ENVIRONMENT,
      {
        repository: "platform",
        environment: "dev",
        deploymentBranchPolicy: { protectedBranches: true, customBranchPolicies: true },
      },
      /cannot have the same value/,
    ],
    [
      "more than six reviewers",
      ENVIRONMENT,
      { repository: "platform", environment: "dev", reviewers: [{ users: [1, 2, 3, 4] }, { teams: [1, 2, 3] }] },
      /^reviewers: must be at most 6/,
    ],
    [
      "a branch and a tag pattern at once",
      "github:index/repositoryEnvironmentDeploymentPolicy:RepositoryEnvironmentDeploymentPolicy",
      { repository: "platform", environment: "dev", branchPattern: "a", tagPattern: "b" },
      /^branchPattern: exactly one/,
    ],
    [
      "a variable with a name of GitHub's",
      "github:index/actionsVariable:ActionsVariable",
      { repository: "platform", variableName: "GITHUB_X", value: "" },
      /^variableName: /,
    ],
    [
      "a secret with two values",
      "github:index/actionsSecret:ActionsSecret",
      { repository: "platform", secretName: "A", value: "a", plaintextValue: "b" },
      /exactly one of value, /,
    ],
    [
      "a vault name with two hyphens",
      "azure-native:keyvault:Vault",
      {
        resourceGroupName: "rg",
        vaultName: "a--b",
        properties: { tenantId: "t", sku: { family: "A", name: "standard" } },
      },
      /^vaultName: /,
    ],
    [
      "a password that is shorter than its parts",
      "random:index/randomPassword:RandomPassword",
      { length: 4, minLower: 5 },
      /^length: must be at least 5/,
    ],
  ];
  for (const [what, type, inputs, expected] of cases) {
    it(`fails for ${what}`, () =>
      withCloud(async (cloud) => {
        const driver = await Driver.configured(cloud, type.split(":")[0]!);
        const faults = await driver.faults(type, inputs);
        assert.ok(
          faults.some((fault) => expected.test(fault)),
          faults.join("\n") || "no fault",
        );
      }));
  }

  it("leaves alone what is not known yet", () =>
    withCloud(async (cloud) => {
      const driver = await Driver.configured(cloud, "aws");
      assert.deepEqual(await driver.faults(POLICY, { bucket: UNKNOWN, policy: UNKNOWN }), []);
      assert.deepEqual(await driver.faults(TABLE, { ...LOCK_TABLE, hashKey: UNKNOWN }), []);
    }));

  it("fails for a type and a function without table, and names the file to extend", () =>
    withCloud(async (cloud) => {
      const driver = await Driver.configured(cloud, "aws");
      await assert.rejects(
        driver.faults("aws:ec2/vpc:Vpc", {}),
        /does not know the resource type "aws:ec2\/vpc:Vpc".*rehearsal\/cloud\/tables\/aws\/ec2\.ts/,
      );
      await assert.rejects(driver.faults("github:index/repository:Repository", {}), /does not know the resource type/);
      await assert.rejects(
        driver.invoke("aws:ec2/getVpc:getVpc"),
        /does not know the function "aws:ec2\/getVpc:getVpc".*ec2\.ts/,
      );
      assert.equal(cloud.providers("gcp"), undefined);
    }));
});
