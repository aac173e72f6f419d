import { Provider as AwsProvider } from "@pulumi/aws/provider";
import { Provider as GithubProvider } from "@pulumi/github/provider";
import type { ComponentResource } from "@pulumi/pulumi";
import {
  AwsEnvironment,
  AzureEnvironment,
  DatabricksEnvironment,
  Environment,
  type EnvironmentArgs,
  type EnvironmentConfig,
  GithubEnvironment,
  GithubOidcRoles,
  parseEnvironmentConfig,
  RepositoryGovernance,
  S3StateBackend,
} from "../../components";
import { azureComponentFixtures, databricksWorkspace, repository, subscriptionId } from "./azure-fixtures";
import { oneOfEach, parsed } from "./artifact-files";
import { databricksComponentFixtures, databricksNetwork } from "./databricks-fixtures";
import { endpointComponentFixtures, endpointConfig, endpointLookups, release, scoringImage } from "./endpoint-fixtures";
import { mlflowComponentFixtures, mlflowConfig, mlflowImages, mlflowLookups } from "./mlflow-fixtures";
import type { RecordOptions } from "./record-resources";

export { azureProviders, principalArgs, repository } from "./azure-fixtures";

/** What the lookup of that repository answers. */
export const lookups: RecordOptions["lookups"] = {
  "github:index/getRepository:getRepository": ({ fullName }) => ({
    fullName,
    name: "platform",
    nodeId: "R_platform",
    repoId: 2002,
    visibility: "private",
  }),
  ...mlflowLookups,
  ...endpointLookups,
  "databricks:index/getGroup:getGroup": ({ displayName }) => ({ displayName, id: "9001" }),
  "azuread:index/getServicePrincipal:getServicePrincipal": ({ clientId }) => ({
    clientId,
    objectId: "azure-databricks",
  }),
  "azure-native:keyvault:getVault": ({ vaultName }) => ({
    id: `/vaults/${String(vaultName)}`,
    name: vaultName,
    properties: { vaultUri: `https://${String(vaultName)}.vault.azure.net/` },
  }),
  "azure-native:keyvault:getSecret": ({ secretName }) => ({ name: secretName }),
};

/** A provider as components get it from outside. */
export const awsProviders = () => ({ providers: [new AwsProvider("aws", { region: "us-east-1" })] });

/** A provider as components get it from outside. */
export const githubProviders = () => ({ providers: [new GithubProvider("github", { owner: "acme" })] });

/** A config with every part switched on and every choice made the longer way. */
export const fullConfig: EnvironmentConfig = parseEnvironmentConfig("dev", {
  organization: "acme",
  repository,
  tags: { "cost-center": "ml" },
  aws: {
    accountId: "111111111111",
    region: "us-east-1",
    state: { kmsKey: { create: {} }, accessLogBucket: "acme-logs", terraformLockTable: true },
    identity: { oidcProvider: { create: {} }, writePolicyArns: ["arn:aws:iam::aws:policy/PowerUserAccess"] },
  },
  azure: {
    subscriptionId,
    tenantId: "11111111-1111-4111-8111-111111111111",
    location: "westeurope",
    state: {},
    identity: { roles: ["Contributor"], previewRoles: ["Reader"] },
    databricks: { network: databricksNetwork },
    keyVault: { vault: { create: {} }, credentials: { create: {} } },
    mlflow: mlflowConfig,
    endpoint: endpointConfig,
  },
  databricks: {
    accountId: "33333333-3333-4333-8333-333333333333",
    artifacts: { initScripts: "volume", catalog: { create: { name: "ml_dev" } } },
    secretScope: { readers: ["ml"] },
    serving: { initialModel: "ml_dev.default.fares:1" },
    principal: {
      group: { create: {} },
      grants: [{ securable: "catalog", name: "main", privileges: ["USE_CATALOG"] }],
      gitCredential: { provider: "gitHub", personalAccessToken: "hush" },
    },
  },
  github: {
    deploymentBranches: ["main", "feature/**"],
    reviewers: { users: [7], teams: [8, 9] },
    branchProtection: { main: { requiredStatusChecks: ["check"] } },
  },
});

