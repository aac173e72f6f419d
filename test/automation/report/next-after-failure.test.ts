import assert from "node:assert/strict";
import { nextAfterFailure } from "../../../automation/report/next-after-failure";
import { OperationTree } from "../../../automation/report/operation-tree";
import { reportJson } from "../../../automation/report/report-json";
import type { OperationReport } from "../../../automation/stack/run-operation";

const failed = (type: string, inputs: Record<string, unknown>): OperationReport => {
  const tree = new OperationTree();
  const state = { type, urn: `urn:pulumi:dev::p::${type}::x`, inputs };
  const metadata = { op: "create", urn: state.urn, type, new: state, provider: "" };
  tree.apply({ sequence: 1, timestamp: 1, resOpFailedEvent: { metadata, status: 2, steps: 1 } } as never, 1);
  return { operation: "up", result: "failed", changed: true, counts: {}, tree, durationMs: 1 };
};

describe("what to do after an update that failed", () => {
  it("begins with the log of an image that was not built", () => {
    const report = failed("azure-native:containerregistry:TaskRun", {
      registryName: "acmedev",
      taskRunName: "server1",
    });
    assert.deepEqual(nextAfterFailure(report), [
      "an image was not built; in Azure the log of its build is: az acr taskrun logs --registry acmedev --name server1",
      "what was done until then is in the state; correct the cause and run again",
    ]);
  });

  it("is the cause where anything else failed, and inputs are not told", () => {
    const report = failed("azure-native:containerregistry:Registry", { registryName: "acmedev" });
    assert.deepEqual(nextAfterFailure(report).length, 1);
    assert.doesNotMatch(JSON.stringify(reportJson(report)), /acmedev/);
  });
});
