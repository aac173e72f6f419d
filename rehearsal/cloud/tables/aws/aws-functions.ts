import type { PropertyMap } from "../../../engine/values/property-value";
import { CloudError } from "../../cloud-error";
import { record, text, asText } from "../../schema/property-schema";
import type { FunctionTable } from "../table";
import type { AwsScope } from "./aws-scope";
import { OIDC_PROVIDER, withoutScheme } from "./iam-oidc-provider";
import { BUCKET, bucketAttributes } from "./s3-bucket";

const DNS_SUFFIXES: Readonly<Record<string, string>> = { aws: "amazonaws.com", "aws-cn": "amazonaws.com.cn" };

/** @see https://docs.aws.amazon.com/general/latest/gr/rande.html */
const REGIONS: Readonly<Record<string, string>> = {
  "us-east-1": "US East (N. Virginia)",
  "us-east-2": "US East (Ohio)",
  "us-west-1": "US West (N. California)",
  "us-west-2": "US West (Oregon)",
  "ca-central-1": "Canada (Central)",
  "eu-west-1": "Europe (Ireland)",
  "eu-west-2": "Europe (London)",
  "eu-west-3": "Europe (Paris)",
  "eu-central-1": "Europe (Frankfurt)",
  "eu-north-1": "Europe (Stockholm)",
  "ap-south-1": "Asia Pacific (Mumbai)",
  "ap-northeast-1": "Asia Pacific (Tokyo)",
  "ap-southeast-1": "Asia Pacific (Singapore)",
  "ap-southeast-2": "Asia Pacific (Sydney)",
  "sa-east-1": "South America (Sao Paulo)",
};

/** Who the provider works as. */
export const getCallerIdentity: FunctionTable<AwsScope> = {
  token: "aws:index/getCallerIdentity:getCallerIdentity",
  args: { id: text() },
  answer: (_, { scope: { account, partition } }) => ({
    accountId: account,
    arn: `arn:${partition}:sts::${account}:assumed-role/rehearsal/rehearsal`,
    id: account,
    userId: "AROAREHEARSAL00000000:rehearsal",
  }),
};

/** Which part of AWS the provider works in. */
export const getPartition: FunctionTable<AwsScope> = {
  token: "aws:index/getPartition:getPartition",
  args: { id: text() },
  answer: (_, { scope: { partition } }) => {
    const dnsSuffix = DNS_SUFFIXES[partition] ?? "amazonaws.com";
    return { id: partition, partition, dnsSuffix, reverseDnsPrefix: dnsSuffix.split(".").reverse().join(".") };
  },
};

/** A region; without arguments that of the provider. */
export const getRegion: FunctionTable<AwsScope> = {
  token: "aws:index/getRegion:getRegion",
  args: { endpoint: text(), id: text(), name: text(), region: text() },
  answer: (args, { scope }) => {
    const byEndpoint = typeof args.endpoint === "string" ? /^ec2\.([a-z0-9-]+)\./.exec(args.endpoint)?.[1] : undefined;
    const region = asText(args.region ?? args.name ?? byEndpoint ?? scope.region);
    const description = REGIONS[region];
    if (description === undefined) {
      throw new CloudError(
        `no matching EC2 Region found: "${region}"; the simulated cloud has ${Object.keys(REGIONS).join(", ")}`,
      );
    }
    return {
      id: region,
      name: region,
      region,
      description,
      endpoint: `ec2.${region}.${DNS_SUFFIXES[scope.partition] ?? "amazonaws.com"}`,
    };
  },
};

/** An OIDC provider of the account, by its ARN or URL. */
export const getOpenIdConnectProvider: FunctionTable<AwsScope> = {
  token: "aws:iam/getOpenIdConnectProvider:getOpenIdConnectProvider",
  args: { arn: text(), tags: record(text()), url: text() },
  answer: ({ arn, url }, { scope, world }) => {
    if ((arn === undefined) === (url === undefined))
      throw new CloudError('exactly one of "arn" and "url" must be given');
    const wanted = arn ?? `arn:${scope.partition}:iam::${scope.account}:oidc-provider/${withoutScheme(asText(url))}`;
    const found = world.get(scope.id, OIDC_PROVIDER, asText(wanted));
    if (found === undefined)
      throw new CloudError(`finding IAM OIDC Provider: not found: "${asText(arn ?? url)}" in account ${scope.account}`);
    const { clientIdLists = [], thumbprintLists = [], tagsAll = {}, url: stored = "" } = found.outputs;
    return {
      arn: found.id,
      id: found.id,
      clientIdLists,
      thumbprintLists,
      tags: tagsAll,
      url: stored,
    } satisfies PropertyMap;
  },
};

/** A bucket, by its name. */
export const getBucket: FunctionTable<AwsScope> = {
  token: "aws:s3/getBucket:getBucket",
  args: { bucket: text({ required: true }), region: text() },
  answer: (args, { scope, world }) => {
    const name = asText(args.bucket);
    const found = world.get(scope.id, BUCKET, name);
    if (found === undefined)
      throw new CloudError(`reading S3 Bucket (${name}): NotFound: no such bucket in account ${scope.account}`);
    const region = asText(found.outputs.region);
    const site = { websiteDomain: "", websiteEndpoint: "" };
    return { ...bucketAttributes(name, region, scope.partition), bucket: name, id: name, region, ...site };
  },
};
