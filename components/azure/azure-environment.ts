import { Provider } from "@pulumi/azure-native/provider";
import { Provider as DirectoryProvider } from "@pulumi/azuread/provider";
import * as pulumi from "@pulumi/pulumi";
import type { Release } from "../azure-ml/live-release";
import { ModelEndpoint } from "../azure-ml/model-endpoint";
import type { AzureConfig } from "../config/azure-section";
import type { RepositoryConfig } from "../config/repository-section";
import { DatabricksWorkspace } from "../databricks/databricks-workspace";
import { AzureCiApplication } from "../identity/azure-ci-application";
import { AzureCiIdentity } from "../identity/azure-ci-identity";
import type { BuildContext } from "../mlflow/build-context";
import { type MlflowImages, MlflowPlatform } from "../mlflow/mlflow-platform";
import type { AzureOutputs } from "../outputs";
import { AzureBlobStateBackend } from "../state/azure-blob-state-backend";
import { EnvironmentKeyVault } from "./environment-key-vault";

/** What one environment has in Azure. */
export interface AzureEnvironmentArgs {
  readonly organization: string;
  readonly environment: string;
  readonly repository: RepositoryConfig;
  readonly azure: AzureConfig;
  /** Tags of every resource; Azure's provider has no default tags, so each part is given them. */
  readonly tags: Readonly<Record<string, string>>;
  /** Names of branches, no patterns, whose pushes may preview before somebody approves. @default none */
  readonly previewBranches?: readonly string[];
  /** What the images of azure.mlflow are built from, as `readMlflowImages` reads it. */
  readonly mlflowImages?: MlflowImages;
  /** Files of the image of azure.endpoint, as `readScoringImage` reads them. */
  readonly scoringImage?: BuildContext;
  /** What azure.endpoint serves, as `readReleases` reads it. @default no slot */
  readonly release?: Release;
}

/** Everything of one environment in one Azure subscription, under a provider of that subscription and tenant. */
export class AzureEnvironment extends pulumi.ComponentResource {
  readonly outputs: AzureOutputs;
  /** Secret of the application that CI works as, a secret; undefined where CI has an identity without one. */
  readonly clientSecret: pulumi.Output<string> | undefined;
  /** The workspace of Databricks; undefined where the environment makes none. */
  readonly workspace: DatabricksWorkspace | undefined;
  /** The key vault; undefined where the environment has none. */
  readonly keyVault: EnvironmentKeyVault | undefined;
  /** Password of MLflow's administrator, a secret; undefined where the environment has no MLflow platform. */
  readonly mlflowAdminPassword: pulumi.Output<string> | undefined;

  constructor(name: string, args: AzureEnvironmentArgs, opts: pulumi.ComponentResourceOptions = {}) {
    super("trunkline:azure:AzureEnvironment", name, {}, opts);
    const { subscriptionId, tenantId, location } = args.azure;
    const provider = new Provider(`${name}-provider`, { subscriptionId, tenantId, location }, { parent: this });
    const directory =
      args.azure.keyVault !== undefined || args.azure.identity?.mode === "application"
        ? [new DirectoryProvider(`${name}-directory-provider`, { tenantId }, { parent: this })]
        : [];
    const children: pulumi.ComponentResourceOptions = { parent: this, providers: [provider, ...directory] };

    const state = this.state(`${name}-state`, args, children);
    const identity = this.identity(`${name}-identity`, args, state, children);
    this.clientSecret = identity instanceof AzureCiApplication ? identity.clientSecret : undefined;
    this.workspace = this.databricksWorkspace(`${name}-databricks`, args, children);
    this.keyVault = this.environmentKeyVault(`${name}-key-vault`, args, identity, children);
    const { workspace, keyVault } = this;
    const mlflow = this.mlflow(`${name}-mlflow`, args, provider, children);
    const endpoint = this.endpoint(`${name}-endpoint`, args, identity, children);
    this.mlflowAdminPassword = mlflow?.adminPassword;
    this.outputs = {
      subscriptionId,
      tenantId,
      location,
      ...(state && {
        state: {
          resourceGroupName: state.resourceGroupName,
          accountName: state.accountName,
          containerNames: state.containerNames,
          backendUrls: state.backendUrls,
        },
      }),
      ...(identity && {
        identity: {
          mode: identity instanceof AzureCiApplication ? ("application" as const) : ("federated" as const),
          clientId: identity.clientId,
          principalId: identity.principalId,
          ...(identity instanceof AzureCiIdentity &&
            identity.previewClientId && { previewClientId: identity.previewClientId }),
        },
      }),
      ...(workspace && {
        databricks: {
          resourceGroupName: workspace.resourceGroupName,
          resourceId: workspace.resourceId,
          accessConnectorId: workspace.accessConnectorId,
          accessConnectorPrincipalId: workspace.accessConnectorPrincipalId,
        },
      }),
      ...(mlflow && { mlflow: mlflow.outputs }),
      ...(endpoint && { endpoint: endpoint.outputs }),
      ...(keyVault && {
        keyVault: { name: keyVault.vaultName, uri: keyVault.vaultUri, secretNames: keyVault.secretNames },
      }),
    };
    this.registerOutputs(this.outputs);
  }

