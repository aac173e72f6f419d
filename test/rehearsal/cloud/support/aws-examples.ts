import type { PropertyMap } from "../../../../rehearsal/engine/values/property-value";

/** Policies for the examples. */
export const bucketPolicyFor = (bucket: string): string =>
  JSON.stringify({
    Version: "2012-10-17",
    Statement: [
      {
        Sid: "TLS only",
        Effect: "Deny",
        Principal: "*",
        Action: "s3:*",
        Resource: [`arn:aws:s3:::${bucket}`, `arn:aws:s3:::${bucket}/*`],
        Condition: { Bool: { "aws:SecureTransport": "false" } },
      },
    ],
  });
export const IDENTITY_POLICY =
  '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:GetObject","Resource":"*"}]}';
export const TRUST_POLICY =
  '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"ec2.amazonaws.com"},"Action":"sts:AssumeRole"}]}';

/** A resource that can be created once those before it in its package are there, and changes of it. */
export interface Example {
  readonly pkg: string;
  readonly type: string;
  readonly inputs: PropertyMap;
  /** An import text, where it is not the id. */
  readonly importText?: string;
  /** A change that updates in place; absent where every property needs a replacement. */
  readonly update?: PropertyMap;
  /** Paths that `update` changes. */
  readonly updates?: readonly string[];
  /** A change that needs a replacement, and the property that does. */
  readonly replace?: readonly [PropertyMap, string];
}

const setting = (
  name: string,
  properties: PropertyMap,
  rest: Omit<Example, "pkg" | "type" | "inputs" | "replace">,
): Example => ({
  pkg: "aws",
  type: `aws:s3/b${name.slice(1)}:${name}`,
  inputs: { bucket: "acme-dev-state", ...properties },
  replace: [{ bucket: "acme-dev-log" }, "bucket"],
  ...rest,
});

/** One example of each type of AWS, in an order in which they can be created. */
export const AWS_EXAMPLES: readonly Example[] = [
  {
    pkg: "aws",
    type: "aws:s3/bucket:Bucket",
    inputs: { bucket: "acme-dev-state", tags: { owner: "a" } },
    update: { tags: { owner: "b" } },
    updates: ["tags.owner"],
    replace: [{ bucket: "acme-dev-other" }, "bucket"],
  },
  setting(
    "BucketVersioning",
    { versioningConfiguration: { status: "Enabled" } },
    { update: { versioningConfiguration: { status: "Suspended" } }, updates: ["versioningConfiguration.status"] },
  ),
  setting(
    "BucketServerSideEncryptionConfiguration",
    { rules: [{ applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256" } }] },
    {
      update: { rules: [{ applyServerSideEncryptionByDefault: { sseAlgorithm: "aws:kms" } }] },
      updates: ["rules[0].applyServerSideEncryptionByDefault.sseAlgorithm"],
    },
  ),
  setting(
    "BucketPublicAccessBlock",
    { blockPublicAcls: true },
    { update: { blockPublicAcls: true, blockPublicPolicy: true }, updates: ["blockPublicPolicy"] },
  ),
  setting(
    "BucketPolicy",
    { policy: bucketPolicyFor("acme-dev-state") },
    { update: { policy: bucketPolicyFor("acme-dev-state").replace("Deny", "Allow") }, updates: ["policy"] },
  ),
  setting(
    "BucketOwnershipControls",
    { rule: { objectOwnership: "BucketOwnerEnforced" } },
    { update: { rule: { objectOwnership: "ObjectWriter" } }, updates: ["rule.objectOwnership"] },
  ),
  setting(
    "BucketLifecycleConfiguration",
    { rules: [{ id: "old", status: "Enabled", noncurrentVersionExpiration: { noncurrentDays: 90 } }] },
    {
      update: { rules: [{ id: "old", status: "Enabled", noncurrentVersionExpiration: { noncurrentDays: 30 } }] },
      updates: ["rules[0].noncurrentVersionExpiration.noncurrentDays"],
    },
  ),
  setting(
    "BucketLogging",
    { targetBucket: "acme-dev-state", targetPrefix: "log/" },
    { update: { targetBucket: "acme-dev-state", targetPrefix: "logs/" }, updates: ["targetPrefix"] },
  ),
  {
    pkg: "aws",
    type: "aws:s3/bucketObjectv2:BucketObjectv2",
    inputs: { bucket: "acme-dev-state", key: "a/b", content: "x", forceDestroy: true },
    update: { content: "y" },
    updates: ["content"],
    replace: [{ key: "c" }, "key"],
  },
  {
    pkg: "aws",
    type: "aws:dynamodb/table:Table",
    inputs: {
      name: "acme-dev-lock",
      billingMode: "PAY_PER_REQUEST",
      hashKey: "LockID",
      attributes: [{ name: "LockID", type: "S" }],
    },
    update: { pointInTimeRecovery: { enabled: true } },
    updates: ["pointInTimeRecovery"],
    replace: [{ name: "acme-dev-lock2" }, "name"],
  },
  {
    pkg: "aws",
    type: "aws:kms/key:Key",
    inputs: { description: "state" },
    update: { description: "the state" },
    updates: ["description"],
    replace: [{ customerMasterKeySpec: "RSA_2048", keyUsage: "SIGN_VERIFY" }, "keyUsage"],
  },
  {
    pkg: "aws",
    type: "aws:iam/openIdConnectProvider:OpenIdConnectProvider",
    inputs: { url: "https://token.actions.githubusercontent.com", clientIdLists: ["sts.amazonaws.com"] },
    update: { clientIdLists: ["sts.amazonaws.com", "other"] },
    updates: ["clientIdLists[1]"],
    replace: [{ url: "https://gitlab.com" }, "url"],
  },
  {
    pkg: "aws",
    type: "aws:iam/role:Role",
    inputs: { name: "ci", assumeRolePolicy: TRUST_POLICY },
    update: { maxSessionDuration: 7200 },
    updates: ["maxSessionDuration"],
    replace: [{ path: "/ci/" }, "path"],
  },
  {
    pkg: "aws",
    type: "aws:iam/policy:Policy",
    inputs: { name: "read", policy: IDENTITY_POLICY },
    update: { policy: IDENTITY_POLICY.replace("Get", "Put") },
    updates: ["policy"],
    replace: [{ description: "reads" }, "description"],
  },
  {
    pkg: "aws",
    type: "aws:iam/rolePolicy:RolePolicy",
    inputs: { role: "ci", name: "inline", policy: IDENTITY_POLICY },
    update: { policy: IDENTITY_POLICY.replace("Get", "Put") },
    updates: ["policy"],
    replace: [{ name: "other" }, "name"],
  },
  {
    pkg: "aws",
    type: "aws:iam/rolePolicyAttachment:RolePolicyAttachment",
    inputs: { role: "ci", policyArn: "arn:aws:iam::aws:policy/ReadOnlyAccess" },
    replace: [{ policyArn: "arn:aws:iam::aws:policy/AdministratorAccess" }, "policyArn"],
  },
];
