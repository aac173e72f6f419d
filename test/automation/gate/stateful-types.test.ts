import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { isStateful, statefulTypes } from "../../../automation/gate/stateful-types";

describe("the table of stateful types", () => {
  it("has only types that the vendors' packages have", () => {
    for (const type of statefulTypes()) assert.ok(tokensOf(type).length > 0, `${type} is in no package`);
  });

  it("knows each type by the token that its package registers, and by those with an API version", () => {
    for (const token of statefulTypes().flatMap(tokensOf)) assert.equal(isStateful(token), true, token);
    assert.equal(isStateful("azure-native:storage/v20240101:StorageAccount"), true);
    assert.equal(isStateful("kubernetes:core/v1:PersistentVolumeClaim"), true);
    assert.equal(isStateful("aws:s3/bucket:Bucket"), true);
  });

  it("leaves out what can be declared again", () => {
    const plain = [
      "aws:iam/role:Role",
      "aws:s3/bucketPolicy:BucketPolicy",
      "azure-native:machinelearningservices:OnlineDeployment",
      "azuread:index/application:Application",
      "databricks:index/notebook:Notebook",
      "github:index/branchProtection:BranchProtection",
      "kubernetes:apps/v1:Deployment",
      "pulumi:providers:aws",
      "pulumi:pulumi:Stack",
      "random:index/randomPassword:RandomPassword",
    ];
    assert.deepEqual(plain.filter(isStateful), []);
  });

  it("takes every type of a vendor that nobody has looked at for stateful", () => {
    assert.equal(isStateful("gcp:storage/bucket:Bucket"), true);
    assert.equal(isStateful("something"), true);
  });
});

/** Tokens of a type in its package's own files. */
function tokensOf(type: string): string[] {
  const [vendor = "", module = "", name = ""] = type.split(":");
  const root = join(dirname(require.resolve(`@pulumi/${vendor}/package.json`)), module.split(".")[0]!);
  const folder = module === "index" ? dirname(root) : root;
  const versions = readdirSync(folder).filter((entry) => /^v\d/.test(entry));
  const file = `${name[0]!.toLowerCase()}${name.slice(1)}.js`;
  return [".", ...versions].flatMap((version) => {
    const path = join(folder, version, file);
    if (!existsSync(path)) return [];
    const [, token] = /__pulumiType = '([^']+)'/.exec(readFileSync(path, "utf8")) ?? [];
    return token?.endsWith(`:${name}`) && token.startsWith(`${vendor}:${module}`) ? [token] : [];
  });
}
