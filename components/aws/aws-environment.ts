import { Provider } from "@pulumi/aws/provider";
import * as pulumi from "@pulumi/pulumi";
import type { AwsConfig } from "../config/aws-section";
import type { RepositoryConfig } from "../config/repository-section";
import { GithubOidcRoles } from "../identity/github-oidc-roles";
import type { AwsOutputs } from "../outputs";
import { S3StateBackend } from "../state/s3-state-backend";
import { regionPartition } from "./partition";

/** What one environment has in AWS. */
export interface AwsEnvironmentArgs {
  readonly organization: string;
  readonly environment: string;
  readonly repository: RepositoryConfig;
  readonly aws: AwsConfig;
  /** Tags of every resource. */
  readonly tags: Readonly<Record<string, string>>;
  /** Names of branches, no patterns, whose pushes may preview before somebody approves. @default none */
  readonly previewBranches?: readonly string[];
}

/** Everything of one environment in one AWS account and region, under a provider that refuses any other account. */
export class AwsEnvironment extends pulumi.ComponentResource {
  readonly outputs: AwsOutputs;

  constructor(name: string, args: AwsEnvironmentArgs, opts: pulumi.ComponentResourceOptions = {}) {
    super("trunkline:aws:AwsEnvironment", name, {}, opts);
    const { accountId, region } = args.aws;
    const provider = new Provider(
      `${name}-provider`,
      { region, allowedAccountIds: [accountId], defaultTags: { tags: { ...args.tags } } },
      { parent: this },
    );
    const children: pulumi.ComponentResourceOptions = { parent: this, providers: [provider] };

    const state = this.state(`${name}-state`, args, children);
    const identity = this.identity(`${name}-identity`, args, state, children);
    this.outputs = {
      accountId,
      region,
      ...(state && {
        state: {
          bucketName: state.bucketName,
          bucketArn: state.bucketArn,
          backendUrl: state.backendUrl,
          terraformBackend: state.terraformBackend,
        },
      }),
      ...(identity && {
        identity: {
          oidcProviderArn: identity.oidcProviderArn,
          previewRoleArn: identity.previewRoleArn,
          writeRoleArn: identity.writeRoleArn,
        },
      }),
    };
    this.registerOutputs(this.outputs);
  }

  private state(name: string, args: AwsEnvironmentArgs, opts: pulumi.ComponentResourceOptions) {
    const { organization, environment, repository, aws } = args;
    if (aws.state === undefined) {
      return undefined;
    }
    const { kmsKey, ...settings } = aws.state;
    return new S3StateBackend(
      name,
      {
        organization,
        environment,
        repository: repository.fullName.slice(repository.fullName.indexOf("/") + 1),
        region: aws.region,
        ...settings,
        ...(kmsKey && { kmsKey: kmsKey.existing ? { existing: kmsKey.existing } : { create: {} } }),
      },
      opts,
    );
  }

  private identity(
    name: string,
    args: AwsEnvironmentArgs,
    state: S3StateBackend | undefined,
    opts: pulumi.ComponentResourceOptions,
  ) {
    const { organization, environment, repository, aws, previewBranches } = args;
    if (aws.identity === undefined) {
      return undefined;
    }
    const { oidcProvider, ...settings } = aws.identity;
    return new GithubOidcRoles(
      name,
      {
        organization,
        environment,
        repository,
        partition: regionPartition(aws.region),
        previewBranches,
        ...settings,
        oidcProvider: oidcProvider.existing ? { existing: oidcProvider.existing } : { create: {} },
        ...(state && { state }),
      },
      opts,
    );
  }
}