/** What that config deploys. */
export const fullArgs: EnvironmentArgs = {
  ...fullConfig,
  artifacts: parsed(oneOfEach),
  ...{ mlflowImages, scoringImage, releases: { endpoint: release } },
};

/** A config with no part at all. */
export const onlyCommon: EnvironmentConfig = parseEnvironmentConfig("dev", { organization: "acme", repository });

/**
 * One way or more to build each component that components/index.ts exports, by the name of its class. The rules over
 * all components run on these; a component without a fixture fails them.
 */
export const componentFixtures: Readonly<Record<string, Readonly<Record<string, () => ComponentResource>>>> = {
  S3StateBackend: {
    "with S3-managed keys": () =>
      new S3StateBackend(
        "state",
        { organization: "acme", environment: "dev", repository: "platform", region: "us-east-1" },
        awsProviders(),
      ),
    "with a new key, a log and a lock table": () =>
      new S3StateBackend(
        "state",
        {
          organization: "acme",
          environment: "dev",
          repository: "platform",
          region: "us-east-1",
          kmsKey: { create: {} },
          accessLogBucket: "acme-logs",
          terraformLockTable: true,
          protect: false,
        },
        awsProviders(),
      ),
  },
  GithubOidcRoles: {
    "with a new provider": () =>
      new GithubOidcRoles(
        "identity",
        {
          organization: "acme",
          environment: "dev",
          repository,
          oidcProvider: { create: {} },
          writePolicyArns: ["arn:aws:iam::aws:policy/PowerUserAccess"],
          state: { bucketArn: "arn:aws:s3:::acme-dev-s3-tf-backend", keyPrefix: "platform/" },
        },
        awsProviders(),
      ),
  },
  RepositoryGovernance: {
    "with everything": () =>
      new RepositoryGovernance(
        "repository",
        {
          environment: "dev",
          repository,
          deploymentBranches: ["main", "feature/**"],
          reviewers: { users: [7] },
          branchProtection: { main: { requiredStatusChecks: ["check"] } },
          environmentVariables: { AWS_REGION: "us-east-1" },
          repositoryVariables: { DEV_AWS_REGION: "us-east-1" },
        },
        githubProviders(),
      ),
  },
  AwsEnvironment: {
    "with both parts": () =>
      new AwsEnvironment("aws", {
        organization: "acme",
        environment: "dev",
        repository: fullConfig.repository,
        aws: fullConfig.aws!,
        tags: { team: "ml" },
      }),
  },
  ...azureComponentFixtures,
  ...databricksComponentFixtures,
  AzureEnvironment: {
    "with every part": () =>
      new AzureEnvironment("azure", {
        organization: "acme",
        environment: "dev",
        repository: fullConfig.repository,
        azure: fullConfig.azure!,
        tags: { team: "ml" },
        ...{ mlflowImages, scoringImage },
      }),
  },
  ...mlflowComponentFixtures,
  ...endpointComponentFixtures,
  DatabricksEnvironment: {
    "with every part": () =>
      new DatabricksEnvironment("databricks", {
        identity: { clientId: "77777777-7777-4777-8777-777777777777", principalId: "p" },
        organization: "acme",
        environment: "dev",
        repository: fullConfig.repository,
        databricks: fullConfig.databricks!,
        tenantId: fullConfig.azure!.tenantId,
        workspace: databricksWorkspace,
        accessConnectorId: "connector",
        keyVault: { vaultId: "vault", vaultUri: "https://a.vault.azure.net/" },
        artifacts: parsed(oneOfEach),
      }),
  },
  GithubEnvironment: {
    "with variables": () =>
      new GithubEnvironment("github", {
        environment: "dev",
        repository: fullConfig.repository,
        github: fullConfig.github!,
        variables: { environment: { AWS_REGION: "us-east-1" }, repository: {} },
      }),
  },
  Environment: {
    "with every part": () => new Environment("dev", fullArgs),
    "with no part": () => new Environment("dev", onlyCommon),
  },
};
