import { Bucket } from "@pulumi/aws/s3/bucket";
import { BucketPublicAccessBlock } from "@pulumi/aws/s3/bucketPublicAccessBlock";
import * as pulumi from "@pulumi/pulumi";

export interface ArtifactBucketArgs {
  /** Name of the bucket. A change of it needs a new bucket. */
  readonly bucket: string;
  /** Team that pays for it. */
  readonly owner: string;
}

/** A private bucket for build artifacts. */
export class ArtifactBucket extends pulumi.ComponentResource {
  readonly arn: pulumi.Output<string>;

  constructor(name: string, args: ArtifactBucketArgs, opts?: pulumi.ComponentResourceOptions) {
    super("example:index:ArtifactBucket", name, {}, opts);
    const bucket = new Bucket(
      `${name}-bucket`,
      { bucket: args.bucket, tags: { owner: args.owner } },
      { parent: this, deleteBeforeReplace: true },
    );
    new BucketPublicAccessBlock(
      `${name}-private`,
      { bucket: bucket.id, blockPublicAcls: true, blockPublicPolicy: true },
      { parent: this },
    );
    this.arn = bucket.arn;
    this.registerOutputs({ arn: this.arn });
  }
}
