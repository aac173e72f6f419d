import assert from "node:assert/strict";
import { ciSecrets } from "../../../components";

const azure = { clientId: "id", clientSecret: "hush", tenantId: "tenant" };

describe("the secrets of CI", () => {
  const table: [environment: string, prefix: string][] = [
    ["dev", "dev"],
    ["tst", "staging"],
    ["prd", "prod"],
  ];
  for (const [environment, prefix] of table) {
    it(`of ${environment} have the names that workflows know them by, with ${prefix} before them`, () => {
      assert.deepEqual(ciSecrets(environment, { azure, databricks: { clientId: "d", clientSecret: "hush" } }), {
        [`${prefix}AzureSpApplicationId`]: "id",
        [`${prefix}AzureSpClientSecret`]: "hush",
        [`${prefix}AzureSpTenantId`]: "tenant",
        [`${prefix}DatabricksSpApplicationId`]: "d",
        [`${prefix}DatabricksSpClientSecret`]: "hush",
      });
    });
  }

  it("are none where no credential is stored", () => {
    assert.deepEqual(ciSecrets("dev", {}), {});
  });
});
