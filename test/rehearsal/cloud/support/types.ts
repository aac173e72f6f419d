/** Types that several tests of the simulated cloud create, and the inputs of a lock table. */
export const BUCKET = "aws:s3/bucket:Bucket";
export const ROLE = "aws:iam/role:Role";
export const POLICY = "aws:s3/bucketPolicy:BucketPolicy";
export const TABLE = "aws:dynamodb/table:Table";
export const ENVIRONMENT = "github:index/repositoryEnvironment:RepositoryEnvironment";
export const LOCK_TABLE = {
  billingMode: "PAY_PER_REQUEST",
  hashKey: "LockID",
  attributes: [{ name: "LockID", type: "S" }],
};
