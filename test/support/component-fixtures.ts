import { Provider as AwsProvider } from "@pulumi/aws/provider";
import { Provider as AzureProvider } from "@pulumi/azure-native/provider";
import { Provider as DirectoryProvider } from "@pulumi/azuread/provider";
import { Provider as DatabricksProvider } from "@pulumi/databricks/provider";
import { Provider as GithubProvider } from "@pulumi/github/provider";
import type { ComponentResource } from "@pulumi/pulumi";
import {
  AwsEnvironment,
  AzureBlobStateBackend,
  AzureCiApplication,
  AzureCiIdentity,
  AzureEnvironment,
  CiServicePrincipal,
  DatabricksEnvironment,
  Environment,
  type EnvironmentConfig,
  GithubEnvironment,
  GithubOidcRoles,
  parseEnvironmentConfig,
  RepositoryGovernance,
  S3StateBackend,
} from "../../components";
import type { RecordOptions } from "./record-resources";

/** The repository of all fixtures. */
export const repository = { fullName: "acme/platform", ownerId: 1001, id: 2002 };

/** What the lookup of that repository answers. */
export const lookups: RecordOptions["lookups"] = {
  "github:index/getRepository:getRepository": ({ fullName }) => ({
    fullName,
    name: "platform",
    nodeId: "R_platform",
    repoId: 2002,
    visibility: "private",
  }),
  "databricks:index/getGroup:getGroup": ({ displayName }) => ({ displayName, id: "9001" }),
};

/** A provider as components get it from outside. */
export const awsProviders = () => ({ providers: [new AwsProvider("aws", { region: "us-east-1" })] });

/** A provider as components get it from outside. */
export const githubProviders = () => ({ providers: [new GithubProvider("github", { owner: "acme" })] });

const subscriptionId = "22222222-2222-4222-8222-222222222222";

/** Providers as components get them from outside. */
export const azureProviders = () => ({
  providers: [new AzureProvider("azure-native", { subscriptionId }), new DirectoryProvider("azuread", {})],
});

/** The service principal of all fixtures; its providers are arguments, since it needs two of one package. */
export const principalArgs = () => ({
  organization: "acme",
  environment: "dev",
  repository,
  accountId: "33333333-3333-4333-8333-333333333333",
  workspaceId: "4444444444444444",
  account: new DatabricksProvider("databricks", { host: "https://accounts.azuredatabricks.net" }),
  workspace: new DatabricksProvider("databricks", { host: databricksWorkspace.host }),
});

/** The workspace of all fixtures. */
export const databricksWorkspace = {
  host: "https://adb-4444444444444444.4.azuredatabricks.net",
  id: "4444444444444444",
  resourceId:
    "/subscriptions/22222222-2222-4222-8222-222222222222/resourceGroups/acme-dev/providers/Microsoft.Databricks/workspaces/acme-dev",
};

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
  },
  databricks: {
    accountId: "33333333-3333-4333-8333-333333333333",
    workspace: databricksWorkspace,
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
  AzureBlobStateBackend: {
    "with the usual settings": () =>
      new AzureBlobStateBackend(
        "state",
        { organization: "acme", environment: "dev", repository: "platform", location: "westeurope" },
        azureProviders(),
      ),
  },
  AzureCiIdentity: {
    "with previews and state": () =>
      new AzureCiIdentity(
        "identity",
        {
          organization: "acme",
          environment: "dev",
          repository,
          subscriptionId,
          location: "westeurope",
          roles: ["Contributor"],
          previewRoles: ["Reader"],
          stateContainerIds: { ciPrincipals: `/subscriptions/${subscriptionId}/resourceGroups/rg` },
        },
        azureProviders(),
      ),
  },
  AzureCiApplication: {
    "with secrets of a year": () =>
      new AzureCiApplication(
        "identity",
        { organization: "acme", environment: "dev", subscriptionId, roles: ["Contributor"], secretLifetimeDays: 365 },
        azureProviders(),
      ),
  },
  CiServicePrincipal: {
    "with a login of Azure": () =>
      new CiServicePrincipal("principal", {
        ...principalArgs(),
        login: { kind: "azure", applicationId: "77777777-7777-4777-8777-777777777777", principalId: "p" },
        group: { existing: { displayName: "mlops-service-principals" } },
      }),
    "with federation": () => new CiServicePrincipal("principal", { ...principalArgs(), login: { kind: "federation" } }),
    "with a secret and everything else": () =>
      new CiServicePrincipal("principal", {
        ...principalArgs(),
        login: { kind: "secret", secretLifetimeDays: 730 },
        group: { create: {} },
        directory: "/platform",
        grants: [{ securable: "schema", name: "main.default", privileges: ["MODIFY"] }],
        gitCredential: { provider: "gitHub", username: "ci", personalAccessToken: "hush" },
      }),
  },
  AzureEnvironment: {
    "with every part": () =>
      new AzureEnvironment("azure", {
        organization: "acme",
        environment: "dev",
        repository: fullConfig.repository,
        azure: fullConfig.azure!,
        tags: { team: "ml" },
      }),
  },
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
    "with every part": () => new Environment("dev", fullConfig),
    "with no part": () => new Environment("dev", onlyCommon),
  },
};
