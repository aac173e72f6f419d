import assert from "node:assert/strict";
import { AutomationError } from "../../../automation/errors";
import { endpointReference } from "../../../automation/release/endpoint-reference";

const endpoint = {
  ...{ endpointName: "fares", model: "fares", instanceType: "Standard_DS3_v2", instanceCount: 2, authMode: "AADToken" },
  ...{ subscriptionId: "s", resourceGroupName: "rg", workspaceName: "ws", location: "westeurope" },
};
const azure = { azure: { value: { endpoint }, secret: false } };
const databricks = {
  databricks: {
    value: { workspaceHost: "https://adb.example", serving: { endpointName: "fares", model: "ml.prd.fares" } },
    secret: false,
  },
};
const usage = (text: RegExp) => (error: unknown) =>
  error instanceof AutomationError && error.code === "usage" && text.test(error.message) && error.hint !== undefined;

describe("the endpoint of an environment", () => {
  it("is the one that its outputs have", () => {
    assert.deepEqual(endpointReference(azure), { platform: "azure", ...endpoint });
    const found = endpointReference(databricks);
    assert.ok(found.platform === "databricks");
    assert.deepEqual([found.host, found.endpointName, found.model], ["https://adb.example", "fares", "ml.prd.fares"]);
  });

  it("is the one that is named where there are two, and fails where none is", () => {
    assert.equal(endpointReference({ ...azure, ...databricks }, "azure").platform, "azure");
    assert.throws(() => endpointReference({ ...azure, ...databricks }), usage(/on azure and one on databricks/));
  });

  it("fails where there is none, and where its outputs lack something", () => {
    assert.throws(() => endpointReference({}), usage(/azure.endpoint is not there/));
    assert.throws(() => endpointReference(azure, "databricks"), usage(/databricks.serving is not there/));
    const half = { azure: { value: { endpoint: { endpointName: "fares" } }, secret: false } };
    assert.throws(() => endpointReference(half), usage(/azure.endpoint are incomplete: .*model/));
  });
});
