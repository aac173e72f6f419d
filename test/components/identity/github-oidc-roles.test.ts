import assert from "node:assert/strict";
import { GithubOidcRoles, type GithubOidcRolesArgs } from "../../../components";
import { awsProviders, repository } from "../../support/component-fixtures";
import { recordResources, summaries, valueOf } from "../../support/record-resources";

const existing = { arn: "arn:aws:iam::111111111111:oidc-provider/token.actions.githubusercontent.com" };
const base: GithubOidcRolesArgs = {
  organization: "acme",
  environment: "dev",
  repository,
  oidcProvider: { existing },
  writePolicyArns: [],
};
const host = "token.actions.githubusercontent.com";

const record = (args: Partial<GithubOidcRolesArgs> = {}) =>
  recordResources(() => new GithubOidcRoles("identity", { ...base, ...args }, awsProviders()));

const subjects = (...claims: string[]) =>
  claims.flatMap((claim) => [`repo:acme/platform:${claim}`, `repo:acme@1001/platform@2002:${claim}`]);

function role(purpose: "preview" | "write", sub: string[], more: object = {}, claims: object = {}) {
  const description = purpose === "preview" ? "Previews changes of dev; reads only" : "Applies approved changes of dev";
  return {
    type: "aws:iam/role:Role",
    inputs: {
      name: `acme-dev-github-${purpose}`,
      description,
      maxSessionDuration: 3600,
      assumeRolePolicy: {
        Version: "2012-10-17",
        Statement: [
          {
            Effect: "Allow",
            Principal: { Federated: existing.arn },
            Action: "sts:AssumeRoleWithWebIdentity",
            Condition: {
              StringEquals: {
                [`${host}:aud`]: "sts.amazonaws.com",
                [`${host}:sub`]: sub,
                [`${host}:repository_id`]: "2002",
                ...claims,
              },
            },
          },
        ],
      },
      ...more,
    },
  };
}

const attachment = (purpose: string, policyArn: string) => ({
  type: "aws:iam/rolePolicyAttachment:RolePolicyAttachment",
  inputs: { role: `acme-dev-github-${purpose}`, policyArn },
});

const statePolicy = (purpose: string, Statement: object[]) => ({
  type: "aws:iam/rolePolicy:RolePolicy",
  inputs: {
    name: `acme-dev-state-${purpose}`,
    role: `acme-dev-github-${purpose}`,
    policy: { Version: "2012-10-17", Statement },
  },
});

const previewSubjects = subjects("pull_request", "environment:dev");
const audit = "arn:aws:iam::aws:policy/SecurityAudit";

