import { Provider } from "@pulumi/azure-native/provider";
import * as pulumi from "@pulumi/pulumi";
import type { AzureConfig } from "../config/azure-section";
import type { RepositoryConfig } from "../config/repository-section";
import type { AzureOutputs } from "../outputs";

/** What one environment has in Azure. */
export interface AzureEnvironmentArgs {
  readonly organization: string;
  readonly environment: string;
  readonly repository: RepositoryConfig;
  readonly azure: AzureConfig;
  /** Tags of every resource; Azure's provider has no default tags, so each part is given them. */
  readonly tags: Readonly<Record<string, string>>;
}

/** Everything of one environment in one Azure subscription, under a provider of that subscription and tenant. */
export class AzureEnvironment extends pulumi.ComponentResource {
  readonly outputs: AzureOutputs;

  constructor(name: string, args: AzureEnvironmentArgs, opts: pulumi.ComponentResourceOptions = {}) {
    super("trunkline:azure:AzureEnvironment", name, {}, opts);
    const { subscriptionId, tenantId, location } = args.azure;
    new Provider(`${name}-provider`, { subscriptionId, tenantId, location }, { parent: this });
    this.outputs = { subscriptionId, tenantId, location };
    this.registerOutputs(this.outputs);
  }
}
