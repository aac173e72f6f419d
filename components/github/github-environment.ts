import { Provider } from "@pulumi/github/provider";
import * as pulumi from "@pulumi/pulumi";
import type { GithubConfig } from "../config/github-section";
import type { RepositoryConfig } from "../config/repository-section";
import type { GithubOutputs } from "../outputs";
import type { CiVariables } from "./ci-variables";
import { RepositoryGovernance } from "./repository-governance";

/** What one environment has in GitHub. */
export interface GithubEnvironmentArgs {
  readonly environment: string;
  readonly repository: RepositoryConfig;
  readonly github: GithubConfig;
  readonly variables: CiVariables;
  /** Secrets that only jobs of the environment see, by name. @default none */
  readonly secrets?: Readonly<Record<string, pulumi.Input<string>>>;
}

/**
 * Everything of one environment in its GitHub repository, under a provider of its owner. The provider reads the token
 * from `GITHUB_TOKEN`; it needs the right to administer the repository, which a workflow's own token never has.
 */
export class GithubEnvironment extends pulumi.ComponentResource {
  readonly outputs: GithubOutputs;

  constructor(name: string, args: GithubEnvironmentArgs, opts: pulumi.ComponentResourceOptions = {}) {
    super("trunkline:github:GithubEnvironment", name, {}, opts);
    const { environment, repository, github, variables, secrets } = args;
    const [owner = ""] = repository.fullName.split("/");
    const provider = new Provider(`${name}-provider`, { owner }, { parent: this, transformations: [withoutToken] });
    const governance = new RepositoryGovernance(
      `${name}-repository`,
      {
        environment,
        repository,
        ...github,
        environmentVariables: variables.environment,
        repositoryVariables: variables.repository,
        environmentSecrets: secrets,
      },
      { parent: this, providers: [provider] },
    );
    this.outputs = {
      repository: repository.fullName,
      visibility: governance.visibility,
      environment: governance.environmentName,
      gate: governance.gate,
      deploymentBranchPatterns: governance.deploymentBranchPatterns,
      protectedBranches: governance.protectedBranches,
    };
    this.registerOutputs(this.outputs);
  }
}

/**
 * Takes the token out of the provider's inputs, where the SDK puts `GITHUB_TOKEN` in clear text: it would lie in the
 * state, and every new token would count as a change. The provider reads the variable by itself.
 */
const withoutToken: pulumi.ResourceTransformation = ({ props, opts }) => {
  const { token: _token, ...rest } = props as Record<string, unknown>;
  return { props: rest, opts };
};
