import assert from "node:assert/strict";
import { S3StateBackend, type S3StateBackendArgs } from "../../../components";
import { awsProviders } from "../../support/component-fixtures";
import { recordResources, summaries, type Summary, valueOf } from "../../support/record-resources";

const base: S3StateBackendArgs = {
  organization: "acme",
  environment: "dev",
  repository: "platform",
  region: "us-east-1",
};
const bucket = "acme-dev-s3-tf-backend";
const arn = "arn:aws:aws:::state-bucket";
const kept = { retainOnDelete: true } as const;
const guarded = { protect: true, retainOnDelete: true } as const;

const record = (args: Partial<S3StateBackendArgs> = {}) =>
  recordResources(() => new S3StateBackend("state", { ...base, ...args }, awsProviders()));

function policy(algorithm: string, keyArn?: string) {
  const deny = (Sid: string, Action: string, Resource: string | string[], Condition: object) => ({
    Sid,
    Effect: "Deny",
    Principal: "*",
    Action,
    Resource,
    Condition,
  });
  const header = "s3:x-amz-server-side-encryption";
  return {
    Version: "2012-10-17",
    Statement: [
      deny("DenyWithoutTls", "s3:*", [arn, `${arn}/*`], { Bool: { "aws:SecureTransport": "false" } }),
      deny("DenyOldTls", "s3:*", [arn, `${arn}/*`], { NumericLessThan: { "s3:TlsVersion": "1.2" } }),
      deny("DenyOtherEncryption", "s3:PutObject", `${arn}/*`, {
        Null: { [header]: "false" },
        StringNotEquals: { [header]: algorithm },
      }),
      deny("DenyCustomerKeys", "s3:PutObject", `${arn}/*`, { Null: { [`${header}-customer-algorithm`]: "false" } }),
      ...(keyArn === undefined
        ? []
        : [
            deny("DenyOtherKeys", "s3:PutObject", `${arn}/*`, {
              Null: { [`${header}-aws-kms-key-id`]: "false" },
              StringNotEquals: { [`${header}-aws-kms-key-id`]: keyArn },
            }),
          ]),
    ],
  };
}