  private state(name: string, args: AzureEnvironmentArgs, opts: pulumi.ComponentResourceOptions) {
    const { organization, environment, repository, azure, tags } = args;
    if (azure.state === undefined) {
      return undefined;
    }
    return new AzureBlobStateBackend(
      name,
      {
        organization,
        environment,
        repository: repository.fullName.slice(repository.fullName.indexOf("/") + 1),
        location: azure.location,
        ...azure.state,
        tags,
      },
      opts,
    );
  }

  private identity(
    name: string,
    args: AzureEnvironmentArgs,
    state: AzureBlobStateBackend | undefined,
    opts: pulumi.ComponentResourceOptions,
  ) {
    const { organization, environment, repository, azure, tags, previewBranches } = args;
    if (azure.identity === undefined) {
      return undefined;
    }
    const { subscriptionId, location } = azure;
    const { mode, roles, previewRoles, secretLifetimeDays } = azure.identity;
    const common = { organization, environment, subscriptionId, roles, stateContainerIds: { ...state?.containerIds } };
    if (mode === "federated") {
      return new AzureCiIdentity(name, { ...common, repository, location, previewRoles, previewBranches, tags }, opts);
    }
    return new AzureCiApplication(name, { ...common, secretLifetimeDays }, opts);
  }

  private databricksWorkspace(name: string, args: AzureEnvironmentArgs, opts: pulumi.ComponentResourceOptions) {
    const { organization, environment, azure, tags } = args;
    const { subscriptionId, location, databricks } = azure;
    return (
      databricks &&
      new DatabricksWorkspace(name, { organization, environment, subscriptionId, location, tags, ...databricks }, opts)
    );
  }

  private environmentKeyVault(
    name: string,
    args: AzureEnvironmentArgs,
    identity: AzureCiIdentity | AzureCiApplication | undefined,
    opts: pulumi.ComponentResourceOptions,
  ) {
    const { organization, environment, azure, tags } = args;
    const { subscriptionId, tenantId, location, keyVault } = azure;
    if (keyVault === undefined) {
      return undefined;
    }
    const { vault, credentials, protect } = keyVault;
    const clientId = credentials.create?.clientId ?? identity?.clientId;
    const clientSecret = credentials.create?.clientSecret ?? this.clientSecret;
    return new EnvironmentKeyVault(
      name,
      {
        ...{ organization, environment, subscriptionId, tenantId, location, tags, protect },
        vault: vault.existing ? { existing: vault.existing } : { create: { ...vault.create } },
        credentials:
          credentials.existing || clientId === undefined ? { existing: {} } : { create: { clientId, clientSecret } },
        ...(identity && { readerPrincipalId: identity.principalId }),
      },
      opts,
    );
  }

  private mlflow(
    name: string,
    args: AzureEnvironmentArgs,
    azureProvider: Provider,
    opts: pulumi.ComponentResourceOptions,
  ) {
    const { organization, environment, azure, tags, mlflowImages: images } = args;
    const { subscriptionId, location, mlflow } = azure;
    if (mlflow === undefined) {
      return undefined;
    }
    if (images === undefined) {
      throw new pulumi.RunError(
        "azure.mlflow needs images to build: read them with readMlflowImages and hand them over",
      );
    }
    const common = { organization, environment, subscriptionId, location, tags };
    const { keyVault } = this;
    const vault = keyVault && { name: keyVault.vaultName, resourceGroupName: keyVault.resourceGroupName };
    return new MlflowPlatform(name, { ...common, mlflow, images, vault, azureProvider }, opts);
  }
  private endpoint(
    name: string,
    { organization, environment, azure, tags, scoringImage, release }: AzureEnvironmentArgs,
    identity: AzureCiIdentity | AzureCiApplication | undefined,
    opts: pulumi.ComponentResourceOptions,
  ) {
    const { subscriptionId, tenantId, location, endpoint } = azure;
    const common = { organization, environment, subscriptionId, tenantId, location, tags };
    return (
      endpoint &&
      new ModelEndpoint(
        name,
        {
          ...{ ...common, endpoint, scoringImage, release },
          ...(identity && { pipelinePrincipalId: identity.principalId }),
        },
        opts,
      )
    );
  }
}
