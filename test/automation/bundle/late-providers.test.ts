import assert from "node:assert/strict";
import { lateProviders } from "../../../automation/bundle/late-providers";

const unknown = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
const kubernetes = "urn:pulumi:dev::app::app:index:Platform$pulumi:providers:kubernetes::cluster";
const plan = (resourcePlans: object) => JSON.stringify({ resourcePlans });
const goal = (adds: object) => ({ goal: { inputDiff: { adds } } });

describe("late providers of a plan", () => {
  it("are those whose configuration is unknown, wholly or in part", () => {
    const aws = "urn:pulumi:dev::app::pulumi:providers:aws::account";
    const resources = { [kubernetes]: goal({ kubeconfig: unknown }), [aws]: goal({ region: "us-east-1" }) };
    assert.deepEqual(lateProviders(plan(resources)), [kubernetes]);
    assert.deepEqual(lateProviders(plan({ [aws]: goal({ assumeRole: { roleArn: unknown } }) })), [aws]);
  });

  it("are no resources with unknown inputs, whatever they are called", () => {
    const bucket = "urn:pulumi:dev::app::pulumi:providers:aws$aws:s3/bucket:Bucket::pulumi:providers:aws";
    assert.deepEqual(lateProviders(plan({ [bucket]: goal({ bucket: unknown }) })), []);
  });

  it("are none in an empty plan", () => {
    assert.deepEqual(lateProviders("{}"), []);
    assert.deepEqual(lateProviders(plan({ [kubernetes]: {} })), []);
  });
});
