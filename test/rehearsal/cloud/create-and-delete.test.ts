import assert from "node:assert/strict";
import type { PropertyMap } from "../../../rehearsal/engine/values/property-value";
import { Driver, withCloud } from "./support/cloud-fixture";
import { bucketPolicyFor, IDENTITY_POLICY, TRUST_POLICY } from "./support/aws-examples";
import { BUCKET, ENVIRONMENT, LOCK_TABLE, POLICY, ROLE, TABLE } from "./support/types";

describe("create", () => {
  const cases: [string, string, PropertyMap, RegExp][] = [
    [
      "a setting of a missing bucket",
      POLICY,
      { bucket: "none", policy: bucketPolicyFor("none") },
      /^NoSuchBucket: .*"none"/,
    ],
    [
      "an attachment to a missing role",
      "aws:iam/rolePolicyAttachment:RolePolicyAttachment",
      { role: "none", policyArn: "arn:aws:iam::aws:policy/ReadOnlyAccess" },
      /^NoSuchEntity: The role with name none cannot be found/,
    ],
    [
      "an attachment of a missing policy",
      "aws:iam/role:Role",
      { assumeRolePolicy: TRUST_POLICY, permissionsBoundary: "arn:aws:iam::111111111111:policy/none" },
      /^NoSuchEntity: /,
    ],
    [
      "an alias of a missing key",
      "aws:kms/alias:Alias",
      { name: "alias/a", targetKeyId: "none" },
      /^NotFoundException: Key 'none'/,
    ],
    [
      "a trust policy beyond the quota",
      ROLE,
      { assumeRolePolicy: TRUST_POLICY.replace("ec2.amazonaws.com", "x".repeat(2100)) },
      /^LimitExceeded: /,
    ],
    [
      "an environment of a missing repository",
      ENVIRONMENT,
      { repository: "none", environment: "dev" },
      /404 Not Found: the repository acme\/none does not exist/,
    ],
    [
      "a reviewer whom nobody knows",
      ENVIRONMENT,
      { repository: "platform", environment: "dev", reviewers: [{ users: [5] }] },
      /reviewers\.users has 5/,
    ],
    [
      "a variable of a missing environment",
      "github:index/actionsEnvironmentVariable:ActionsEnvironmentVariable",
      { repository: "platform", environment: "dev", variableName: "A", value: "" },
      /acme\/platform has no environment "dev"/,
    ],
    [
      "protection of a missing repository",
      "github:index/branchProtection:BranchProtection",
      { repositoryId: "R_none", pattern: "main" },
      /^Could not resolve to a node with the global id of 'R_none'/,
    ],
    [
      "a branch from a missing branch",
      "github:index/branch:Branch",
      { repository: "platform", branch: "a", sourceBranch: "none" },
      /refs\/heads\/none/,
    ],
    [
      "an identity in a missing group",
      "azure-native:managedidentity:UserAssignedIdentity",
      { resourceGroupName: "none", resourceName: "acme" },
      /^ResourceGroupNotFound: Resource group 'none'/,
    ],
  ];
  for (const [what, type, inputs, expected] of cases) {
    it(`fails for ${what}, and changes nothing`, () =>
      withCloud(async (cloud) => {
        const before = cloud.list();
        const driver = await Driver.configured(cloud, type.split(":")[0]!);
        await assert.rejects(
          driver.create(type, inputs),
          (error: Error) => expected.test(error.message) || assert.fail(error.message),
        );
        assert.deepEqual(cloud.list(), before);
      }));
  }

  it("fails for a bucket name that this or another account has", () =>
    withCloud(async (cloud) => {
      const [dev, tst] = [
        await Driver.configured(cloud, "aws", { profile: "dev" }),
        await Driver.configured(cloud, "aws", { profile: "tst" }),
      ];
      await dev.create(BUCKET, { bucket: "acme" });
      await assert.rejects(dev.create(BUCKET, { bucket: "acme" }, "again"), /^CloudError: BucketAlreadyOwnedByYou/);
      await assert.rejects(tst.create(BUCKET, { bucket: "acme" }), /^CloudError: BucketAlreadyExists/);
    }));

  it("fails for a public policy where the bucket blocks it", () =>
    withCloud(async (cloud) => {
      const driver = await Driver.configured(cloud, "aws");
      await driver.create(BUCKET, { bucket: "acme" });
      await driver.create("aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock", {
        bucket: "acme",
        blockPublicPolicy: true,
      });
      const open =
        '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":"*","Action":"s3:GetObject","Resource":"arn:aws:s3:::acme/*"}]}';
      await assert.rejects(
        driver.create(POLICY, { bucket: "acme", policy: open }),
        /AccessDenied: the policy grants public access/,
      );
    }));

  it("fails for reviewers that the owner's plan does not allow on a private repository", () =>
    withCloud(async (cloud) => {
      const [acme] = cloud.seed.github.owners;
      Object.assign(acme!, { plan: "team" });
      const driver = await Driver.configured(cloud, "github");
      const reviewers = [{ users: [1_000_001] }];
      await assert.rejects(
        driver.create(ENVIRONMENT, { repository: "platform", environment: "prd", reviewers }),
        /billing plan/,
      );
      await driver.create(ENVIRONMENT, { repository: "site", environment: "prd", reviewers });
      Object.assign(acme!, { plan: "enterprise" });
    }));
});

