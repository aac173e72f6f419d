import { Table } from "@pulumi/aws/dynamodb/table";
import { Alias } from "@pulumi/aws/kms/alias";
import { Key } from "@pulumi/aws/kms/key";
import { Bucket } from "@pulumi/aws/s3/bucket";
import { BucketLifecycleConfiguration } from "@pulumi/aws/s3/bucketLifecycleConfiguration";
import { BucketLogging } from "@pulumi/aws/s3/bucketLogging";
import { BucketOwnershipControls } from "@pulumi/aws/s3/bucketOwnershipControls";
import { BucketPolicy } from "@pulumi/aws/s3/bucketPolicy";
import { BucketPublicAccessBlock } from "@pulumi/aws/s3/bucketPublicAccessBlock";
import { BucketServerSideEncryptionConfiguration } from "@pulumi/aws/s3/bucketServerSideEncryptionConfiguration";
import { BucketVersioning } from "@pulumi/aws/s3/bucketVersioning";
import * as pulumi from "@pulumi/pulumi";
import { physicalName } from "../naming";
import { stateBucketPolicy } from "./state-bucket-policy";
import { lockPrefix, stateLifecycleRules } from "./state-lifecycle";

/** How the state of one environment is kept in S3. */
export interface S3StateBackendArgs {
  /** First part of every name: `{organization}-{environment}-s3-tf-backend`. */
  readonly organization: string;
  readonly environment: string;
  /** Name of the repository, without its owner; its state lies under `{repository}/`. */
  readonly repository: string;
  readonly region: pulumi.Input<string>;
  /** Key to encrypt with: an existing one, or one made here. @default AES256 with keys that S3 manages */
  readonly kmsKey?: { readonly existing: { readonly arn: pulumi.Input<string> } } | { readonly create: object };
  /** Days that replaced versions are kept. @default 90 */
  readonly noncurrentVersionDays?: pulumi.Input<number>;
  /** Newest replaced versions that are kept whatever their age, 1 to 100. @default 50 */
  readonly noncurrentVersionsKept?: pulumi.Input<number>;
  /** Existing bucket that receives the access log under `{bucket}/`. @default no access log */
  readonly accessLogBucket?: pulumi.Input<string>;
  /** Make the DynamoDB lock table for Terraform that still shares the bucket. @default false: Pulumi locks in the bucket */
  readonly terraformLockTable?: boolean;
  /** Protect bucket, table and key, and leave everything in place when the stack goes. @default true */
  readonly protect?: boolean;
}

/** The settings of Terraform's S3 backend, see https://developer.hashicorp.com/terraform/language/backend/s3. */
export interface TerraformBackend {
  readonly bucket: pulumi.Output<string>;
  readonly region: pulumi.Output<string>;
  /** A module's `key` is `{keyPrefix}{module}/terraform.tfstate`. */
  readonly keyPrefix: string;
  readonly encrypt: boolean;
  readonly dynamodbTable?: pulumi.Output<string>;
  readonly kmsKeyId?: pulumi.Output<string>;
}

/**
 * A versioned, encrypted, TLS-only S3 bucket for the state of Pulumi and of Terraform, with a lock table where
 * Terraform still needs one. Object Lock is left off: Pulumi rewrites and deletes its own checkpoint and lock files.
 */
export class S3StateBackend extends pulumi.ComponentResource {
  readonly bucketName: pulumi.Output<string>;
  readonly bucketArn: pulumi.Output<string>;
  /** Prefix of this repository's keys, such as `trunkline/`. */
  readonly keyPrefix: string;
  /** Key that the bucket encrypts with; undefined when S3 manages the keys. */
  readonly kmsKeyArn: pulumi.Output<string> | undefined;
  readonly lockTableName: pulumi.Output<string> | undefined;
  readonly lockTableArn: pulumi.Output<string> | undefined;
  /** Address for `pulumi login`. */
  readonly backendUrl: pulumi.Output<string>;
  readonly terraformBackend: TerraformBackend;

