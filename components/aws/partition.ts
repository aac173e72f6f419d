/**
 * The partition that a region belongs to, which every ARN names.
 * See https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html.
 */
export function regionPartition(region: string): "aws" | "aws-cn" | "aws-us-gov" {
  if (region.startsWith("cn-")) {
    return "aws-cn";
  }
  return region.startsWith("us-gov-") ? "aws-us-gov" : "aws";
}

/**
 * The audience that GitHub's token names when a job asks for a session in a partition.
 * See https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_create_oidc.html.
 */
export function stsAudience(partition: string): string {
  return partition === "aws-cn" ? "sts.amazonaws.com.cn" : "sts.amazonaws.com";
}
