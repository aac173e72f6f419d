import { Provider } from "@pulumi/azure-native/provider";
import { Provider as DirectoryProvider } from "@pulumi/azuread/provider";
import * as pulumi from "@pulumi/pulumi";
import type { AzureConfig } from "../config/azure-section";
import type { RepositoryConfig } from "../config/repository-section";
import { AzureCiApplication } from "../identity/azure-ci-application";
import { AzureCiIdentity } from "../identity/azure-ci-identity";
import type { AzureOutputs } from "../outputs";
import { AzureBlobStateBackend } from "../state/azure-blob-state-backend";

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
}

/** Everything of one environment in one Azure subscription, under a provider of that subscription and tenant. */
export class AzureEnvironment extends pulumi.ComponentResource {
  readonly outputs: AzureOutputs;
  /** Secret of the application that CI works as, a secret; undefined where CI has an identity without one. */
  readonly clientSecret: pulumi.Output<string> | undefined;

  constructor(name: string, args: AzureEnvironmentArgs, opts: pulumi.ComponentResourceOptions = {}) {
    super("trunkline:azure:AzureEnvironment", name, {}, opts);
    const { subscriptionId, tenantId, location } = args.azure;
    const provider = new Provider(`${name}-provider`, { subscriptionId, tenantId, location }, { parent: this });
    const children: pulumi.ComponentResourceOptions = { parent: this, providers: [provider] };

    const state = this.state(`${name}-state`, args, children);
    const identity = this.identity(`${name}-identity`, args, state, children);
    this.clientSecret = identity instanceof AzureCiApplication ? identity.clientSecret : undefined;
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
    const { subscriptionId, tenantId, location } = azure;
    const { mode, roles, previewRoles, secretLifetimeDays } = azure.identity;
    const common = { organization, environment, subscriptionId, roles, stateContainerIds: { ...state?.containerIds } };
    if (mode === "federated") {
      return new AzureCiIdentity(name, { ...common, repository, location, previewRoles, previewBranches, tags }, opts);
    }
    const directory = new DirectoryProvider(`${name}-provider`, { tenantId }, { parent: this });
    const providers = [...(opts.providers as pulumi.ProviderResource[]), directory];
    return new AzureCiApplication(name, { ...common, secretLifetimeDays }, { ...opts, providers });
  }
}
