import assert from "node:assert/strict";
import { Driver, SEED, withCloud, withDocument } from "./support/cloud-fixture";
import { SimulatedCloud } from "../../../rehearsal/cloud/simulated-cloud";

const OIDC_URL = "https://token.actions.githubusercontent.com";

describe("functions of AWS", () => {
  const aws = (test: (driver: Driver, cloud: SimulatedCloud) => Promise<void>, profile = "tst") =>
    withCloud(async (cloud) => test(await Driver.configured(cloud, "aws", { profile, region: "eu-west-1" }), cloud));

  it("say who, where and in which partition the provider is", () =>
    aws(async (driver) => {
      assert.equal((await driver.invoke("aws:index/getCallerIdentity:getCallerIdentity")).accountId, "222222222222");
      const region = await driver.invoke("aws:index/getRegion:getRegion");
      assert.deepEqual(
        [region.name, region.region, region.endpoint],
        ["eu-west-1", "eu-west-1", "ec2.eu-west-1.amazonaws.com"],
      );
      const partition = await driver.invoke("aws:index/getPartition:getPartition");
      assert.deepEqual(partition, {
        id: "aws",
        partition: "aws",
        dnsSuffix: "amazonaws.com",
        reverseDnsPrefix: "com.amazonaws",
      });
      await assert.rejects(
        driver.invoke("aws:index/getRegion:getRegion", { region: "mars-1" }),
        /no matching EC2 Region found: "mars-1"/,
      );
    }));

  it("find an OIDC provider of the seed, which cannot be created again, and none in another account", () =>
    aws(async (driver, cloud) => {
      const found = await driver.invoke("aws:iam/getOpenIdConnectProvider:getOpenIdConnectProvider", { url: OIDC_URL });
      assert.equal(found.arn, "arn:aws:iam::222222222222:oidc-provider/token.actions.githubusercontent.com");
      assert.deepEqual(found.clientIdLists, ["sts.amazonaws.com"]);
      const type = "aws:iam/openIdConnectProvider:OpenIdConnectProvider";
      await assert.rejects(
        driver.create(type, { url: OIDC_URL, clientIdLists: [] }),
        /EntityAlreadyExists: Provider with url/,
      );
      const dev = await Driver.configured(cloud, "aws", { profile: "dev" });
      await assert.rejects(
        dev.invoke("aws:iam/getOpenIdConnectProvider:getOpenIdConnectProvider", { url: OIDC_URL }),
        /not found/,
      );
      await assert.rejects(
        dev.invoke("aws:iam/getOpenIdConnectProvider:getOpenIdConnectProvider", {}),
        /exactly one of "arn" and "url"/,
      );
    }));

  it("find a bucket once it is there", () =>
    aws(async (driver) => {
      await assert.rejects(
        driver.invoke("aws:s3/getBucket:getBucket", { bucket: "acme" }),
        /NotFound: no such bucket in account 222222222222/,
      );
      const { outputs } = await driver.create("aws:s3/bucket:Bucket", { bucket: "acme" });
      const found = await driver.invoke("aws:s3/getBucket:getBucket", { bucket: "acme" });
      for (const name of ["arn", "bucketDomainName", "bucketRegionalDomainName", "hostedZoneId", "region"])
        assert.equal(found[name], outputs[name]);
    }));

  it("write a policy document as Terraform does", () =>
    aws(async (driver) => {
      const statement = {
        sid: "Trust",
        actions: ["sts:AssumeRoleWithWebIdentity"],
        principals: [{ type: "Federated", identifiers: ["arn:b", "arn:a"] }],
        conditions: [
          { test: "StringEquals", variable: "x:aud", values: ["sts.amazonaws.com"] },
          { test: "StringEquals", variable: "x:sub", values: ["a", "b"] },
        ],
      };
      const { json, minifiedJson } = await driver.invoke("aws:iam/getPolicyDocument:getPolicyDocument", {
        statements: [statement],
      });
      const expected = {
        Version: "2012-10-17",
        Statement: [
          {
            Sid: "Trust",
            Effect: "Allow",
            Action: "sts:AssumeRoleWithWebIdentity",
            Principal: { Federated: ["arn:b", "arn:a"] },
            Condition: { StringEquals: { "x:aud": "sts.amazonaws.com", "x:sub": ["a", "b"] } },
          },
        ],
      };
      assert.equal(json, JSON.stringify(expected, null, 2));
      assert.equal(minifiedJson, JSON.stringify(expected));
      const override = { overridePolicyDocuments: [JSON.stringify({ Statement: { Sid: "Trust", Effect: "Deny" } })] };
      const merged = await driver.invoke("aws:iam/getPolicyDocument:getPolicyDocument", {
        statements: [statement],
        ...override,
      });
      assert.deepEqual(JSON.parse(merged.json as string).Statement, [{ Sid: "Trust", Effect: "Deny" }]);
      await assert.rejects(
        driver.invoke("aws:iam/getPolicyDocument:getPolicyDocument", { statments: [] }),
        /did you mean "statements"/,
      );
    }));
});

