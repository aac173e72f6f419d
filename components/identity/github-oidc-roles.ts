import { OpenIdConnectProvider } from "@pulumi/aws/iam/openIdConnectProvider";
import { Role } from "@pulumi/aws/iam/role";
import { RolePolicy } from "@pulumi/aws/iam/rolePolicy";
import { RolePolicyAttachment } from "@pulumi/aws/iam/rolePolicyAttachment";
import * as pulumi from "@pulumi/pulumi";
import { stsAudience } from "../aws/partition";
import { physicalName } from "../naming";
import { githubIssuerHost, githubTrustPolicy } from "./github-trust-policy";
import type { SubjectContext, SubjectRepository } from "./oidc-subject";
import { type StateAccess, stateReadPolicy, stateWritePolicy } from "./state-access-policy";

/** What the roles of an environment trust and may do. */
export interface GithubOidcRolesArgs {
  /** First part of every name: `{organization}-{environment}-github-write`. */
  readonly organization: string;
  /** Name of the GitHub environment that a job must name to get the write role. */
  readonly environment: string;
  readonly repository: SubjectRepository;
  /** The account's identity provider of GitHub, of which it can have only one: an existing one, or one made here. */
  readonly oidcProvider: { readonly existing: { readonly arn: pulumi.Input<string> } } | { readonly create: object };
  /** ARNs of the managed policies of the write role. Nothing is implied. */
  readonly writePolicyArns: readonly string[];
  /** ARNs of the managed policies of the preview role. @default SecurityAudit */
  readonly previewPolicyArns?: readonly string[];
  /** Names of branches, no patterns, whose pushes may preview before somebody approves. @default none */
  readonly previewBranches?: readonly string[];
  /** State that the roles read and write. @default none */
  readonly state?: StateAccess;
  /** Partition of the account, as in its ARNs. @default aws */
  readonly partition?: string;
  /** Longest session in seconds, 3600 to 43200. @default 3600 */
  readonly maxSessionDuration?: pulumi.Input<number>;
  /** Permissions boundary of both roles. @default none */
  readonly permissionsBoundaryArn?: pulumi.Input<string>;
  /** Also demand the repository's number in the token. @default true */
  readonly pinRepositoryId?: boolean;
}

/**
 * The two roles that GitHub Actions assumes without a stored secret: a preview role, which reads, and a write role,
 * which only a job of the environment gets, that is after the environment's approval.
 *
 * Anybody who can push a branch can run a job as a pull request, so the preview role must be harmless. Its default,
 * SecurityAudit, reads how resources are configured and not what they hold; ReadOnlyAccess would hand out every object
 * of every bucket. See https://docs.aws.amazon.com/aws-managed-policy/latest/reference/SecurityAudit.html.
 */
export class GithubOidcRoles extends pulumi.ComponentResource {
  readonly oidcProviderArn: pulumi.Output<string>;
  readonly previewRoleArn: pulumi.Output<string>;
  readonly writeRoleArn: pulumi.Output<string>;

  constructor(name: string, args: GithubOidcRolesArgs, opts: pulumi.ComponentResourceOptions = {}) {
    super("trunkline:identity:GithubOidcRoles", name, {}, opts);
    const { environment, partition = "aws", previewBranches = [], state } = args;
    const environmentJob: SubjectContext = { kind: "environment", name: environment };

    this.oidcProviderArn = this.identityProvider(name, args);
    const preview = this.role(`${name}-preview`, args, {
      purpose: "preview",
      description: `Previews changes of ${environment}; reads only`,
      contexts: [
        { kind: "pull_request" },
        environmentJob,
        ...previewBranches.map((branch): SubjectContext => ({ kind: "branch", name: branch })),
      ],
      policyArns: args.previewPolicyArns ?? [`arn:${partition}:iam::aws:policy/SecurityAudit`],
      ...(state && { statePolicy: stateReadPolicy(state) }),
    });
    const write = this.role(`${name}-write`, args, {
      purpose: "write",
      description: `Applies approved changes of ${environment}`,
      contexts: [environmentJob],
      policyArns: args.writePolicyArns,
      ...(state && { statePolicy: stateWritePolicy(state) }),
    });

    this.previewRoleArn = preview.arn;
    this.writeRoleArn = write.arn;
    this.registerOutputs({
      oidcProviderArn: this.oidcProviderArn,
      previewRoleArn: this.previewRoleArn,
      writeRoleArn: this.writeRoleArn,
    });
  }

  private identityProvider(name: string, { oidcProvider, partition = "aws" }: GithubOidcRolesArgs) {
    if ("existing" in oidcProvider) {
      return pulumi.output(oidcProvider.existing.arn);
    }
    // No thumbprints: AWS trusts GitHub's certificate authorities by itself and ignores them.
    return new OpenIdConnectProvider(
      `${name}-provider`,
      { url: `https://${githubIssuerHost}`, clientIdLists: [stsAudience(partition)] },
      { parent: this },
    ).arn;
  }

  private role(name: string, args: GithubOidcRolesArgs, duty: RoleDuty): Role {
    const { organization, environment, repository, partition, pinRepositoryId } = args;
    const opts = { parent: this };
    const role = new Role(
      name,
      {
        name: physicalName("iamRole", organization, environment, "github", duty.purpose),
        description: duty.description,
        assumeRolePolicy: githubTrustPolicy({
          oidcProviderArn: this.oidcProviderArn,
          repository,
          contexts: duty.contexts,
          partition,
          pinRepositoryId,
        }),
        maxSessionDuration: args.maxSessionDuration ?? 3600,
        permissionsBoundary: args.permissionsBoundaryArn,
      },
      opts,
    );
    for (const policyArn of duty.policyArns) {
      new RolePolicyAttachment(`${name}-${shortPolicyName(policyArn)}`, { role: role.name, policyArn }, opts);
    }
    if (duty.statePolicy !== undefined) {
      const policyName = physicalName("iamPolicy", organization, environment, "state", duty.purpose);
      new RolePolicy(`${name}-state`, { name: policyName, role: role.name, policy: duty.statePolicy }, opts);
    }
    return role;
  }
}

interface RoleDuty {
  readonly purpose: "preview" | "write";
  readonly description: string;
  readonly contexts: readonly SubjectContext[];
  readonly policyArns: readonly string[];
  readonly statePolicy?: ReturnType<typeof stateReadPolicy>;
}

/** `aws/SecurityAudit` from `arn:aws:iam::aws:policy/SecurityAudit`: distinct for distinct policies of one partition. */
function shortPolicyName(arn: string): string {
  return arn.replace(/^arn:[^:]*:iam::/, "").replace(":policy/", "/");
}
