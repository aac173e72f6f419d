import type { s3 } from "@pulumi/aws/types/input";
import type * as pulumi from "@pulumi/pulumi";

/** How long replaced versions of state files are kept. */
export interface StateLifecycleArgs {
  /** Days that replaced versions are kept. @default 90 */
  readonly noncurrentVersionDays?: pulumi.Input<number>;
  /** Newest replaced versions that are kept whatever their age, 1 to 100. @default 50 */
  readonly noncurrentVersionsKept?: pulumi.Input<number>;
}

/** Where Pulumi writes the lock files of a repository's stacks, each under a name of its own. */
export function lockPrefix(repository: string): string {
  return `${repository}/.pulumi/locks/`;
}

/**
 * The lifecycle rules of a state bucket. Lock files have a rule of their own: each has one version only, which the
 * rule for state would keep for ever among the newest.
 * See https://docs.aws.amazon.com/AmazonS3/latest/userguide/intro-lifecycle-rules.html.
 */
export function stateLifecycleRules(
  locks: string,
  { noncurrentVersionDays = 90, noncurrentVersionsKept = 50 }: StateLifecycleArgs,
): s3.BucketLifecycleConfigurationRule[] {
  return [
    {
      id: "expire-replaced-state",
      status: "Enabled",
      filter: {},
      expiration: { expiredObjectDeleteMarker: true },
      noncurrentVersionExpiration: {
        noncurrentDays: noncurrentVersionDays,
        newerNoncurrentVersions: noncurrentVersionsKept,
      },
      abortIncompleteMultipartUpload: { daysAfterInitiation: 7 },
    },
    {
      id: "expire-released-locks",
      status: "Enabled",
      filter: { prefix: locks },
      noncurrentVersionExpiration: { noncurrentDays: 1 },
    },
  ];
}
