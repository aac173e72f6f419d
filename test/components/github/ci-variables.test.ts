import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { ciVariables } from "../../../components";

const output = (value: string) => pulumi.output(value);
const terraformBackend = { bucket: output("b"), region: output("r"), keyPrefix: "p/", encrypt: true };

describe("ciVariables", () => {
  it("gives every job what a preview needs and only the environment's jobs the write role", () => {
    const { environment, repository } = ciVariables("dev", {
      aws: {
        accountId: "111111111111",
        region: "us-east-1",
        identity: {
          oidcProviderArn: output("provider"),
          previewRoleArn: output("preview"),
          writeRoleArn: output("write"),
        },
        state: { bucketName: output("b"), bucketArn: output("a"), backendUrl: output("s3://b"), terraformBackend },
      },
    });
    assert.deepEqual(Object.keys(environment), [
      "AWS_ACCOUNT_ID",
      "AWS_REGION",
      "AWS_PREVIEW_ROLE_ARN",
      "PULUMI_BACKEND_URL",
      "AWS_WRITE_ROLE_ARN",
    ]);
    assert.deepEqual(Object.keys(repository), [
      "DEV_AWS_ACCOUNT_ID",
      "DEV_AWS_REGION",
      "DEV_AWS_PREVIEW_ROLE_ARN",
      "DEV_PULUMI_BACKEND_URL",
    ]);
    assert.equal(environment.AWS_ACCOUNT_ID, "111111111111");
  });

  it("leaves out what the environment does not have", () => {
    assert.deepEqual(ciVariables("prd", {}), { environment: {}, repository: {} });
    assert.deepEqual(ciVariables("prd", { aws: { accountId: "1", region: "r" } }).repository, {
      PRD_AWS_ACCOUNT_ID: "1",
      PRD_AWS_REGION: "r",
    });
  });
});
