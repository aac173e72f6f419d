import * as pulumi from "@pulumi/pulumi";
import { AwsEnvironment } from "./aws/aws-environment";
import { AzureEnvironment } from "./azure/azure-environment";
import type { ArtifactSet } from "./databricks/artifacts/artifact-set";
import { DatabricksEnvironment } from "./databricks/databricks-environment";
import type { EnvironmentConfig } from "./environment-config";
import { type CiCredentials, ciSecrets } from "./github/ci-secrets";
import { ciVariables } from "./github/ci-variables";
import { isBranchName } from "./github/deployment-branch-patterns";
import { GithubEnvironment } from "./github/github-environment";
import type { BuildContext } from "./mlflow/build-context";
import type { MlflowImages } from "./mlflow/mlflow-platform";
import { type EnvironmentOutputs, outputsContractVersion } from "./outputs";
import type { Releases } from "./read-releases";
import { commonTags } from "./tags";
import { separateSecrets } from "./secret-parts";

/** The config of an environment, and the files that it deploys. */
export interface EnvironmentArgs extends EnvironmentConfig {
  /** What databricks.artifacts deploys, as `readArtifacts` reads it. @default nothing */
  readonly artifacts?: ArtifactSet;
  /** What the images of azure.mlflow are built from, as `readMlflowImages` reads it. */
  readonly mlflowImages?: MlflowImages;
  /** Files of the image of azure.endpoint, as `readScoringImage` reads them. */
  readonly scoringImage?: BuildContext;
  /** What the endpoints serve, as `readReleases` reads it. @default no slot */
  readonly releases?: Releases;
}

/** One environment, dev, tst or prd, with a part for each section that its config has. */
export class Environment extends pulumi.ComponentResource {
  readonly outputs: EnvironmentOutputs;

  constructor(name: string, config: EnvironmentArgs, opts: pulumi.ComponentResourceOptions = {}) {
    super("trunkline:components:Environment", name, {}, opts);
    const { organization, environment, repository, tags: extra } = config;
    const common = { organization, environment, repository };
    const tags = commonTags({ ...common, repository: repository.fullName, extra });
    const previewBranches = config.github?.deploymentBranches.filter(isBranchName);
    const children = { parent: this };

    const aws =
      config.aws && new AwsEnvironment(`${name}-aws`, { ...common, aws: config.aws, tags, previewBranches }, children);
    const azure =
      config.azure &&
      new AzureEnvironment(
        `${name}-azure`,
        {
          ...{ ...common, azure: config.azure, tags, previewBranches, mlflowImages: config.mlflowImages },
          ...{ scoringImage: config.scoringImage, release: config.releases?.endpoint },
        },
        children,
      );
    const databricks = azure && this.databricks(name, config, azure);
    const outputs = { aws: aws?.outputs, azure: azure?.outputs, databricks: databricks?.outputs };
    const variables = ciVariables(environment, outputs);
    const secrets = ciSecrets(environment, credentials(azure, databricks));
    const github =
      config.github &&
      new GithubEnvironment(`${name}-github`, { ...common, github: config.github, variables, secrets }, children);

    const { sections, secretParts } = separateSecrets({
      ...(aws && { aws: aws.outputs }),
      ...(azure && { azure: azure.outputs }),
      ...(databricks && { databricks: databricks.outputs }),
      ...(github && { github: github.outputs }),
    });
    this.outputs = {
      contractVersion: outputsContractVersion,
      organization,
      environment,
      ...sections,
      ...(Object.keys(sections).length > 0 && { secretParts }),
      ...(Object.keys(secrets).length > 0 && { ciSecrets: pulumi.secret(secrets) }),
      ...(azure?.mlflowAdminPassword && { mlflowAdminPassword: azure.mlflowAdminPassword }),
    };
    this.registerOutputs(this.outputs);
  }

  private databricks(name: string, config: EnvironmentArgs, azure: AzureEnvironment) {
    const { organization, environment, repository, databricks, artifacts, releases } = config;
    const made = azure.workspace;
    const workspace = made
      ? { host: made.host, id: made.workspaceId, resourceId: made.resourceId }
      : databricks?.workspace;
    if (databricks === undefined || workspace === undefined) {
      return undefined;
    }
    const { tenantId, identity } = azure.outputs;
    const { keyVault } = azure;
    return new DatabricksEnvironment(
      `${name}-databricks`,
      {
        ...{ organization, environment, repository, databricks, tenantId, workspace, identity },
        ...(made && { accessConnectorId: made.accessConnectorId }),
        ...(keyVault && { keyVault: { vaultId: keyVault.vaultId, vaultUri: keyVault.vaultUri } }),
        ...(artifacts && { artifacts }),
        ...(releases?.serving && { release: releases.serving }),
      },
      { parent: this },
    );
  }
}

/** The credentials of principals that have a secret. */
function credentials(azure?: AzureEnvironment, databricks?: DatabricksEnvironment): CiCredentials {
  const { identity, tenantId } = azure?.outputs ?? {};
  const { principal } = databricks?.outputs ?? {};
  return {
    ...(azure?.clientSecret &&
      identity &&
      tenantId && { azure: { clientId: identity.clientId, clientSecret: azure.clientSecret, tenantId } }),
    ...(databricks?.clientSecret &&
      principal && { databricks: { clientId: principal.applicationId, clientSecret: databricks.clientSecret } }),
  };
}
