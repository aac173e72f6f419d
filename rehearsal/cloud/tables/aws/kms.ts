import { UNKNOWN } from "../../../engine/values/property-value";
import { flag, integer, json, oneOf, text, asText } from "../../schema/property-schema";
import { live, once, planned, type ResourceTypeTable } from "../table";
import { arnOf, nameOrPrefixed, regional, tagged, tagsAll } from "./aws-properties";
import type { AwsScope } from "./aws-scope";
import { policyFaults } from "./policy-document";

const KEY = "aws:kms/key:Key";

const KEY_SPECS = [
  ...["SYMMETRIC_DEFAULT", "RSA_2048", "RSA_3072", "RSA_4096", "HMAC_224", "HMAC_256", "HMAC_384", "HMAC_512"],
  ...[
    "ECC_NIST_P256",
    "ECC_NIST_P384",
    "ECC_NIST_P521",
    "ECC_SECG_P256K1",
    "ML_DSA_44",
    "ML_DSA_65",
    "ML_DSA_87",
    "SM2",
  ],
];

/** A KMS key; deleting it only schedules its deletion. */
export const key: ResourceTypeTable<AwsScope> = {
  type: KEY,
  properties: {
    ...regional,
    ...tagged,
    bypassPolicyLockoutSafetyCheck: flag({ default: false }),
    customKeyStoreId: text({ replace: true }),
    customerMasterKeySpec: oneOf(KEY_SPECS, { replace: true, default: "SYMMETRIC_DEFAULT" }),
    deletionWindowInDays: integer({ min: 7, max: 30 }),
    description: text({ maxLength: 8192 }),
    enableKeyRotation: flag({ default: false }),
    isEnabled: flag({ default: true }),
    keyUsage: oneOf(["ENCRYPT_DECRYPT", "SIGN_VERIFY", "GENERATE_VERIFY_MAC", "KEY_AGREEMENT"], {
      replace: true,
      default: "ENCRYPT_DECRYPT",
    }),
    multiRegion: flag({ replace: true }),
    policy: json(policyFaults("resource")),
    rotationPeriodInDays: integer({ min: 90, max: 2560 }),
    xksKeyId: text({ replace: true }),
  },
  computed: {
    arn: once(({ id, inputs, scope }) => arnOf(scope, "kms", asText(inputs.region), `key/${id}`)),
    keyId: once(({ id }) => id),
    description: live(({ inputs }) => inputs.description ?? ""),
    multiRegion: planned(({ inputs }) => inputs.multiRegion ?? false),
    policy: live(({ inputs, scope }) => inputs.policy ?? defaultKeyPolicy(scope)),
    rotationPeriodInDays: live(
      ({ inputs }) => inputs.rotationPeriodInDays ?? (inputs.enableKeyRotation === true ? 365 : undefined),
    ),
    tagsAll,
  },
  idOf: ({ inputs, hex, uuid }) => (inputs.multiRegion === true ? `mrk-${hex("key", 32)}` : uuid("key")),
  rules: ({ enableKeyRotation, customerMasterKeySpec, keyUsage }) => [
    ...(enableKeyRotation === true && customerMasterKeySpec !== "SYMMETRIC_DEFAULT"
      ? [{ property: "enableKeyRotation", reason: "only a key of spec SYMMETRIC_DEFAULT rotates by itself" }]
      : []),
    ...(keyUsage !== "ENCRYPT_DECRYPT" && customerMasterKeySpec === "SYMMETRIC_DEFAULT"
      ? [{ property: "keyUsage", reason: 'a key of spec SYMMETRIC_DEFAULT has the usage "ENCRYPT_DECRYPT" only' }]
      : []),
  ],
  softDelete: {
    days: ({ inputs }) => Number(inputs.deletionWindowInDays ?? 30),
    attribute: "keyId",
    recovers: () => false,
    taken: ({ id }) => `KMSInvalidStateException: ${id} is pending deletion`,
    nothingToRecover: () => "KMSInvalidStateException: a key is recovered in the console only",
  },
};

/** A name for a KMS key. */
export const alias: ResourceTypeTable<AwsScope> = {
  type: "aws:kms/alias:Alias",
  properties: {
    ...regional,
    name: text({
      replace: true,
      maxLength: 256,
      pattern: /^alias\/(?!aws\/)[A-Za-z0-9/_-]+$/,
      meaning:
        '"alias/" and a name of letters, digits, slashes, underscores and hyphens that does not begin with "aws/"',
    }),
    namePrefix: text({ replace: true, pattern: /^alias\/(?!aws\/)/, meaning: 'a name that begins with "alias/"' }),
    targetKeyId: text({ required: true }),
  },
  computed: {
    arn: once(({ id, inputs, scope }) => arnOf(scope, "kms", asText(inputs.region), id)),
    name: planned(({ id, inputs }) => inputs.name ?? (id || UNKNOWN)),
    targetKeyArn: live(({ inputs, scope, world }) => {
      const target = [...world.find(KEY, "id", inputs.targetKeyId), ...world.find(KEY, "arn", inputs.targetKeyId)];
      return target.find((found) => found.scope === scope.id)?.outputs.arn;
    }),
  },
  idOf: (context) => nameOrPrefixed(context, "name", "namePrefix"),
  autoName: { property: "name", maxLength: 256, transform: (name) => `alias/${name}`, unless: ["namePrefix"] },
  taken: (context, owner) =>
    `AlreadyExistsException: An alias with the name ${owner.id} already exists in ${context.scope.id}`,
  references: [
    {
      property: "targetKeyId",
      types: [KEY],
      attributes: ["id", "arn"],
      missing: (id) => `NotFoundException: Key '${id}' does not exist`,
    },
  ],
};

/** @see https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html */
function defaultKeyPolicy({ partition, account }: AwsScope): string {
  return JSON.stringify({
    Id: "key-default-1",
    Statement: [
      {
        Action: "kms:*",
        Effect: "Allow",
        Principal: { AWS: `arn:${partition}:iam::${account}:root` },
        Resource: "*",
        Sid: "Enable IAM User Permissions",
      },
    ],
    Version: "2012-10-17",
  });
}
