import type { PropertyMap } from "../../../engine/values/property-value";
import { UNKNOWN } from "../../../engine/values/property-value";
import { any, flag, json, list, object, oneOf, record, set, text, asText } from "../../schema/property-schema";
import { live, once, planned, type ResourceTypeTable } from "../table";
import { nameOrPrefixed, regional, tagged, tagsAll } from "./aws-properties";
import type { AwsScope } from "./aws-scope";
import { policyFaults } from "./policy-document";

/** Type token of an S3 bucket. */
export const BUCKET = "aws:s3/bucket:Bucket";

/** @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html */
const BUCKET_NAME =
  /^(?!xn--|sthree-|amzn-s3-demo-)(?!\d+\.\d+\.\d+\.\d+$)(?!.*\.\.)(?!.*(-s3alias|--ol-s3|\.mrap|--x-s3|--table-s3)$)[a-z0-9][a-z0-9.-]*[a-z0-9]$/;

/** @see https://docs.aws.amazon.com/general/latest/gr/s3.html */
const HOSTED_ZONES: Readonly<Record<string, string>> = {
  "us-east-1": "Z3AQBSTGFYJSTF",
  "us-east-2": "Z2O1EMRO9K5GLX",
  "us-west-1": "Z2F56UZL2M1ACD",
  "us-west-2": "Z3BJ6K6RIION7M",
  "ca-central-1": "Z1QDHH18159H29",
  "eu-west-1": "Z1BKCTXD74EZPE",
  "eu-west-2": "Z3GKZC51ZF0DB4",
  "eu-west-3": "Z3R1K369G5AVDG",
  "eu-central-1": "Z21DNDUVLTQW6Q",
  "eu-north-1": "Z3BAZG2TWCNX0D",
  "ap-south-1": "Z11RGJOFQNVJUP",
  "ap-northeast-1": "Z2M4EHUR26P7ZW",
  "ap-southeast-1": "Z3O0J2DXBE1FTB",
  "ap-southeast-2": "Z1WCIGYICN2BYD",
  "sa-east-1": "Z7KQH4QJS55SO",
};

const CANNED_ACLS = [
  ...["private", "public-read", "public-read-write", "aws-exec-read", "authenticated-read", "log-delivery-write"],
] as const;

/** Storage classes to which a lifecycle rule may move objects. */
export const STORAGE_CLASSES = [
  ...["GLACIER", "STANDARD_IA", "ONEZONE_IA", "INTELLIGENT_TIERING", "DEEP_ARCHIVE", "GLACIER_IR"],
] as const;

/** What a bucket's name leads to, for the resource and for the function that looks one up. */
export function bucketAttributes(bucket: string, region: string, partition: string): PropertyMap {
  return {
    arn: `arn:${partition}:s3:::${bucket}`,
    bucketDomainName: `${bucket}.s3.amazonaws.com`,
    bucketRegion: region,
    bucketRegionalDomainName: `${bucket}.s3.${region}.amazonaws.com`,
    hostedZoneId: HOSTED_ZONES[region] ?? "",
  };
}

const attribute = (name: string) =>
  once<AwsScope>(({ id, inputs, scope }) => bucketAttributes(id, asText(inputs.region), scope.partition)[name]);