describe("delete", () => {
  it("fails for a bucket with objects, unless they are to go with it", () =>
    withCloud(async (cloud) => {
      const driver = await Driver.configured(cloud, "aws");
      const bucket = await driver.create(BUCKET, { bucket: "acme" });
      await driver.create("aws:s3/bucketObjectv2:BucketObjectv2", { bucket: "acme", key: "a" });
      await assert.rejects(driver.delete(bucket), /BucketNotEmpty: .*"acme"/);
      await driver.delete(await driver.update(bucket, { bucket: "acme", forceDestroy: true }));
      assert.deepEqual(
        cloud.list().filter(({ scope }) => scope === "aws:111111111111"),
        [],
      );
    }));

  it("takes a bucket's settings along", () =>
    withCloud(async (cloud) => {
      const driver = await Driver.configured(cloud, "aws");
      const bucket = await driver.create(BUCKET, { bucket: "acme" });
      const policy = await driver.create(POLICY, { bucket: "acme", policy: bucketPolicyFor("acme") });
      await driver.delete(bucket);
      assert.equal(await driver.read(policy), undefined);
    }));

  it("fails for a role with policies and for an attached policy", () =>
    withCloud(async (cloud) => {
      const driver = await Driver.configured(cloud, "aws");
      const role = await driver.create(ROLE, { name: "ci", assumeRolePolicy: TRUST_POLICY });
      const policy = await driver.create("aws:iam/policy:Policy", { name: "read", policy: IDENTITY_POLICY });
      const attachment = await driver.create("aws:iam/rolePolicyAttachment:RolePolicyAttachment", {
        role: "ci",
        policyArn: policy.id,
      });
      await assert.rejects(driver.delete(role), /DeleteConflict: .*must detach all policies first: role ci/);
      await assert.rejects(driver.delete(policy), /DeleteConflict: Cannot delete a policy attached/);
      for (const held of [attachment, policy, role]) await driver.delete(held);
    }));

  it("fails for a protected table and for a default branch", () =>
    withCloud(async (cloud) => {
      const aws = await Driver.configured(cloud, "aws");
      const table = await aws.create(TABLE, { ...LOCK_TABLE, name: "lock", deletionProtectionEnabled: true });
      await assert.rejects(aws.delete(table), /protected against deletion: "lock"/);
      const github = await Driver.configured(cloud, "github");
      const main = await github.import("github:index/branch:Branch", "platform:main");
      const branch = {
        type: "github:index/branch:Branch",
        name: "main",
        urn: "",
        id: main!.id,
        inputs: main!.inputs!,
        outputs: main!.outputs,
      };
      await assert.rejects(github.delete(branch), /the default branch platform:main cannot be deleted/);
    }));
});
