import type { iam } from "@pulumi/aws/types/input";
import * as pulumi from "@pulumi/pulumi";

/** The state that a role works with. */
export interface StateAccess {
  readonly bucketArn: pulumi.Input<string>;
  /** Prefix of the repository's keys, such as `trunkline/`. */
  readonly keyPrefix: string;
  /** Key of the bucket and the table. @default S3 manages the keys */
  readonly kmsKeyArn?: pulumi.Input<string>;
  /** Lock table of Terraform. @default none */
  readonly lockTableArn?: pulumi.Input<string>;
}

/**
 * The policy of a role that reads state and changes nothing. A Pulumi preview takes no lock in an S3 backend;
 * `terraform plan` does, unless it is told `-lock=false`.
 */
export function stateReadPolicy(state: StateAccess): iam.PolicyDocument {
  return policy([
    listing(state),
    allow("ReadState", ["s3:GetObject"], objects(state)),
    ...keyUse(state, ["kms:Decrypt"]),
  ]);
}

/** The policy of a role that reads and writes state and takes the locks of Pulumi and of Terraform. */
export function stateWritePolicy(state: StateAccess): iam.PolicyDocument {
  const lockActions = ["dynamodb:DescribeTable", "dynamodb:GetItem", "dynamodb:PutItem", "dynamodb:DeleteItem"];
  return policy([
    listing(state),
    allow("WriteState", ["s3:GetObject", "s3:PutObject", "s3:DeleteObject"], objects(state)),
    ...keyUse(state, ["kms:Decrypt", "kms:GenerateDataKey"]),
    ...(state.lockTableArn === undefined ? [] : [allow("LockTerraformState", lockActions, state.lockTableArn)]),
  ]);
}

// Terraform lists a prefix outside the repository's own for its workspaces, so keys of others can be seen, not read.
function listing({ bucketArn }: StateAccess): iam.PolicyStatement {
  return allow("ListState", ["s3:ListBucket", "s3:GetBucketLocation"], bucketArn);
}

function keyUse({ kmsKeyArn }: StateAccess, actions: string[]): iam.PolicyStatement[] {
  return kmsKeyArn === undefined ? [] : [allow("UseStateKey", actions, kmsKeyArn)];
}

function objects({ bucketArn, keyPrefix }: StateAccess): pulumi.Output<string> {
  return pulumi.interpolate`${bucketArn}/${keyPrefix}*`;
}

function allow(sid: string, actions: string[], resource: pulumi.Input<string>): iam.PolicyStatement {
  return { Sid: sid, Effect: "Allow", Action: actions, Resource: resource };
}

function policy(statements: iam.PolicyStatement[]): iam.PolicyDocument {
  return { Version: "2012-10-17", Statement: statements };
}