/** A bucket; what newer resources of their own configure is a bucket's own property only for old programs. */
export const bucket: ResourceTypeTable<AwsScope> = {
  type: BUCKET,
  properties: {
    ...regional,
    ...tagged,
    accelerationStatus: oneOf(["Enabled", "Suspended"]),
    acl: oneOf(CANNED_ACLS),
    bucket: text({
      replace: true,
      minLength: 3,
      maxLength: 63,
      pattern: BUCKET_NAME,
      meaning: "lower case letters, digits, dots and hyphens, beginning and ending with a letter or digit",
    }),
    bucketNamespace: oneOf(["account-regional", "global"], { replace: true }),
    bucketPrefix: text({ replace: true, maxLength: 37 }),
    corsRules: list(any()),
    forceDestroy: flag({ default: false }),
    grants: set(
      object({
        id: text(),
        permissions: set(text(), { required: true }),
        type: oneOf(["CanonicalUser", "Group"], { required: true }),
        uri: text(),
      }),
    ),
    lifecycleRules: list(any()),
    logging: object({ targetBucket: text({ required: true }), targetPrefix: text() }),
    objectLockConfiguration: any(),
    objectLockEnabled: flag({ replace: true }),
    policy: json(policyFaults("resource")),
    replicationConfiguration: any(),
    requestPayer: oneOf(["BucketOwner", "Requester"]),
    serverSideEncryptionConfiguration: any(),
    versioning: object({ enabled: flag(), mfaDelete: flag() }),
    website: any(),
  },
  computed: {
    arn: attribute("arn"),
    bucketDomainName: attribute("bucketDomainName"),
    bucketRegion: attribute("bucketRegion"),
    bucketRegionalDomainName: attribute("bucketRegionalDomainName"),
    hostedZoneId: attribute("hostedZoneId"),
    bucket: planned(({ id, inputs }) => inputs.bucket ?? (id || UNKNOWN)),
    bucketNamespace: planned(({ inputs }) => inputs.bucketNamespace ?? "global"),
    objectLockEnabled: planned(({ inputs }) => inputs.objectLockEnabled ?? false),
    requestPayer: live(({ inputs }) => inputs.requestPayer ?? "BucketOwner"),
    grants: live(
      ({ inputs, hex }) =>
        inputs.grants ?? [
          { id: hex("canonical-user", 64), permissions: ["FULL_CONTROL"], type: "CanonicalUser", uri: "" },
        ],
    ),
    serverSideEncryptionConfiguration: live(
      ({ inputs }) =>
        inputs.serverSideEncryptionConfiguration ?? {
          rule: {
            applyServerSideEncryptionByDefault: { kmsMasterKeyId: "", sseAlgorithm: "AES256" },
            bucketKeyEnabled: false,
          },
        },
    ),
    versioning: live(({ inputs }) => inputs.versioning ?? { enabled: false, mfaDelete: false }),
    tagsAll,
  },
  idOf: (context) => nameOrPrefixed(context, "bucket", "bucketPrefix"),
  autoName: { property: "bucket", maxLength: 63, transform: (name) => name.toLowerCase(), unless: ["bucketPrefix"] },
  globalId: true,
  rules: ({ bucket: name, bucketPrefix }) =>
    name !== undefined && bucketPrefix !== undefined
      ? [{ property: "bucketPrefix", reason: "conflicts with bucket; give one of the two" }]
      : [],
  taken: ({ scope }, owner) =>
    owner.scope === scope.id
      ? `BucketAlreadyOwnedByYou: Your previous request to create the named bucket "${owner.id}" succeeded and you already own it`
      : `BucketAlreadyExists: The requested bucket name "${owner.id}" is not available. The bucket namespace is shared by all users of the system`,
  forceDelete: ({ inputs }) => inputs.forceDestroy === true,
};

/** An object in a bucket: it keeps the bucket from being deleted. */
export const bucketObject: ResourceTypeTable<AwsScope> = {
  type: "aws:s3/bucketObjectv2:BucketObjectv2",
  properties: {
    ...regional,
    ...tagged,
    acl: oneOf(CANNED_ACLS),
    bucket: text({ required: true, replace: true }),
    bucketKeyEnabled: flag(),
    cacheControl: text(),
    checksumAlgorithm: oneOf(["CRC32", "CRC32C", "CRC64NVME", "SHA1", "SHA256"]),
    content: text(),
    contentBase64: text(),
    contentDisposition: text(),
    contentEncoding: text(),
    contentLanguage: text(),
    contentType: text(),
    etag: text(),
    forceDestroy: flag({ default: false }),
    key: text({ replace: true, minLength: 1, maxLength: 1024 }),
    kmsKeyId: text(),
    metadata: record(text()),
    objectLockLegalHoldStatus: oneOf(["ON", "OFF"]),
    objectLockMode: oneOf(["GOVERNANCE", "COMPLIANCE"]),
    objectLockRetainUntilDate: text(),
    overrideProvider: any({ inputOnly: true }),
    serverSideEncryption: oneOf(["AES256", "aws:kms", "aws:kms:dsse"]),
    source: any(),
    sourceHash: text(),
    storageClass: text(),
    websiteRedirect: text(),
  },
  computed: {
    arn: once(({ inputs, scope }) => `arn:${scope.partition}:s3:::${asText(inputs.bucket)}/${asText(inputs.key)}`),
    contentType: live(({ inputs }) => inputs.contentType ?? "application/octet-stream"),
    serverSideEncryption: live(({ inputs }) => inputs.serverSideEncryption ?? "AES256"),
    storageClass: live(({ inputs }) => inputs.storageClass ?? "STANDARD"),
    tagsAll,
  },
  idOf: ({ inputs }) => `${asText(inputs.bucket)}/${asText(inputs.key)}`,
  autoName: { property: "key", maxLength: 1024 },
  existing: "overwrite",
  rules: (inputs) => {
    const given = ["source", "content", "contentBase64"].filter((name) => inputs[name] !== undefined);
    return given.length > 1
      ? [{ property: given[1]!, reason: `conflicts with ${given[0]!}; give one of the two` }]
      : [];
  },
  references: [
    {
      property: "bucket",
      types: [BUCKET],
      attributes: ["id"],
      missing: (name) => `NoSuchBucket: The specified bucket does not exist: "${name}"`,
      onDelete: "refuse",
      blocks: ({ id }) =>
        `BucketNotEmpty: The bucket you tried to delete is not empty: "${id}"; set forceDestroy to delete its objects too`,
    },
  ],
};
