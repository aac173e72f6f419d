import assert from "node:assert/strict";
import { mlStateFile } from "../../../automation/state/ml-state-file";

describe("the file that says how to reach the state of ML resources", () => {
  it("says where it is to Pulumi and to Terraform, and has no key", () => {
    const text = mlStateFile({
      subscriptionId: "s",
      tenantId: "t",
      resourceGroupName: "rg",
      accountName: "account",
      containerName: "platform-ml-resources",
      backendUrl: "azblob://platform-ml-resources?storage_account=account",
    });
    assert.deepEqual(JSON.parse(text), {
      pulumi: { backendUrl: "azblob://platform-ml-resources?storage_account=account" },
      terraform: {
        subscription_id: "s",
        tenant_id: "t",
        resource_group_name: "rg",
        storage_account_name: "account",
        container_name: "platform-ml-resources",
        use_azuread_auth: true,
      },
    });
    assert.ok(text.endsWith("}\n"));
  });
});
