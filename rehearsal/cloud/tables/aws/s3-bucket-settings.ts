import type { PropertyMap, PropertyValue } from "../../../engine/values/property-value";
import { isMap } from "../../../engine/values/property-value";
import type { PropertySchemas } from "../../schema/property-schema";
import { flag, json, object, oneOf, set, text, asText } from "../../schema/property-schema";
import type { Reference, ResourceTypeTable } from "../table";
import { policySize, regional } from "./aws-properties";
import type { AwsScope } from "./aws-scope";
import { parsedPolicy, policyFaults, statementsOf, textsIn } from "./policy-document";
import { BUCKET } from "./s3-bucket";

/** The bucket whose setting a resource is. */
const ofBucket: PropertySchemas = { ...regional, bucket: text({ required: true, replace: true }) };

/** The account that the bucket must belong to. */
const withOwner: PropertySchemas = {
  ...ofBucket,
  expectedBucketOwner: text({ replace: true, pattern: /^\d{12}$/, meaning: "an account id of twelve digits" }),
};

const settingOf: Reference = {
  property: "bucket",
  types: [BUCKET],
  attributes: ["id"],
  missing: (name) => `NoSuchBucket: The specified bucket does not exist: "${name}"`,
  onDelete: "cascade",
};

/** A setting is written over whatever the bucket has, and goes with the bucket. */
export function bucketSetting(
  name: string,
  properties: PropertySchemas,
  extra: Omit<Partial<ResourceTypeTable<AwsScope>>, "type" | "properties"> = {},
): ResourceTypeTable<AwsScope> {
  const [first] = name;
  const owned = "expectedBucketOwner" in properties;
  return {
    type: `aws:s3/${first!.toLowerCase()}${name.slice(1)}:${name}`,
    properties,
    idOf: ({ inputs }) => {
      const owner = owned ? inputs.expectedBucketOwner : undefined;
      return typeof owner === "string" ? `${asText(inputs.bucket)},${owner}` : asText(inputs.bucket);
    },
    existing: "overwrite",
    references: [settingOf],
    ...extra,
  };
}

/** Whether the bucket keeps the versions of its objects. */
export const bucketVersioning = bucketSetting(
  "BucketVersioning",
  {
    ...withOwner,
    mfa: text(),
    versioningConfiguration: object(
      {
        mfaDelete: oneOf(["Enabled", "Disabled"]),
        status: oneOf(["Enabled", "Suspended", "Disabled"], { required: true }),
      },
      { required: true },
    ),
  },
  {
    refuse: ({ inputs, prior }) =>
      statusIn(inputs) === "Disabled" && prior !== undefined && statusIn(prior) !== "Disabled"
        ? `versioningConfiguration.status cannot be updated from "${asText(statusIn(prior))}" to "Disabled"; use "Suspended"`
        : undefined,
  },
);

/** How the bucket encrypts its objects. */
export const bucketEncryption = bucketSetting("BucketServerSideEncryptionConfiguration", {
  ...withOwner,
  rules: set(
    object({
      applyServerSideEncryptionByDefault: object({
        kmsMasterKeyId: text(),
        sseAlgorithm: oneOf(["AES256", "aws:kms", "aws:kms:dsse"], { required: true }),
      }),
      blockedEncryptionTypes: set(oneOf(["NONE", "SSE-C"])),
      bucketKeyEnabled: flag(),
    }),
    { required: true, minItems: 1 },
  ),
});

/** What of the public the bucket keeps out. */
export const bucketPublicAccessBlock = bucketSetting("BucketPublicAccessBlock", {
  ...ofBucket,
  blockPublicAcls: flag({ default: false }),
  blockPublicPolicy: flag({ default: false }),
  ignorePublicAcls: flag({ default: false }),
  restrictPublicBuckets: flag({ default: false }),
  skipDestroy: flag(),
});

/** Who owns the objects that others put into the bucket. */
export const bucketOwnershipControls = bucketSetting("BucketOwnershipControls", {
  ...ofBucket,
  rule: object(
    { objectOwnership: oneOf(["BucketOwnerPreferred", "ObjectWriter", "BucketOwnerEnforced"], { required: true }) },
    { required: true },
  ),
});

/** Who may do what with the bucket. */
export const bucketPolicy = bucketSetting(
  "BucketPolicy",
  { ...ofBucket, policy: json(policyFaults("resource"), { required: true }) },
  {
    rules: ({ bucket, policy }, scope) => strangers(policy, bucket, scope.partition),
    refuse: ({ inputs, scope, world }) => {
      if (policySize(inputs.policy) > 20_480)
        return "PolicyTooLarge: the policy of a bucket has at most 20,480 characters";
      const block = world.get(scope.id, bucketPublicAccessBlock.type, asText(inputs.bucket));
      return block?.inputs.blockPublicPolicy === true && isPublic(inputs.policy)
        ? "AccessDenied: the policy grants public access, which the BlockPublicPolicy setting of the bucket prevents"
        : undefined;
    },
  },
);

/** Where the bucket's access log goes. */
export const bucketLogging = bucketSetting(
  "BucketLogging",
  {
    ...withOwner,
    targetBucket: text({ required: true }),
    targetGrants: set(
      object({
        grantee: object(
          {
            displayName: text(),
            emailAddress: text(),
            id: text(),
            type: oneOf(["CanonicalUser", "AmazonCustomerByEmail", "Group"], { required: true }),
            uri: text(),
          },
          { required: true },
        ),
        permission: oneOf(["FULL_CONTROL", "READ", "WRITE"], { required: true }),
      }),
    ),
    targetObjectKeyFormat: object({
      partitionedPrefix: object({ partitionDateSource: oneOf(["EventTime", "DeliveryTime"], { required: true }) }),
      simplePrefix: object({}),
    }),
    targetPrefix: text({ required: true }),
  },
  {
    references: [
      settingOf,
      {
        property: "targetBucket",
        types: [BUCKET],
        attributes: ["id"],
        missing: (name) => `InvalidTargetBucketForLogging: The target bucket for logging does not exist: "${name}"`,
      },
    ],
  },
);

function statusIn({ versioningConfiguration }: PropertyMap): PropertyValue | undefined {
  return isMap(versioningConfiguration) ? versioningConfiguration.status : undefined;
}

function strangers(policy: PropertyValue | undefined, bucket: PropertyValue | undefined, partition: string) {
  const own = `arn:${partition}:s3:::${asText(bucket)}`;
  const bad = statementsOf(parsedPolicy(policy))
    .flatMap((statement) => (isMap(statement) ? textsIn(statement.Resource) : []))
    .find((resource) => resource !== own && !resource.startsWith(`${own}/`) && resource !== `${own}*`);
  return bad === undefined
    ? []
    : [
        {
          property: "policy",
          reason: `MalformedPolicy: Policy has invalid resource: must be "${own}" or "${own}/…", got "${bad}"`,
        },
      ];
}

function isPublic(policy: PropertyValue | undefined): boolean {
  return statementsOf(parsedPolicy(policy)).some((statement) => {
    if (!isMap(statement) || statement.Effect !== "Allow" || statement.Condition !== undefined) return false;
    const principal = statement.Principal;
    return principal === "*" || (isMap(principal) && textsIn(principal.AWS).includes("*"));
  });
}
