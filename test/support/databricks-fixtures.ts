import { Provider as DatabricksProvider } from "@pulumi/databricks/provider";
import type { ComponentResource } from "@pulumi/pulumi";
import {
  DatabricksArtifacts,
  DatabricksWorkspace,
  EnvironmentKeyVault,
  InitScripts,
  KeyVaultSecretScope,
  NotebookTree,
  ServingEndpoint,
  WorkspaceNetwork,
} from "../../components";
import { oneOfEach, parsed } from "./artifact-files";
import { azureProviders, databricksWorkspace, subscriptionId } from "./azure-fixtures";

/** A provider of a workspace, as components get it from outside. */
export const databricksProviders = () => ({
  providers: [new DatabricksProvider("databricks", { host: databricksWorkspace.host })],
});

const common = { organization: "acme", environment: "dev" };
const inAzure = { ...common, subscriptionId, location: "westeurope", tags: { team: "ml" } };
const tenantId = "11111111-1111-4111-8111-111111111111";
/** The address ranges of all fixtures. */
export const databricksNetwork = {
  addressSpace: "10.20.0.0/22",
  publicSubnet: "10.20.0.0/24",
  privateSubnet: "10.20.1.0/24",
};

/** The arguments of a vault that is made, with its credentials. */
export const vaultArgs = {
  ...inAzure,
  tenantId,
  vault: { create: {} },
  credentials: { create: { clientId: "client", clientSecret: "canary" } },
  readerPrincipalId: "pipeline",
};

/** The arguments of one artifact of each kind. */
export const artifactsArgs = () => ({
  ...common,
  artifacts: parsed(oneOfEach),
  rootFolder: "/platform",
  initScripts: "volume" as const,
  catalog: { create: { name: "ml_dev" } },
  accessConnectorId: "connector",
});

/** One way or more to build each component of Databricks. */
export const databricksComponentFixtures: Readonly<Record<string, Readonly<Record<string, () => ComponentResource>>>> =
  {
    ServingEndpoint: {
      "with its initial model": () =>
        new ServingEndpoint("serving", { ...common, initialModel: "main.default.fares:1" }, databricksProviders()),
      "with a release of both slots": () =>
        new ServingEndpoint(
          "serving",
          {
            ...{ ...common, endpointName: "fares", initialModel: "main.default.fares:1" },
            ...{ workloadSize: "Medium", scaleToZero: false },
            release: {
              slots: { blue: { model: "main.default.fares:1" }, green: { model: "main.default.fares:2" } },
              traffic: { blue: 90, green: 10 },
            },
          },
          databricksProviders(),
        ),
    },
    DatabricksWorkspace: {
      "with a network of its own": () =>
        new DatabricksWorkspace(
          "workspace",
          { ...inAzure, network: databricksNetwork, publicNetworkAccess: false },
          azureProviders(),
        ),
      "in a managed network": () =>
        new DatabricksWorkspace("workspace", { ...inAzure, protect: false }, azureProviders()),
    },
    WorkspaceNetwork: {
      "with both subnets": () =>
        new WorkspaceNetwork(
          "network",
          { ...inAzure, resourceGroupName: "acme-dev", ranges: databricksNetwork, protect: true },
          azureProviders(),
        ),
    },
    EnvironmentKeyVault: {
      "that is made": () => new EnvironmentKeyVault("vault", vaultArgs, azureProviders()),
      "that is adopted": () =>
        new EnvironmentKeyVault(
          "vault",
          {
            ...inAzure,
            tenantId,
            vault: { existing: { resourceGroupName: "it", name: "it-kv" } },
            credentials: { existing: {} },
          },
          azureProviders(),
        ),
    },
    KeyVaultSecretScope: {
      "with a reader": () =>
        new KeyVaultSecretScope(
          "scope",
          { scopeName: "key-vault", vaultId: "vault", vaultUri: "https://a.vault.azure.net/", readers: ["ml"] },
          databricksProviders(),
        ),
    },
    InitScripts: {
      "in the workspace": () =>
        new InitScripts(
          "scripts",
          { scripts: parsed(oneOfEach).initScripts, place: { kind: "workspace", folder: "/init" } },
          databricksProviders(),
        ),
      "in DBFS": () =>
        new InitScripts(
          "scripts",
          { scripts: parsed(oneOfEach).initScripts, place: { kind: "dbfs" } },
          databricksProviders(),
        ),
    },
    NotebookTree: {
      "with folders": () =>
        new NotebookTree(
          "notebooks",
          { rootFolder: "/platform", notebooks: parsed(oneOfEach).notebooks },
          databricksProviders(),
        ),
    },
    DatabricksArtifacts: {
      "with one of each": () => new DatabricksArtifacts("artifacts", artifactsArgs(), databricksProviders()),
    },
  };