describe("GithubOidcRoles", () => {
  it("gives pull requests a reading role, and the write role to jobs of the environment alone", async () => {
    const { registrations } = await record();
    assert.deepEqual(summaries(registrations), {
      "identity-preview": role("preview", previewSubjects),
      "identity-preview-aws/SecurityAudit": attachment("preview", audit),
      "identity-write": role("write", subjects("environment:dev")),
    });
  });

  it("makes the account's identity provider, without thumbprints, when told so", async () => {
    const { result, registrations } = await record({ oidcProvider: { create: {} } });
    assert.deepEqual(summaries(registrations)["identity-provider"], {
      type: "aws:iam/openIdConnectProvider:OpenIdConnectProvider",
      inputs: { url: `https://${host}`, clientIdLists: ["sts.amazonaws.com"] },
    });
    assert.equal(await valueOf(result.oidcProviderArn), "arn:aws:aws:::identity-provider");
  });

  it("attaches exactly the policies that it is given", async () => {
    const own = "arn:aws:iam::111111111111:policy/team/Deploy";
    const power = "arn:aws:iam::aws:policy/PowerUserAccess";
    const { registrations } = await record({ writePolicyArns: [power, own], previewPolicyArns: [] });
    const attachments = Object.entries(summaries(registrations)).filter(([, { type }]) => type.includes("Attachment"));
    assert.deepEqual(Object.fromEntries(attachments), {
      "identity-write-aws/PowerUserAccess": attachment("write", power),
      "identity-write-111111111111/team/Deploy": attachment("write", own),
    });
  });

  it("lets both roles read this repository's state and only the write role write and lock it", async () => {
    const bucketArn = "arn:aws:s3:::acme-dev-s3-tf-backend";
    const kmsKeyArn = "arn:aws:kms:us-east-1:111111111111:key/1234";
    const lockTableArn = "arn:aws:dynamodb:us-east-1:111111111111:table/acme-dev-ddb-tf-backend";
    const { registrations } = await record({
      state: { bucketArn, keyPrefix: "platform/", kmsKeyArn, lockTableArn },
    });
    const allow = (Sid: string, Action: string[], Resource: string) => ({ Sid, Effect: "Allow", Action, Resource });
    const list = allow("ListState", ["s3:ListBucket", "s3:GetBucketLocation"], bucketArn);
    const objects = `${bucketArn}/platform/*`;
    const all = summaries(registrations);
    assert.deepEqual(
      all["identity-preview-state"],
      statePolicy("preview", [
        list,
        allow("ReadState", ["s3:GetObject"], objects),
        allow("UseStateKey", ["kms:Decrypt"], kmsKeyArn),
      ]),
    );
    assert.deepEqual(
      all["identity-write-state"],
      statePolicy("write", [
        list,
        allow("WriteState", ["s3:GetObject", "s3:PutObject", "s3:DeleteObject"], objects),
        allow("UseStateKey", ["kms:Decrypt", "kms:GenerateDataKey"], kmsKeyArn),
        allow(
          "LockTerraformState",
          ["dynamodb:DescribeTable", "dynamodb:GetItem", "dynamodb:PutItem", "dynamodb:DeleteItem"],
          lockTableArn,
        ),
      ]),
    );
  });

  it("leaves out statements about a key and a table that are not there", async () => {
    const { registrations } = await record({ state: { bucketArn: "arn:aws:s3:::b", keyPrefix: "platform/" } });
    const sids = JSON.stringify(summaries(registrations)["identity-write-state"]).match(/"Sid":"\w+"/g);
    assert.deepEqual(sids, ['"Sid":"ListState"', '"Sid":"WriteState"']);
  });

  it("lets pushes to the named branches preview", async () => {
    const { registrations } = await record({ previewBranches: ["main"] });
    const all = summaries(registrations);
    assert.deepEqual(
      all["identity-preview"],
      role("preview", subjects("pull_request", "environment:dev", "ref:refs/heads/main")),
    );
    assert.deepEqual(all["identity-write"], role("write", subjects("environment:dev")));
  });

  it("takes session length, boundary, partition and looser trust as told", async () => {
    const boundary = "arn:aws-cn:iam::111111111111:policy/Boundary";
    const { registrations } = await record({
      maxSessionDuration: 7200,
      permissionsBoundaryArn: boundary,
      partition: "aws-cn",
      pinRepositoryId: false,
      repository: { ...repository, subjectFormats: ["immutable"] },
    });
    const all = summaries(registrations);
    const expected = role(
      "write",
      ["repo:acme@1001/platform@2002:environment:dev"],
      { maxSessionDuration: 7200, permissionsBoundary: boundary },
      { [`${host}:aud`]: "sts.amazonaws.com.cn" },
    );
    delete (expected.inputs.assumeRolePolicy.Statement[0]!.Condition.StringEquals as Record<string, unknown>)[
      `${host}:repository_id`
    ];
    assert.deepEqual(all["identity-write"], expected);
    assert.equal(
      all["identity-preview-aws/SecurityAudit"]?.inputs.policyArn,
      "arn:aws-cn:iam::aws:policy/SecurityAudit",
    );
  });

  it("trusts by equality alone and grants no administration by itself", async () => {
    const { registrations } = await record({ previewBranches: ["main"] });
    const json = JSON.stringify(summaries(registrations));
    assert.equal(/StringLike|ForA(ll|ny)|AdministratorAccess/.test(json), false);
    assert.equal(json.includes('"*"'), false);
  });
});