function expected(days = 90, versions = 50): Record<string, Summary> {
  return {
    "state-bucket": { type: "aws:s3/bucket:Bucket", inputs: { bucket }, options: guarded },
    "state-bucket-versioning": {
      type: "aws:s3/bucketVersioning:BucketVersioning",
      inputs: { bucket, versioningConfiguration: { status: "Enabled" } },
      options: kept,
    },
    "state-bucket-encryption": {
      type: "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration",
      inputs: {
        bucket,
        rules: [{ applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256" }, bucketKeyEnabled: false }],
      },
      options: kept,
    },
    "state-bucket-public-access": {
      type: "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock",
      inputs: {
        bucket,
        blockPublicAcls: true,
        blockPublicPolicy: true,
        ignorePublicAcls: true,
        restrictPublicBuckets: true,
      },
      options: kept,
    },
    "state-bucket-ownership": {
      type: "aws:s3/bucketOwnershipControls:BucketOwnershipControls",
      inputs: { bucket, rule: { objectOwnership: "BucketOwnerEnforced" } },
      options: kept,
    },
    "state-bucket-policy": {
      type: "aws:s3/bucketPolicy:BucketPolicy",
      inputs: { bucket, policy: policy("AES256") },
      options: kept,
    },
    "state-bucket-lifecycle": {
      type: "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration",
      inputs: {
        bucket,
        rules: [
          {
            id: "expire-replaced-state",
            status: "Enabled",
            filter: {},
            expiration: { expiredObjectDeleteMarker: true },
            noncurrentVersionExpiration: { noncurrentDays: days, newerNoncurrentVersions: versions },
            abortIncompleteMultipartUpload: { daysAfterInitiation: 7 },
          },
          {
            id: "expire-released-locks",
            status: "Enabled",
            filter: { prefix: "platform/.pulumi/locks/" },
            noncurrentVersionExpiration: { noncurrentDays: 1 },
          },
        ],
      },
      options: kept,
    },
  };
}

const lockTable = (serverSideEncryption: object, deletionProtectionEnabled = true) => ({
  type: "aws:dynamodb/table:Table",
  inputs: {
    name: "acme-dev-ddb-tf-backend",
    billingMode: "PAY_PER_REQUEST",
    hashKey: "LockID",
    attributes: [{ name: "LockID", type: "S" }],
    pointInTimeRecovery: { enabled: true },
    serverSideEncryption,
    deletionProtectionEnabled,
  },
});

describe("S3StateBackend", () => {
  it("makes a bucket that is versioned, encrypted, private, TLS-only, protected and retained", async () => {
    const { registrations } = await record();
    assert.deepEqual(summaries(registrations), expected());
  });

  it("puts the policy after the public access block and the lifecycle after versioning", async () => {
    const { registrations } = await record();
    const dependencies = (name: string) =>
      registrations
        .find((registration) => registration.name === name)!
        .dependencies.map((urn) => urn.split("::").at(-1));
    assert.ok(dependencies("state-bucket-policy").includes("state-bucket-public-access"));
    assert.ok(dependencies("state-bucket-lifecycle").includes("state-bucket-versioning"));
  });

  it("keeps replaced versions as long as it is told", async () => {
    const { registrations } = await record({ noncurrentVersionDays: 7, noncurrentVersionsKept: 3 });
    assert.deepEqual(summaries(registrations), expected(7, 3));
  });

  it("encrypts with a key of its own, which it rotates, and refuses any other key", async () => {
    const { registrations } = await record({ kmsKey: { create: {} }, terraformLockTable: true });
    const keyArn = "arn:aws:aws:::state-key";
    const rule = {
      applyServerSideEncryptionByDefault: { sseAlgorithm: "aws:kms", kmsMasterKeyId: keyArn },
      bucketKeyEnabled: true,
    };
    const { "state-bucket-encryption": encryption, "state-bucket-policy": bucketPolicy, ...rest } = expected();
    assert.deepEqual(summaries(registrations), {
      ...rest,
      "state-bucket-encryption": { ...encryption, inputs: { bucket, rules: [rule] } },
      "state-bucket-policy": { ...bucketPolicy, inputs: { bucket, policy: policy("aws:kms", keyArn) } },
      "state-key": {
        type: "aws:kms/key:Key",
        inputs: { description: "Encrypts the state of acme dev", enableKeyRotation: true, deletionWindowInDays: 30 },
        options: guarded,
      },
      "state-key-alias": {
        type: "aws:kms/alias:Alias",
        inputs: { name: "alias/acme-dev-tf-backend", targetKeyId: "state-key-key-id" },
        options: guarded,
      },
      "state-lock-table": { ...lockTable({ enabled: true, kmsKeyArn: keyArn }), options: guarded },
    });
  });

  it("encrypts with an existing key without making one", async () => {
    const existing = { arn: "arn:aws:kms:us-east-1:111111111111:key/1234" };
    const { result, registrations } = await record({ kmsKey: { existing } });
    const all = summaries(registrations);
    assert.deepEqual(Object.keys(all).sort(), Object.keys(expected()).sort());
    assert.deepEqual(all["state-bucket-policy"]?.inputs, { bucket, policy: policy("aws:kms", existing.arn) });
    assert.equal(await valueOf(result.terraformBackend.kmsKeyId!), existing.arn);
  });

  it("logs access to an existing bucket and locks for Terraform when asked to", async () => {
    const { registrations } = await record({ accessLogBucket: "acme-logs", terraformLockTable: true });
    assert.deepEqual(summaries(registrations), {
      ...expected(),
      "state-bucket-logging": {
        type: "aws:s3/bucketLogging:BucketLogging",
        inputs: { bucket, targetBucket: "acme-logs", targetPrefix: `${bucket}/` },
        options: kept,
      },
      "state-lock-table": { ...lockTable({ enabled: true }), options: guarded },
    });
  });

  it("can be deleted as a whole only when told so", async () => {
    const { registrations } = await record({ protect: false, terraformLockTable: true, kmsKey: { create: {} } });
    const all = Object.values(summaries(registrations));
    assert.deepEqual(
      all.filter(({ options }) => options !== undefined),
      [],
    );
    assert.ok(all.some(({ inputs }) => inputs.deletionProtectionEnabled === false));
  });

  it("never turns Object Lock on, which Pulumi's own files could not live with", async () => {
    const { registrations } = await record({ terraformLockTable: true });
    assert.equal(/objectLock/i.test(JSON.stringify(registrations)), false);
  });

  it("says how Pulumi and Terraform reach the state", async () => {
    const { result } = await record({ terraformLockTable: true });
    assert.equal(await valueOf(result.backendUrl), `s3://${bucket}/platform?region=us-east-1&awssdk=v2`);
    assert.equal(await valueOf(result.bucketName), bucket);
    assert.equal(await valueOf(result.bucketArn), arn);
    assert.equal(await valueOf(result.lockTableArn!), "arn:aws:aws:::state-lock-table");
    const { bucket: name, region, dynamodbTable, ...plain } = result.terraformBackend;
    assert.deepEqual(plain, { keyPrefix: "platform/", encrypt: true });
    assert.deepEqual(await Promise.all([name, region, dynamodbTable!].map((output) => valueOf(output))), [
      bucket,
      "us-east-1",
      "acme-dev-ddb-tf-backend",
    ]);
  });
});
