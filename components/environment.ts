import * as pulumi from "@pulumi/pulumi";
import { AwsEnvironment } from "./aws/aws-environment";
import { AzureEnvironment } from "./azure/azure-environment";
import { DatabricksEnvironment } from "./databricks/databricks-environment";
import type { EnvironmentConfig } from "./environment-config";
import { ciVariables } from "./github/ci-variables";
import { isBranchName } from "./github/deployment-branch-patterns";
import { GithubEnvironment } from "./github/github-environment";
import { type EnvironmentOutputs, outputsContractVersion } from "./outputs";
import { commonTags } from "./tags";

/** One environment, dev, tst or prd, with a part for each section that its config has. */
export class Environment extends pulumi.ComponentResource {
  readonly outputs: EnvironmentOutputs;

  constructor(name: string, config: EnvironmentConfig, opts: pulumi.ComponentResourceOptions = {}) {
    super("trunkline:components:Environment", name, {}, opts);
    const { organization, environment, repository, tags: extra } = config;
    const common = { organization, environment, repository };
    const tags = commonTags({ ...common, repository: repository.fullName, extra });
    const previewBranches = config.github?.deploymentBranches.filter(isBranchName);
    const children = { parent: this };

    const aws =
      config.aws && new AwsEnvironment(`${name}-aws`, { ...common, aws: config.aws, tags, previewBranches }, children);
    const azure =
      config.azure && new AzureEnvironment(`${name}-azure`, { ...common, azure: config.azure, tags }, children);
    const workspace = config.databricks?.workspace;
    const databricks =
      config.databricks &&
      azure &&
      workspace &&
      new DatabricksEnvironment(
        `${name}-databricks`,
        { ...common, databricks: config.databricks, tenantId: azure.outputs.tenantId, workspace },
        children,
      );
    const variables = ciVariables(environment, { aws: aws?.outputs });
    const github =
      config.github &&
      new GithubEnvironment(`${name}-github`, { ...common, github: config.github, variables }, children);

    this.outputs = {
      contractVersion: outputsContractVersion,
      organization,
      environment,
      ...(aws && { aws: aws.outputs }),
      ...(azure && { azure: azure.outputs }),
      ...(databricks && { databricks: databricks.outputs }),
      ...(github && { github: github.outputs }),
    };
    this.registerOutputs(this.outputs);
  }
}
