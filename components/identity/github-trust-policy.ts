import type { iam } from "@pulumi/aws/types/input";
import type * as pulumi from "@pulumi/pulumi";
import { stsAudience } from "../aws/partition";
import { oidcSubjects, type SubjectContext, type SubjectRepository } from "./oidc-subject";

/** Host of GitHub's token issuer, with which the names of its claims begin in a policy. */
export const githubIssuerHost = "token.actions.githubusercontent.com";

/** Whose tokens a role trusts. */
export interface GithubTrustPolicyArgs {
  readonly oidcProviderArn: pulumi.Input<string>;
  readonly repository: SubjectRepository;
  readonly contexts: readonly SubjectContext[];
  /** Partition of the account. @default aws */
  readonly partition?: string;
  /** Also demand the repository's number. @default true */
  readonly pinRepositoryId?: boolean;
}

/**
 * The trust policy of a role for GitHub Actions: audience, subject and the repository's number have to be equal to
 * one of the given values, never merely alike, so that no other repository and no other kind of job gets in.
 * STS compares `repository_id` since January 2026, see
 * https://aws.amazon.com/about-aws/whats-new/2026/01/aws-sts-supports-validation-identity-provider-claims/.
 */
export function githubTrustPolicy(args: GithubTrustPolicyArgs): iam.PolicyDocument {
  const { oidcProviderArn, repository, contexts, partition = "aws", pinRepositoryId = true } = args;
  const claims = {
    [`${githubIssuerHost}:aud`]: stsAudience(partition),
    [`${githubIssuerHost}:sub`]: contexts.flatMap((context) => oidcSubjects(repository, context)),
    ...(pinRepositoryId && { [`${githubIssuerHost}:repository_id`]: String(repository.id) }),
  };
  return {
    Version: "2012-10-17",
    Statement: [
      {
        Effect: "Allow",
        Principal: { Federated: oidcProviderArn },
        Action: "sts:AssumeRoleWithWebIdentity",
        Condition: { StringEquals: claims },
      },
    ],
  };
}
