import { ActionsEnvironmentSecret } from "@pulumi/github/actionsEnvironmentSecret";
import { ActionsEnvironmentVariable } from "@pulumi/github/actionsEnvironmentVariable";
import { ActionsVariable } from "@pulumi/github/actionsVariable";
import { BranchProtection } from "@pulumi/github/branchProtection";
import { getRepositoryOutput } from "@pulumi/github/getRepository";
import { RepositoryEnvironment } from "@pulumi/github/repositoryEnvironment";
import { RepositoryEnvironmentDeploymentPolicy } from "@pulumi/github/repositoryEnvironmentDeploymentPolicy";
import * as pulumi from "@pulumi/pulumi";
import { deploymentBranchPatterns } from "./deployment-branch-patterns";

/** How one branch is protected. */
export interface BranchProtectionRules {
  /** Checks that must pass on the branch's newest state before a merge. */
  readonly requiredStatusChecks: readonly string[];
  /** Approvals that a pull request needs, 0 to 6. @default 1 */
  readonly requiredApprovingReviewCount?: number;
  /** Demand an approval of a code owner. @default false */
  readonly requireCodeOwnerReviews?: boolean;
  /** Refuse merge commits. @default false */
  readonly requiredLinearHistory?: boolean;
  /** Hold administrators to the rules too. @default true */
  readonly enforceAdmins?: boolean;
}

/** What an environment's stack governs in its repository. */
export interface RepositoryGovernanceArgs {
  /** Name of the GitHub environment. */
  readonly environment: string;
  /** The existing repository; its number is compared, so that no other of that name is governed by mistake. */
  readonly repository: { readonly fullName: string; readonly id: number };
  /** Branches that may deploy: names, `release/*` for one level, `feature/**` for any depth. */
  readonly deploymentBranches: readonly string[];
  /** Numbers of the users and teams of whom one has to approve, 6 together at most. @default nobody has to approve */
  readonly reviewers?: { readonly users?: readonly number[]; readonly teams?: readonly number[] };
  /** Refuse the approval of whoever started the deployment. @default true */
  readonly preventSelfReview?: boolean;
  /** Let administrators deploy without approval. @default false */
  readonly canAdminsBypass?: boolean;
  /** Minutes that a deployment waits before it starts, 0 to 43200. @default 0 */
  readonly waitTimer?: number;
  /** Rules by branch name or pattern. @default this stack protects no branch */
  readonly branchProtection?: Readonly<Record<string, BranchProtectionRules>>;
  /** Variables that only jobs of the environment see. No secrets. @default none */
  readonly environmentVariables?: Readonly<Record<string, pulumi.Input<string>>>;
  /** Variables that every job of the repository sees. No secrets. @default none */
  readonly repositoryVariables?: Readonly<Record<string, pulumi.Input<string>>>;
  /** Secrets that only jobs of the environment see; their values lie in the state, encrypted. @default none */
  readonly environmentSecrets?: Readonly<Record<string, pulumi.Input<string>>>;
}

/** The approval that stands before a deployment, as it is configured. */
export interface DeploymentGate {
  readonly reviewers: { readonly users: readonly number[]; readonly teams: readonly number[] };
  readonly preventSelfReview: boolean;
  readonly canAdminsBypass: boolean;
  readonly waitTimer: number;
}

/**
 * The GitHub environment of one stack, with reviewers, branches and variables, and the protection of the branches
 * that belong to this stack. The repository itself is looked up and never created or deleted.
 *
 * Private repositories on GitHub's Free, Pro and Team plans have no reviewers and no wait timers: the update fails
 * there, but rules that stand already are ignored in silence when a repository becomes private or its plan ends.
 * Compare the outputs `gate` and `visibility` with the plan before you rely on the approval. See
 * https://docs.github.com/en/actions/reference/workflows-and-actions/deployments-and-environments#required-reviewers.
 */
export class RepositoryGovernance extends pulumi.ComponentResource {
  readonly repositoryName: pulumi.Output<string>;
  /** `public`, `private` or `internal`. */
  readonly visibility: pulumi.Output<string>;
  readonly environmentName: pulumi.Output<string>;
  readonly gate: DeploymentGate;
  /** The patterns that GitHub matches branches against. */
  readonly deploymentBranchPatterns: readonly string[];
  readonly protectedBranches: readonly string[];