describe("functions of GitHub", () => {
  it("answer from the seed and from what was created since", () =>
    withCloud(async (cloud) => {
      const driver = await Driver.configured(cloud, "github");
      const found = await driver.invoke("github:index/getRepository:getRepository", { fullName: "acme/platform" });
      assert.deepEqual(
        [found.repoId, found.nodeId, found.defaultBranch, found.visibility],
        [700, "R_platform", "main", "private"],
      );
      await driver.create("github:index/branchDefault:BranchDefault", { repository: "platform", branch: "develop" });
      assert.equal(
        (await driver.invoke("github:index/getRepository:getRepository", { name: "platform" })).defaultBranch,
        "develop",
      );
      assert.equal((await driver.invoke("github:index/getUser:getUser", { username: "" })).login, "engineer");
      const team = await driver.invoke("github:index/getTeam:getTeam", { slug: "ops" });
      assert.deepEqual([team.id, team.members], ["9", ["engineer"]]);
      await driver.create("github:index/repositoryEnvironment:RepositoryEnvironment", {
        repository: "platform",
        environment: "dev",
      });
      const { environments } = await driver.invoke("github:index/getRepositoryEnvironments:getRepositoryEnvironments", {
        repository: "platform",
      });
      assert.deepEqual(
        (environments as { name: string }[]).map(({ name }) => name),
        ["dev"],
      );
      const { key } = await driver.invoke("github:index/getActionsPublicKey:getActionsPublicKey", {
        repository: "platform",
      });
      assert.equal(Buffer.from(key as string, "base64").length, 32);
    }));

  const cases = [
    ["getRepository", { name: "none" }, /acme\/none does not exist/],
    ["getUser", { username: "nobody" }, /the user "nobody" does not exist/],
    ["getTeam", { slug: "none" }, /the team acme\/none does not exist/],
    ["getRepositoryEnvironments", { repository: "none" }, /acme\/none does not exist/],
    ["getActionsPublicKey", {}, /repository: is required/],
  ] as const;
  for (const [name, args, expected] of cases) {
    it(`fails: ${name} of what is not there`, () =>
      withCloud(async (cloud) => {
        await assert.rejects(
          (await Driver.configured(cloud, "github")).invoke(`github:index/${name}:${name}`, args),
          expected,
        );
      }));
  }
});

describe("a seed", () => {
  it("is kept in the document, adds what is new, and brings back nothing that was deleted", () =>
    withDocument(async (file) => {
      const REPOSITORY = "github:index/repository:Repository";
      const first = await SimulatedCloud.open(file, { seed: SEED });
      await first.remove(REPOSITORY, "site");
      await first.close();
      const second = await SimulatedCloud.open(file);
      assert.deepEqual(second.seed, SEED);
      await second.close();
      const [acme] = SEED.github.owners;
      const more = { ...acme!, repositories: [...acme!.repositories, { name: "extra", id: 9, nodeId: "R_extra" }] };
      const third = await SimulatedCloud.open(file, { seed: { ...SEED, github: { ...SEED.github, owners: [more] } } });
      assert.deepEqual(
        third
          .list()
          .filter(({ type }) => type === REPOSITORY)
          .map(({ id }) => id),
        ["platform", "extra"],
      );
      assert.deepEqual(
        third.list().filter(({ id }) => id.startsWith("site")),
        [],
      );
      await third.close();
    }));
});
