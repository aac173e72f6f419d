import type { iam, s3 } from "@pulumi/aws/types/input";
import * as pulumi from "@pulumi/pulumi";

/** What a state bucket's policy depends on. */
export interface StateBucketPolicyArgs {
  readonly bucketArn: pulumi.Input<string>;
  /** Key that the bucket encrypts with. @default AES256 with keys that S3 manages */
  readonly kmsKeyArn?: pulumi.Input<string>;
}

const encryption = "s3:x-amz-server-side-encryption";
const customerAlgorithm = "s3:x-amz-server-side-encryption-customer-algorithm";
const encryptionKey = "s3:x-amz-server-side-encryption-aws-kms-key-id";

/**
 * The bucket policy of a state bucket: no access without TLS 1.2 or newer, no object under other encryption than
 * the bucket's own. A request that names no encryption gets the bucket's, so only a wrong name is refused: `Null`
 * says whether the header is there. See https://docs.aws.amazon.com/AmazonS3/latest/userguide/amazon-s3-policy-keys.html.
 */
export function stateBucketPolicy({ bucketArn, kmsKeyArn }: StateBucketPolicyArgs): s3.PolicyDocument {
  const objects = pulumi.interpolate`${bucketArn}/*`;
  const everything = [bucketArn, objects];
  const statements = [
    deny("DenyWithoutTls", "s3:*", everything, { Bool: { "aws:SecureTransport": "false" } }),
    deny("DenyOldTls", "s3:*", everything, { NumericLessThan: { "s3:TlsVersion": "1.2" } }),
    deny("DenyOtherEncryption", "s3:PutObject", objects, {
      Null: { [encryption]: "false" },
      StringNotEquals: { [encryption]: kmsKeyArn === undefined ? "AES256" : "aws:kms" },
    }),
    deny("DenyCustomerKeys", "s3:PutObject", objects, { Null: { [customerAlgorithm]: "false" } }),
  ];
  if (kmsKeyArn !== undefined) {
    const otherKey = { Null: { [encryptionKey]: "false" }, StringNotEquals: { [encryptionKey]: kmsKeyArn } };
    statements.push(deny("DenyOtherKeys", "s3:PutObject", objects, otherKey));
  }
  return { Version: "2012-10-17", Statement: statements };
}

function deny(
  sid: string,
  action: string,
  resource: pulumi.Input<string> | pulumi.Input<string>[],
  condition: Record<string, Record<string, pulumi.Input<string>>>,
): iam.PolicyStatement {
  return { Sid: sid, Effect: "Deny", Principal: "*", Action: action, Resource: resource, Condition: condition };
}
