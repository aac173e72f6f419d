import assert from "node:assert/strict";
import { MemoryProvider, rehearse, type RecordedStep, type RehearsalStack } from "trunkline/rehearsal";
import { ArtifactBucket, type ArtifactBucketArgs } from "./artifact-bucket";

/** As much of AWS as the component needs. */
const aws = () =>
  new MemoryProvider("aws", {
    types: {
      "aws:s3/bucket:Bucket": {
        id: ({ inputs }) => inputs.bucket as string,
        outputs: { arn: ({ id }) => `arn:aws:s3:::${id}` },
        replaceOn: ["bucket"],
      },
      "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock": { replaceOn: ["bucket"] },
    },
  });
const program = (args: ArtifactBucketArgs) => async () => ({ arn: new ArtifactBucket("artifacts", args).arn });
const changed = (steps: readonly RecordedStep[]) =>
  steps.filter(({ op }) => op !== "same").map(({ op, name }) => `${op} ${name}`);

describe("ArtifactBucket", () => {
  let cloud: MemoryProvider;
  let stack: RehearsalStack;

  beforeEach(async () => {
    cloud = aws();
    stack = await rehearse(program({ bucket: "acme-artifacts", owner: "build" }), { providers: [cloud] });
    await stack.up();
  });
  afterEach(() => stack.close());

  it("creates a private bucket", async () => {
    assert.deepEqual((await stack.outputs()).arn, { value: "arn:aws:s3:::acme-artifacts", secret: false });
    const { inputs } = await stack.resource("artifacts-private");
    assert.deepEqual(inputs, { bucket: "acme-artifacts", blockPublicAcls: true, blockPublicPolicy: true });
  });

  it("changes nothing when it is run again", async () => {
    await stack.up({ expectNoChanges: true });
  });

  it("updates the bucket in place when the owner changes", async () => {
    const { steps } = await stack.up({ program: program({ bucket: "acme-artifacts", owner: "data" }) });
    const [step, ...others] = steps.filter(({ op }) => op !== "same");
    assert.deepEqual([step?.op, step?.name, others.length], ["update", "artifacts-bucket", 0]);
    assert.ok(step && Object.keys(step.detailedDiff).every((path) => path.startsWith("tags")));
  });

  it("replaces the bucket, the old one first, when its name changes", async () => {
    const renamed = { program: program({ bucket: "acme-builds", owner: "build" }) };
    assert.ok(changed((await stack.preview(renamed)).steps).includes("replace artifacts-bucket"));
    const done = changed((await stack.up()).steps);
    assert.ok(done.indexOf("delete-replaced artifacts-bucket") < done.indexOf("create-replacement artifacts-bucket"));
    assert.ok(cloud.resources.has("acme-builds") && !cloud.resources.has("acme-artifacts"));
  });

  it("repairs what somebody deleted by hand", async () => {
    cloud.resources.delete("acme-artifacts");
    await stack.refresh();
    assert.ok(changed((await stack.up()).steps).includes("create artifacts-bucket"));
  });

  it("leaves nothing behind", async () => {
    await stack.destroy();
    assert.equal(cloud.resources.size, 0);
  });
});
