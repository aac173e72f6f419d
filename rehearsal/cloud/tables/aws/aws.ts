import { flag, integer, list, object, record, set, text } from "../../schema/property-schema";
import type { VendorTable } from "../table";
import { getBucket, getCallerIdentity, getOpenIdConnectProvider, getPartition, getRegion } from "./aws-functions";
import { awsConfigRules, awsInherited, awsScopeOf, type AwsScope } from "./aws-scope";
import { table } from "./dynamodb";
import { getPolicyDocument } from "./get-policy-document";
import { openIdConnectProvider, seededOidcProviders } from "./iam-oidc-provider";
import { policy, role, rolePolicy, rolePolicyAttachment } from "./iam-role";
import { alias, key } from "./kms";
import { bucket, bucketObject } from "./s3-bucket";
import {
  bucketEncryption,
  bucketLogging,
  bucketOwnershipControls,
  bucketPolicy,
  bucketPublicAccessBlock,
  bucketVersioning,
} from "./s3-bucket-settings";
import { bucketLifecycle } from "./s3-lifecycle";

const accountIds = set(text({ pattern: /^\d{12}$/, meaning: "an account id of twelve digits" }));

/** Amazon Web Services. */
export const aws: VendorTable<AwsScope> = {
  name: "aws",
  version: "7.48.0",
  fileFor: (token) =>
    `rehearsal/cloud/tables/aws/${token.split(":")[1]?.split("/")[0] ?? "index"}.ts, and list it in aws.ts`,
  config: {
    accessKey: text({ secret: true }),
    allowedAccountIds: accountIds,
    assumeRoleWithWebIdentity: object({
      duration: text(),
      policy: text(),
      policyArns: set(text()),
      roleArn: text(),
      sessionName: text(),
      webIdentityToken: text(),
      webIdentityTokenFile: text(),
    }),
    assumeRoles: list(
      object({
        duration: text(),
        externalId: text(),
        policy: text(),
        policyArns: set(text()),
        roleArn: text(),
        sessionName: text(),
        sourceIdentity: text(),
        tags: record(text()),
        transitiveTagKeys: set(text()),
      }),
    ),
    customCaBundle: text(),
    defaultTags: object({ tags: record(text()) }),
    ec2MetadataServiceEndpoint: text(),
    ec2MetadataServiceEndpointMode: text(),
    endpoints: set(record(text())),
    forbiddenAccountIds: accountIds,
    httpProxy: text(),
    httpsProxy: text(),
    ignoreTags: object({ keyPrefixes: set(text()), keys: set(text()) }),
    insecure: flag(),
    maxRetries: integer({ min: 0 }),
    noProxy: text(),
    profile: text(),
    region: text({ pattern: /^[a-z]{2}(-[a-z]+)+-\d$/, meaning: 'a region such as "us-east-1"' }),
    retryMode: text(),
    s3UsEast1RegionalEndpoint: text(),
    s3UsePathStyle: flag(),
    secretKey: text({ secret: true }),
    sharedConfigFiles: list(text()),
    sharedCredentialsFiles: list(text()),
    skipCredentialsValidation: flag(),
    skipMetadataApiCheck: flag(),
    skipRegionValidation: flag(),
    skipRequestingAccountId: flag(),
    stsRegion: text(),
    tagPolicyCompliance: text(),
    token: text({ secret: true }),
    tokenBucketRateLimiterCapacity: integer({ min: 0 }),
    useDualstackEndpoint: flag(),
    useFipsEndpoint: flag(),
    userAgents: list(text()),
  },
  configRules: awsConfigRules,
  scopeOf: awsScopeOf,
  inherit: awsInherited,
  resources: [
    ...[bucket, bucketVersioning, bucketEncryption, bucketPublicAccessBlock, bucketPolicy, bucketOwnershipControls],
    ...[bucketLifecycle, bucketLogging, bucketObject, table, key, alias],
    ...[openIdConnectProvider, role, rolePolicy, rolePolicyAttachment, policy],
  ],
  functions: [getCallerIdentity, getPartition, getRegion, getOpenIdConnectProvider, getPolicyDocument, getBucket],
  seeded: seededOidcProviders,
};