  constructor(name: string, args: RepositoryGovernanceArgs, opts: pulumi.ComponentResourceOptions = {}) {
    super("trunkline:github:RepositoryGovernance", name, {}, opts);
    const { users = [], teams = [] } = args.reviewers ?? {};
    this.gate = {
      reviewers: { users, teams },
      preventSelfReview: args.preventSelfReview ?? true,
      canAdminsBypass: args.canAdminsBypass ?? false,
      waitTimer: args.waitTimer ?? 0,
    };
    this.deploymentBranchPatterns = args.deploymentBranches.flatMap(deploymentBranchPatterns);
    this.protectedBranches = Object.keys(args.branchProtection ?? {});

    const repository = this.existingRepository(args.repository);
    this.repositoryName = repository.name;
    this.visibility = repository.visibility;
    this.environmentName = this.environment(name, args);
    this.variables(name, args);
    this.secrets(name, args);
    for (const [pattern, rules] of Object.entries(args.branchProtection ?? {})) {
      this.protect(`${name}-protect-${pattern}`, repository.nodeId, pattern, rules);
    }
    this.registerOutputs({
      repositoryName: this.repositoryName,
      visibility: this.visibility,
      environmentName: this.environmentName,
      gate: this.gate,
      deploymentBranchPatterns: this.deploymentBranchPatterns,
      protectedBranches: this.protectedBranches,
    });
  }

  private existingRepository({ fullName, id }: RepositoryGovernanceArgs["repository"]) {
    return getRepositoryOutput({ fullName }, { parent: this }).apply(({ name, nodeId, repoId, visibility }) => {
      if (repoId !== id) {
        const message = `repository ${fullName} has the number ${repoId}, not ${id} as configured: set trunkline:repository.id to the number of the repository that you mean`;
        throw new pulumi.ResourceError(message, this, true);
      }
      return { name, nodeId, visibility };
    });
  }

  private environment(name: string, { environment }: RepositoryGovernanceArgs): pulumi.Output<string> {
    const { reviewers, ...settings } = this.gate;
    const reviewed = reviewers.users.length + reviewers.teams.length > 0;
    const repository = this.repositoryName;
    const created = new RepositoryEnvironment(
      `${name}-environment`,
      {
        repository,
        environment,
        ...settings,
        ...(reviewed && { reviewers: [{ users: [...reviewers.users], teams: [...reviewers.teams] }] }),
        deploymentBranchPolicy: { protectedBranches: false, customBranchPolicies: true },
      },
      { parent: this },
    );
    for (const branchPattern of this.deploymentBranchPatterns) {
      new RepositoryEnvironmentDeploymentPolicy(
        `${name}-deploy-${branchPattern}`,
        { repository, environment: created.environment, branchPattern },
        { parent: this },
      );
    }
    return created.environment;
  }

  private variables(
    name: string,
    { environmentVariables = {}, repositoryVariables = {} }: RepositoryGovernanceArgs,
  ): void {
    const repository = this.repositoryName;
    for (const [variableName, value] of Object.entries(environmentVariables)) {
      const variable = { repository, environment: this.environmentName, variableName, value };
      new ActionsEnvironmentVariable(`${name}-environment-variable-${variableName}`, variable, { parent: this });
    }
    for (const [variableName, value] of Object.entries(repositoryVariables)) {
      new ActionsVariable(`${name}-variable-${variableName}`, { repository, variableName, value }, { parent: this });
    }
  }

  private secrets(name: string, { environmentSecrets = {} }: RepositoryGovernanceArgs): void {
    for (const [secretName, secret] of Object.entries(environmentSecrets)) {
      const value = pulumi.secret(secret);
      new ActionsEnvironmentSecret(
        `${name}-environment-secret-${secretName}`,
        { repository: this.repositoryName, environment: this.environmentName, secretName, value },
        { parent: this, additionalSecretOutputs: ["value"] },
      );
    }
  }

  private protect(
    name: string,
    repositoryId: pulumi.Input<string>,
    pattern: string,
    rules: BranchProtectionRules,
  ): void {
    new BranchProtection(
      name,
      {
        repositoryId,
        pattern,
        requiredStatusChecks: [{ strict: true, contexts: [...rules.requiredStatusChecks] }],
        requiredPullRequestReviews: [
          {
            requiredApprovingReviewCount: rules.requiredApprovingReviewCount ?? 1,
            requireCodeOwnerReviews: rules.requireCodeOwnerReviews ?? false,
            dismissStaleReviews: true,
          },
        ],
        requiredLinearHistory: rules.requiredLinearHistory ?? false,
        enforceAdmins: rules.enforceAdmins ?? true,
        allowsForcePushes: false,
        allowsDeletions: false,
      },
      { parent: this },
    );
  }
}
