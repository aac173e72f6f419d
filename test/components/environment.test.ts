import assert from "node:assert/strict";
import { Environment, outputsContractVersion } from "../../components";
import { componentFixtures, fullArgs, fullConfig, lookups, onlyCommon } from "../support/component-fixtures";
import { componentCases } from "../support/exported-components";
import { recordResources, summaries, valueOf } from "../support/record-resources";

const record = (changes: Partial<typeof fullConfig> = {}) =>
  recordResources(() => new Environment("dev", { ...fullArgs, ...changes }), { lookups });

describe("Environment", () => {
  it("declares every part of its config", async () => {
    const { registrations } = await record();
    const components = registrations.filter(({ custom }) => !custom).map(({ name, type }) => `${name} ${type}`);
    assert.deepEqual(components.sort(), [
      "dev trunkline:components:Environment",
      "dev-aws trunkline:aws:AwsEnvironment",
      "dev-aws-identity trunkline:identity:GithubOidcRoles",
      "dev-aws-state trunkline:state:S3StateBackend",
      "dev-azure trunkline:azure:AzureEnvironment",
      "dev-azure-databricks trunkline:databricks:DatabricksWorkspace",
      "dev-azure-databricks-network trunkline:databricks:WorkspaceNetwork",
      "dev-azure-endpoint trunkline:azure-ml:ModelEndpoint",
      "dev-azure-endpoint trunkline:azure-ml:OnlineEndpoint",
      "dev-azure-endpoint-scoring trunkline:azure-ml:ScoringEnvironment",
      "dev-azure-endpoint-workspace trunkline:azure-ml:MachineLearningWorkspace",
      "dev-azure-identity trunkline:identity:AzureCiIdentity",
      "dev-azure-key-vault trunkline:azure:EnvironmentKeyVault",
      "dev-azure-mlflow trunkline:mlflow:MlflowPlatform",
      "dev-azure-mlflow-cluster trunkline:mlflow:MlflowCluster",
      "dev-azure-mlflow-database trunkline:mlflow:TrackingDatabase",
      "dev-azure-mlflow-images trunkline:mlflow:RegistryImages",
      "dev-azure-mlflow-passwords trunkline:mlflow:VaultPasswords",
      "dev-azure-mlflow-project-runs trunkline:mlflow:ProjectRuns",
      "dev-azure-mlflow-server trunkline:mlflow:TrackingServer",
      "dev-azure-mlflow-server-identity trunkline:mlflow:ServerIdentity",
      "dev-azure-mlflow-storage trunkline:mlflow:ArtifactStorage",
      "dev-azure-state trunkline:state:AzureBlobStateBackend",
      "dev-databricks trunkline:databricks:DatabricksEnvironment",
      "dev-databricks-artifacts trunkline:databricks:DatabricksArtifacts",
      "dev-databricks-artifacts-init-script trunkline:databricks:InitScripts",
      "dev-databricks-artifacts-notebook trunkline:databricks:NotebookTree",
      "dev-databricks-principal trunkline:databricks:CiServicePrincipal",
      "dev-databricks-secret-scope trunkline:databricks:KeyVaultSecretScope",
      "dev-databricks-serving trunkline:databricks:ServingEndpoint",
      "dev-github trunkline:github:GithubEnvironment",
      "dev-github-repository trunkline:github:RepositoryGovernance",
    ]);
  });

  it("declares nothing for parts that its config lacks", async () => {
    const { result, registrations } = await recordResources(() => new Environment("dev", onlyCommon));
    assert.deepEqual(
      registrations.map(({ name }) => name),
      ["dev"],
    );
    assert.deepEqual(result.outputs, {
      contractVersion: outputsContractVersion,
      organization: "acme",
      environment: "dev",
    });
  });

  it("declares an AWS part without the other", async () => {
    const { result, registrations } = await record({ aws: { ...fullConfig.aws!, state: undefined } });
    const all = summaries(registrations);
    assert.equal(all["dev-aws-state-bucket"], undefined);
    assert.equal(all["dev-aws-identity-write-state"], undefined);
    assert.ok(all["dev-aws-identity-write"]);
    assert.equal(result.outputs.aws?.state, undefined);
  });

  it("declares an AWS state without roles, and gives CI no roles then", async () => {
    const { result, registrations } = await record({ aws: { ...fullConfig.aws!, identity: undefined } });
    const names = Object.keys(summaries(registrations));
    assert.ok(names.includes("dev-aws-state-bucket"));
    assert.deepEqual(
      names.filter((name) => /aws-identity|ROLE/.test(name)),
      [],
    );
    assert.equal(result.outputs.aws?.identity, undefined);
  });

  it("hands on what exists already instead of making it", async () => {
    const key = { arn: "arn:aws:kms:us-east-1:111111111111:key/1234" };
    const provider = { arn: "arn:aws:iam::111111111111:oidc-provider/token.actions.githubusercontent.com" };
    const { state, identity } = fullConfig.aws!;
    const { result, registrations } = await record({
      aws: {
        ...fullConfig.aws!,
        state: { ...state!, kmsKey: { existing: key } },
        identity: { ...identity!, oidcProvider: { existing: provider } },
      },
    });
    const all = summaries(registrations);
    assert.equal(all["dev-aws-state-key"], undefined);
    assert.equal(all["dev-aws-identity-provider"], undefined);
    assert.equal(await valueOf(result.outputs.aws!.state!.terraformBackend.kmsKeyId!), key.arn);
    assert.equal(await valueOf(result.outputs.aws!.identity!.oidcProviderArn), provider.arn);
    assert.ok(JSON.stringify(all["dev-aws-identity-preview-state"]).includes(key.arn));
  });

  it("lets the providers touch the configured account and owner alone, with the common tags", async () => {
    const { registrations } = await record();
    const provider = (type: string) => registrations.find((registration) => registration.type === type)!.inputs;
    const aws = provider("pulumi:providers:aws");
    assert.equal(aws.region, "us-east-1");
    assert.deepEqual(JSON.parse(aws.allowedAccountIds as string), ["111111111111"]);
    assert.deepEqual(JSON.parse(aws.defaultTags as string), {
      tags: {
        organization: "acme",
        environment: "dev",
        repository: "acme/platform",
        "managed-by": "trunkline",
        "cost-center": "ml",
      },
    });
    assert.equal(provider("pulumi:providers:github").owner, "acme");
  });

  it("keeps GitHub's token out of what is registered", async () => {
    const before = process.env.GITHUB_TOKEN;
    process.env.GITHUB_TOKEN = "canary-token";
    try {
      const { registrations } = await record();
      assert.equal(JSON.stringify(registrations).includes("canary-token"), false);
    } finally {
      if (before === undefined) {
        delete process.env.GITHUB_TOKEN;
      } else {
        process.env.GITHUB_TOKEN = before;
      }
    }
  });

  it("hands the roles and the state to CI as variables", async () => {
    const { registrations } = await record();
    const value = (name: string) => summaries(registrations)[`dev-github-repository-${name}`]?.inputs.value;
    assert.equal(value("environment-variable-AWS_WRITE_ROLE_ARN"), "arn:aws:aws:::dev-aws-identity-write");
    assert.equal(value("variable-DEV_AWS_PREVIEW_ROLE_ARN"), "arn:aws:aws:::dev-aws-identity-preview");
    assert.equal(
      value("variable-DEV_PULUMI_BACKEND_URL"),
      "s3://acme-dev-s3-tf-backend/platform?region=us-east-1&awssdk=v2",
    );
    assert.equal(value("variable-DEV_AWS_WRITE_ROLE_ARN"), undefined);
  });

  it("lets pushes to branches that are named, not matched, preview", async () => {
    const { registrations } = await record();
    const trust = JSON.stringify(summaries(registrations)["dev-aws-identity-preview"]);
    assert.ok(trust.includes("repo:acme/platform:ref:refs/heads/main"));
    assert.equal(trust.includes("feature"), false);
  });

  it("gives plain outputs", async () => {
    const { result } = await record();
    const { aws, github } = result.outputs;
    assert.equal(await valueOf(aws!.identity!.writeRoleArn), "arn:aws:aws:::dev-aws-identity-write");
    assert.equal(await valueOf(aws!.state!.bucketName), "acme-dev-s3-tf-backend");
    assert.equal(await valueOf(github!.environment), "dev");
    assert.deepEqual(github!.gate.reviewers, { users: [7], teams: [8, 9] });
  });
});

describe("every resource of every component", () => {
  it("has a fixture for each exported component and for nothing else", () => {
    const fixtures = Object.entries(componentFixtures).flatMap(([name, variants]) =>
      Object.keys(variants).map((variant) => `${name} ${variant}`),
    );
    assert.deepEqual(
      componentCases()
        .map(({ title }) => title)
        .sort(),
      fixtures.sort(),
    );
  });

  for (const { title, build } of componentCases()) {
    it(`names its provider: ${title}`, async () => {
      const { registrations } = await recordResources(build, { lookups });
      const ambient = registrations.filter(
        ({ type, custom, provider }) => custom && !type.startsWith("pulumi:providers:") && provider === "",
      );
      assert.deepEqual(
        ambient.map(({ name }) => name),
        [],
      );
    });
  }
});
