import assert from "node:assert/strict";
import { AzureBlobStateBackend, type AzureBlobStateBackendArgs } from "../../../components";
import { azureProviders } from "../../support/component-fixtures";
import { recordResources, summaries, valueOf } from "../../support/record-resources";

const base: AzureBlobStateBackendArgs = {
  organization: "acme",
  environment: "dev",
  repository: "platform",
  location: "westeurope",
};
const kept = { protect: true, retainOnDelete: true } as const;
const group = { resourceGroupName: "acme-dev-state" };

const record = (args: Partial<AzureBlobStateBackendArgs> = {}) =>
  recordResources(() => new AzureBlobStateBackend("state", { ...base, ...args }, azureProviders()));

describe("AzureBlobStateBackend", () => {
  it("makes an account that no key and nobody from outside can read, with two containers, all of it kept", async () => {
    const { registrations } = await record({ tags: { team: "ml" } });
    const all = summaries(registrations);
    const accountName = all["state-account"]?.inputs.accountName as string;
    assert.match(accountName, /^acmedevstate[0-9a-z]{8}$/);
    const retention = { enabled: true, days: 30 };
    const container = (containerName: string) => ({
      type: "azure-native:storage:BlobContainer",
      inputs: { ...group, accountName, containerName, publicAccess: "None" },
      options: kept,
    });
    assert.deepEqual(all, {
      "state-group": {
        type: "azure-native:resources:ResourceGroup",
        inputs: { ...group, location: "westeurope", tags: { team: "ml" } },
        options: kept,
      },
      "state-account": {
        type: "azure-native:storage:StorageAccount",
        inputs: {
          ...group,
          accountName,
          location: "westeurope",
          kind: "StorageV2",
          sku: { name: "Standard_ZRS" },
          allowSharedKeyAccess: false,
          allowBlobPublicAccess: false,
          allowCrossTenantReplication: false,
          defaultToOAuthAuthentication: true,
          enableHttpsTrafficOnly: true,
          minimumTlsVersion: "TLS1_2",
          tags: { team: "ml" },
        },
        options: kept,
      },
      "state-blobs": {
        type: "azure-native:storage:BlobServiceProperties",
        inputs: {
          ...group,
          accountName,
          blobServicesName: "default",
          isVersioningEnabled: true,
          deleteRetentionPolicy: retention,
          containerDeleteRetentionPolicy: retention,
        },
        options: { retainOnDelete: true },
      },
      "state-ml-resources": container("platform-ml-resources"),
      "state-ci-principals": container("platform-ci-principals"),
    });
  });

  it("tells how Pulumi reaches each container", async () => {
    const { result } = await record();
    const name = await valueOf(result.accountName);
    assert.deepEqual(
      await valueOf(result.backendUrls.mlResources),
      `azblob://platform-ml-resources?storage_account=${name}`,
    );
    assert.deepEqual(
      await valueOf(result.backendUrls.ciPrincipals),
      `azblob://platform-ci-principals?storage_account=${name}`,
    );
  });

  it("protects nothing when told so, and takes redundancy and days", async () => {
    const { registrations } = await record({ protect: false, sku: "Standard_LRS", softDeleteDays: 7 });
    const all = summaries(registrations);
    assert.deepEqual(
      Object.values(all).map(({ options }) => options),
      Object.values(all).map(() => undefined),
    );
    assert.deepEqual(all["state-account"]?.inputs.sku, { name: "Standard_LRS" });
    assert.deepEqual(all["state-blobs"]?.inputs.deleteRetentionPolicy, { enabled: true, days: 7 });
  });

  it("gives each environment an account of its own", async () => {
    const names = new Set<unknown>();
    for (const environment of ["dev", "tst", "prd"]) {
      const { registrations } = await record({ environment });
      names.add(summaries(registrations)["state-account"]?.inputs.accountName);
    }
    assert.equal(names.size, 3);
  });
});
