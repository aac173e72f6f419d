import assert from "node:assert/strict";
import { regionPartition, stsAudience } from "../../../components/aws/partition";

describe("regionPartition", () => {
  for (const [region, partition, audience] of [
    ["us-east-1", "aws", "sts.amazonaws.com"],
    ["eu-central-1", "aws", "sts.amazonaws.com"],
    ["cn-north-1", "aws-cn", "sts.amazonaws.com.cn"],
    ["us-gov-west-1", "aws-us-gov", "sts.amazonaws.com"],
  ] as const) {
    it(`puts ${region} into ${partition}, whose tokens name ${audience}`, () => {
      assert.equal(regionPartition(region), partition);
      assert.equal(stsAudience(partition), audience);
    });
  }
});
