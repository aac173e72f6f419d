import fc from "fast-check";

const id = fc.integer({ min: 1, max: 2 ** 40 });
const branch = fc.constantFrom("main", "develop", "release/*", "feature/**", "v[12]");
const policyArn = fc
  .stringMatching(/^[A-Za-z]{1,20}$/)
  .chain((name) => fc.constantFrom(`arn:aws:iam::aws:policy/${name}`, `arn:aws:iam::111111111111:policy/team/${name}`));
const create = fc.constant({ create: {} });
const existing = (arn: string) => fc.constant({ existing: { arn } });
const policyArns = fc.uniqueArray(policyArn, { maxLength: 10 });

const state = fc.record(
  {
    kmsKey: fc.oneof(create, existing("arn:aws:kms:eu-west-1:111111111111:key/1234-abcd")),
    noncurrentVersionDays: fc.integer({ min: 1, max: 3650 }),
    noncurrentVersionsKept: fc.integer({ min: 1, max: 100 }),
    accessLogBucket: fc.constant("acme-logs"),
    terraformLockTable: fc.boolean(),
    protect: fc.boolean(),
  },
  { requiredKeys: [] },
);

const identity = fc.record(
  {
    oidcProvider: fc.oneof(
      create,
      existing("arn:aws:iam::111111111111:oidc-provider/token.actions.githubusercontent.com"),
    ),
    writePolicyArns: policyArns,
    previewPolicyArns: policyArns,
    maxSessionDuration: fc.integer({ min: 3600, max: 43200 }),
    permissionsBoundaryArn: policyArn,
    pinRepositoryId: fc.boolean(),
  },
  { requiredKeys: ["oidcProvider", "writePolicyArns"] },
);

const branchProtection = fc.record(
  {
    requiredStatusChecks: fc.uniqueArray(fc.constantFrom("check", "preview", "build (20)"), { maxLength: 3 }),
    requiredApprovingReviewCount: fc.integer({ min: 0, max: 6 }),
    requireCodeOwnerReviews: fc.boolean(),
    requiredLinearHistory: fc.boolean(),
    enforceAdmins: fc.boolean(),
  },
  { requiredKeys: ["requiredStatusChecks"] },
);

const reviewerIds = fc.uniqueArray(id, { minLength: 1, maxLength: 3 });

const github = fc.record(
  {
    deploymentBranches: fc.uniqueArray(branch, { minLength: 1, maxLength: 5 }),
    reviewers: fc.oneof(fc.record({ users: reviewerIds }), fc.record({ users: reviewerIds, teams: reviewerIds })),
    preventSelfReview: fc.boolean(),
    canAdminsBypass: fc.boolean(),
    waitTimer: fc.integer({ min: 0, max: 43200 }),
    branchProtection: fc.dictionary(branch, branchProtection, { maxKeys: 3, noNullPrototype: true }),
  },
  { requiredKeys: ["deploymentBranches"] },
);

/** Any valid config of a stack, its keys without their namespace. */
export const validRawConfig: fc.Arbitrary<Record<string, unknown>> = fc.record(
  {
    organization: fc.stringMatching(/^[a-z][a-z0-9]{1,20}(-[a-z0-9]{1,5})?$/),
    repository: fc.record(
      {
        fullName: fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9-]{0,20}\/[A-Za-z0-9._-]{1,20}$/),
        ownerId: id,
        id,
        subjectFormats: fc.constantFrom(["named"], ["immutable"], ["immutable", "named"]),
      },
      { requiredKeys: ["fullName", "ownerId", "id"] },
    ),
    tags: fc.dictionary(fc.stringMatching(/^[a-z]{1,8}-[a-z]{1,8}$/), fc.stringMatching(/^[A-Za-z0-9 @]{1,20}$/), {
      noNullPrototype: true,
    }),
    aws: fc.record(
      { accountId: fc.constant("111111111111"), region: fc.constantFrom("us-east-1", "eu-west-1"), state, identity },
      { requiredKeys: ["accountId", "region"] },
    ),
    github,
  },
  { requiredKeys: ["organization", "repository"], noNullPrototype: true },
);
