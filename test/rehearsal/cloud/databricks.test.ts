import assert from "node:assert/strict";
import { Driver, withCloud } from "./support/cloud-fixture";

const type = (name: string) => `databricks:index/${name}:${name[0]!.toUpperCase()}${name.slice(1)}`;
const contentBase64 = Buffer.from("print(1)\n").toString("base64");
const inWorkspace = (test: (driver: Driver) => Promise<void>) => () =>
  withCloud(async (cloud) => test(await Driver.configured(cloud, "databricks")));
const smallCluster = { clusterName: "a", sparkVersion: "16.4.x-scala2.12", nodeTypeId: "Standard_DS3_v2" };

describe("a simulated workspace of Databricks", () => {
  it(
    "refuses a job on a cluster that is not there, and one with a task key twice",
    inWorkspace(async (driver) => {
      const task = { taskKey: "a", existingClusterId: "1121-000000-abcdefgh" };
      await assert.rejects(
        driver.create(type("job"), { tasks: [task] }),
        /Cluster 1121-000000-abcdefgh does not exist/,
      );
      assert.deepEqual(await driver.faults(type("job"), { tasks: [{ taskKey: "a" }, { taskKey: "a" }] }), [
        'tasks: has the task key "a" twice',
      ]);
      const keyed = { tasks: [{ taskKey: "a", jobClusterKey: "none" }] };
      await assert.rejects(driver.create(type("job"), keyed), /Job cluster 'none' is not defined/);
    }),
  );

  it(
    "leaves the state of a cluster alone when it is edited",
    inWorkspace(async (driver) => {
      const held = await driver.create(type("cluster"), { ...smallCluster, numWorkers: 1, noWait: true });
      assert.match(held.id, /^\d{4}-\d{6}-[0-9a-f]{8}$/);
      assert.equal(held.outputs.state, "PENDING");
      const edited = await driver.update(held, { ...smallCluster, numWorkers: 2, noWait: true });
      assert.equal(edited.outputs.state, "PENDING");
    }),
  );

  it(
    "refuses a cluster without a size, and one that ends too soon",
    inWorkspace(async (driver) => {
      assert.deepEqual(await driver.faults(type("cluster"), { ...smallCluster, autoterminationMinutes: 5 }), [
        "numWorkers: is required where there is no autoscale and isSingleNode is not true",
        "autoterminationMinutes: must be 0 or 10 to 10000, got 5",
      ]);
    }),
  );

  it(
    "deletes a folder only when nothing is in it",
    inWorkspace(async (driver) => {
      const folder = await driver.create(type("directory"), { path: "/Shared/acme" }, "folder");
      const notebook = await driver.create(type("notebook"), {
        path: "/Shared/acme/train",
        language: "PYTHON",
        format: "SOURCE",
        contentBase64,
      });
      await assert.rejects(driver.delete(folder), /DIRECTORY_NOT_EMPTY.*\/Shared\/acme\/train/);
      await driver.delete(notebook);
      await driver.delete(folder);
    }),
  );

  it(
    "keeps files in volumes that exist, and securables in their parents",
    inWorkspace(async (driver) => {
      const path = "/Volumes/main/default/scripts/a.sh";
      await assert.rejects(driver.create(type("file"), { path, contentBase64 }), /Volume 'main.default.scripts'/);
      const volume = { catalogName: "main", schemaName: "none", name: "v", volumeType: "MANAGED" };
      await assert.rejects(driver.create(type("volume"), volume), /Schema 'main.none' does not exist/);
      await assert.rejects(driver.create(type("schema"), { catalogName: "none", name: "a" }), /Catalog 'none'/);
      const schema = await driver.create(type("schema"), { catalogName: "main", name: "models" }, "schema");
      await driver.create(type("volume"), { ...volume, schemaName: "models" });
      await assert.rejects(driver.delete(schema), /Cannot delete schema 'main.models': it is not empty/);
    }),
  );

  it(
    "refuses overlapping external locations, and one whose credential is not there",
    inWorkspace(async (driver) => {
      const url = "abfss://raw@acme.dfs.core.windows.net/";
      const location = { name: "raw", url, credentialName: "lake" };
      await assert.rejects(driver.create(type("externalLocation"), location), /Storage Credential 'lake' does not/);
      const azureServicePrincipal = { applicationId: "a", directoryId: "d", clientSecret: "hush" };
      const credential = { name: "lake", azureServicePrincipal };
      await driver.create(type("storageCredential"), credential, "credential");
      await driver.create(type("externalLocation"), location, "raw");
      const within = { ...location, name: "within", url: `${url}2026` };
      await assert.rejects(driver.create(type("externalLocation"), within, "within"), /LOCATION_OVERLAP.*'raw'/);
      const beside = { ...location, name: "beside", url: "abfss://raw2@acme.dfs.core.windows.net/" };
      await driver.create(type("externalLocation"), beside, "beside");
    }),
  );

  it(
    "refuses a key vault's scope where there is no such vault, and an access connector that is not there",
    inWorkspace(async (driver) => {
      const resourceId = "/subscriptions/s/resourceGroups/g/providers/Microsoft.KeyVault/vaults/none";
      const keyvaultMetadata = { resourceId, dnsName: "https://none.vault.azure.net/" };
      await assert.rejects(
        driver.create(type("secretScope"), { name: "keys", backendType: "AZURE_KEYVAULT", keyvaultMetadata }),
        /Unable to find the key vault/,
      );
      const azureManagedIdentity = { accessConnectorId: "/subscriptions/s/none" };
      await assert.rejects(
        driver.create(type("storageCredential"), { name: "lake", azureManagedIdentity }),
        /Access Connector .* does not exist/,
      );
    }),
  );
});