  constructor(name: string, args: S3StateBackendArgs, opts: pulumi.ComponentResourceOptions = {}) {
    super("trunkline:state:S3StateBackend", name, {}, opts);
    const { organization, environment, protect = true } = args;
    // Without its settings a bucket that stays behind would be open: they stay with it.
    const setting: pulumi.CustomResourceOptions = { parent: this, retainOnDelete: protect };
    const stateful: pulumi.CustomResourceOptions = { ...setting, protect };

    this.kmsKeyArn = this.encryptionKey(name, args, stateful);
    const bucketName = physicalName("s3Bucket", organization, environment, "s3-tf-backend");
    const bucket = new Bucket(`${name}-bucket`, { bucket: bucketName }, stateful);
    this.configureBucket(name, args, bucket, setting);
    const table = args.terraformLockTable === true ? this.lockTable(name, args, stateful) : undefined;

    this.bucketName = bucket.bucket;
    this.bucketArn = bucket.arn;
    this.keyPrefix = `${args.repository}/`;
    this.lockTableName = table?.name;
    this.lockTableArn = table?.arn;
    this.backendUrl = pulumi.interpolate`s3://${bucket.bucket}/${args.repository}?region=${args.region}&awssdk=v2`;
    this.terraformBackend = {
      bucket: bucket.bucket,
      region: pulumi.output(args.region),
      keyPrefix: this.keyPrefix,
      encrypt: true,
      ...(table && { dynamodbTable: table.name }),
      ...(this.kmsKeyArn && { kmsKeyId: this.kmsKeyArn }),
    };
    this.registerOutputs({
      bucketName: this.bucketName,
      bucketArn: this.bucketArn,
      kmsKeyArn: this.kmsKeyArn,
      lockTableName: this.lockTableName,
      lockTableArn: this.lockTableArn,
      backendUrl: this.backendUrl,
      terraformBackend: this.terraformBackend,
    });
  }

  private encryptionKey(
    name: string,
    { kmsKey, organization, environment }: S3StateBackendArgs,
    opts: pulumi.CustomResourceOptions,
  ): pulumi.Output<string> | undefined {
    if (kmsKey === undefined) {
      return undefined;
    }
    if ("existing" in kmsKey) {
      return pulumi.output(kmsKey.existing.arn);
    }
    const description = `Encrypts the state of ${organization} ${environment}`;
    const key = new Key(`${name}-key`, { description, enableKeyRotation: true, deletionWindowInDays: 30 }, opts);
    const alias = `alias/${physicalName("kmsAlias", organization, environment, "tf-backend")}`;
    new Alias(`${name}-key-alias`, { name: alias, targetKeyId: key.keyId }, opts);
    return key.arn;
  }

  private configureBucket(
    name: string,
    args: S3StateBackendArgs,
    { bucket, arn }: Bucket,
    opts: pulumi.CustomResourceOptions,
  ): void {
    const versioning = new BucketVersioning(
      `${name}-bucket-versioning`,
      { bucket, versioningConfiguration: { status: "Enabled" } },
      opts,
    );
    const applyServerSideEncryptionByDefault =
      this.kmsKeyArn === undefined
        ? { sseAlgorithm: "AES256" }
        : { sseAlgorithm: "aws:kms", kmsMasterKeyId: this.kmsKeyArn };
    new BucketServerSideEncryptionConfiguration(
      `${name}-bucket-encryption`,
      { bucket, rules: [{ applyServerSideEncryptionByDefault, bucketKeyEnabled: this.kmsKeyArn !== undefined }] },
      opts,
    );
    const publicAccessBlock = new BucketPublicAccessBlock(
      `${name}-bucket-public-access`,
      { bucket, blockPublicAcls: true, blockPublicPolicy: true, ignorePublicAcls: true, restrictPublicBuckets: true },
      opts,
    );
    new BucketOwnershipControls(
      `${name}-bucket-ownership`,
      { bucket, rule: { objectOwnership: "BucketOwnerEnforced" } },
      opts,
    );
    // S3 answers 409 to a policy and a public access block that are put at the same time.
    new BucketPolicy(
      `${name}-bucket-policy`,
      { bucket, policy: stateBucketPolicy({ bucketArn: arn, kmsKeyArn: this.kmsKeyArn }) },
      { ...opts, dependsOn: publicAccessBlock },
    );
    // Rules about replaced versions are refused while the bucket has no versions.
    new BucketLifecycleConfiguration(
      `${name}-bucket-lifecycle`,
      { bucket, rules: stateLifecycleRules(lockPrefix(args.repository), args) },
      { ...opts, dependsOn: versioning },
    );
    if (args.accessLogBucket !== undefined) {
      new BucketLogging(
        `${name}-bucket-logging`,
        { bucket, targetBucket: args.accessLogBucket, targetPrefix: pulumi.interpolate`${bucket}/` },
        opts,
      );
    }
  }

  private lockTable(
    name: string,
    { organization, environment, protect = true }: S3StateBackendArgs,
    opts: pulumi.CustomResourceOptions,
  ): Table {
    return new Table(
      `${name}-lock-table`,
      {
        name: physicalName("dynamodbTable", organization, environment, "ddb-tf-backend"),
        billingMode: "PAY_PER_REQUEST",
        hashKey: "LockID",
        attributes: [{ name: "LockID", type: "S" }],
        pointInTimeRecovery: { enabled: true },
        serverSideEncryption: { enabled: true, ...(this.kmsKeyArn && { kmsKeyArn: this.kmsKeyArn }) },
        deletionProtectionEnabled: protect,
      },
      opts,
    );
  }
}
