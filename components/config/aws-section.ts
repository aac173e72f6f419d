import type { z } from "zod";
import { regionPartition } from "../aws/partition";
import { at, existingOrCreate, flag, integer, list, section, text } from "./schema-kit";

const accountId = text(
  /^\d{12}$/,
  "12 digits, in quotes",
  "Account that the environment lives in; no other is touched.",
);

const region = text(
  /^[a-z]{2}(?:-[a-z]+)+-\d$/,
  "an AWS region, such as us-east-1",
  "Region of the environment's resources.",
);

const policyArn = text(
  /^arn:[a-z-]+:iam::(?:aws|\d{12}):policy\/[\w+=,.@/-]+$/,
  "the ARN of a managed policy, such as arn:aws:iam::aws:policy/PowerUserAccess",
  "ARN of a managed policy.",
);

const oidcProviderArn = text(
  /^arn:[a-z-]+:iam::\d{12}:oidc-provider\/token\.actions\.githubusercontent\.com$/,
  "the ARN of the account's identity provider of GitHub, ending in oidc-provider/token.actions.githubusercontent.com",
  "ARN of the identity provider that the account has already.",
);

const keyArn = text(
  /^arn:[a-z-]+:kms:[a-z0-9-]+:\d{12}:key\/[\w-]+$/,
  "the ARN of a KMS key, such as arn:aws:kms:us-east-1:111111111111:key/1234abcd-12ab-34cd-56ef-1234567890ab",
  "ARN of the KMS key.",
);

const bucketName = text(/^[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$/, "the name of an S3 bucket", "Name of an S3 bucket.");

const state = section(
  {
    kmsKey: existingOrCreate(
      section({ arn: keyArn }, "Use this key."),
      section({}, "Make a key for the state, rotated every year."),
      "Encrypt state with a KMS key. Absent: with keys that S3 manages (AES256).",
    ).optional(),
    noncurrentVersionDays: integer(1, 3650, "Days that replaced versions of a state file are kept.").default(90),
    noncurrentVersionsKept: integer(
      1,
      100,
      "Newest replaced versions of a state file that are kept whatever their age.",
    ).default(50),
    accessLogBucket: bucketName
      .optional()
      .describe("Existing bucket that receives the access log, under {bucket}/. Absent: no access log."),
    terraformLockTable: flag("Make the DynamoDB lock table for Terraform modules that still share the bucket.").default(
      false,
    ),
    protect: flag("Protect the state from deletion and keep it when the stack goes.").default(true),
  },
  "Where Pulumi and Terraform keep their state: a bucket and, when asked for, a lock table.",
);

const identity = section(
  {
    oidcProvider: existingOrCreate(
      section({ arn: oidcProviderArn }, "Use the account's identity provider of GitHub."),
      section({}, "Make the identity provider; an account can have only one for GitHub."),
      "The account's identity provider of GitHub.",
    ),
    writePolicyArns: list(policyArn, 0, 10, "Managed policies of the role that applies changes. Nothing is implied."),
    previewPolicyArns: list(
      policyArn,
      0,
      10,
      "Managed policies of the role that previews changes. Absent: SecurityAudit, which reads configuration and no data.",
    ).optional(),
    maxSessionDuration: integer(3600, 43200, "Longest session of either role, in seconds.").default(3600),
    permissionsBoundaryArn: policyArn.optional().describe("Permissions boundary of both roles. Absent: none."),
    pinRepositoryId: flag(
      "Also demand the repository's number in the token, so that its name can never be taken over.",
    ).default(true),
  },
  "Roles that GitHub Actions assumes: one that previews, one that applies.",
);

/** The part of the config that describes the AWS account of an environment. */
export const awsSection = section(
  { accountId, region, state: state.optional(), identity: identity.optional() },
  "The AWS account of the environment. Absent: nothing in AWS.",
).superRefine(
  (aws, context) => {
    for (const { path, arn } of foreignArns(aws)) {
      const allowed = `an ARN of account ${aws.accountId} in partition ${regionPartition(aws.region)}`;
      context.addIssue({ code: "custom", path, input: arn, message: allowed });
    }
  },
  {
    when: ({ value }) =>
      accountId.safeParse(at(value, ["accountId"])).success && region.safeParse(at(value, ["region"])).success,
  },
);

/** The AWS part of a config, with its defaults filled in. */
export type AwsConfig = z.infer<typeof awsSection>;

/** The ARNs of a config that may be faulty elsewhere, which name another account or partition than the config does. */
function foreignArns(aws: { accountId: string; region: string }): { path: (string | number)[]; arn: string }[] {
  const lists = ["writePolicyArns", "previewPolicyArns"].flatMap((key) => {
    const items = at(aws, ["identity", key]);
    return Array.isArray(items) ? items.map((_item, index) => ["identity", key, index]) : [];
  });
  return [
    ["state", "kmsKey", "existing", "arn"],
    ["identity", "oidcProvider", "existing", "arn"],
    ["identity", "permissionsBoundaryArn"],
    ...lists,
  ]
    .map((path) => ({ path, arn: at(aws, path) }))
    .filter((entry): entry is { path: (string | number)[]; arn: string } => typeof entry.arn === "string")
    .filter(({ arn }) => {
      const [scheme, partition, , , account] = arn.split(":");
      const own = account === "aws" || account === aws.accountId;
      return scheme === "arn" && !(own && partition === regionPartition(aws.region));
    });
}
