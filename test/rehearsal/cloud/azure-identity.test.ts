import assert from "node:assert/strict";
import type { SimulatedCloud } from "../../../rehearsal/cloud/simulated-cloud";
import type { PropertyMap } from "../../../rehearsal/engine/values/property-value";
import { Driver, withCloud } from "./support/cloud-fixture";

const FEDERATED = "azure-native:managedidentity:FederatedIdentityCredential";
const CONTRIBUTOR =
  "/subscriptions/22222222-2222-4222-8222-222222222222/providers/Microsoft.Authorization/roleDefinitions/b24988ac-6180-42a0-ab88-20f7382dd24c";

const credential = (name: string, subject: string): PropertyMap => ({
  resourceGroupName: "rg",
  resourceName: "acme-ci",
  federatedIdentityCredentialResourceName: name,
  issuer: "https://token.actions.githubusercontent.com",
  subject,
  audiences: ["api://AzureADTokenExchange"],
});

async function withIdentity(test: (driver: Driver, cloud: SimulatedCloud) => Promise<void>) {
  await withCloud(async (cloud) => {
    const driver = await Driver.configured(cloud, "azure-native");
    await driver.create("azure-native:resources:ResourceGroup", { resourceGroupName: "rg" });
    await driver.create("azure-native:managedidentity:UserAssignedIdentity", {
      resourceGroupName: "rg",
      resourceName: "acme-ci",
    });
    await test(driver, cloud);
  });
}

describe("federated credentials of a managed identity", () => {
  it("are written one after the other", () =>
    withIdentity(async (driver) => {
      for (const name of ["one", "two"]) await driver.create(FEDERATED, credential(name, `repo:a/b:${name}`), name);
    }));

  it("fail where two are written at the same time, and one of them is there", () =>
    withIdentity(async (driver, cloud) => {
      const both = await Promise.allSettled(
        ["one", "two"].map((name) => driver.create(FEDERATED, credential(name, `repo:a/b:${name}`), name)),
      );
      const refused = both.flatMap((result) => (result.status === "rejected" ? [String(result.reason)] : []));
      assert.equal(refused.length, 1);
      assert.match(refused[0]!, /409 ConcurrentFederatedIdentityCredentialsWritesForSingleManagedIdentity/);
      assert.equal(cloud.list().filter(({ type }) => type === FEDERATED).length, 1);
    }));

  it("fail with the subject of another, with a wildcard, beyond twenty, and of an identity that is not there", () =>
    withIdentity(async (driver) => {
      await driver.create(FEDERATED, credential("one", "repo:a/b:x"), "one");
      await assert.rejects(
        driver.create(FEDERATED, credential("two", "repo:a/b:x"), "two"),
        /combination already exists/,
      );
      assert.deepEqual(await driver.faults(FEDERATED, credential("two", "repo:a/b:*")), [
        'subject: must be the exact subject of a token: wildcards are not supported, got "repo:a/b:*"',
      ]);
      const strange = { ...credential("two", "repo:a/b:y"), resourceName: "none" };
      await assert.rejects(driver.create(FEDERATED, strange, "two"), /ParentResourceNotFound/);
      for (let i = 2; i <= 20; i++) await driver.create(FEDERATED, credential(`c-${i}`, `repo:a/b:${i}`), `c-${i}`);
      await assert.rejects(driver.create(FEDERATED, credential("c-21", "repo:a/b:21"), "c-21"), /the limit of 20/);
    }));
});

describe("an application of the directory", () => {
  async function withApplication(cloud: SimulatedCloud) {
    const driver = await Driver.configured(cloud, "azuread");
    const application = await driver.create("azuread:index/application:Application", { displayName: "ci" });
    const clientId = application.outputs.clientId!;
    const principal = await driver.create("azuread:index/servicePrincipal:ServicePrincipal", { clientId });
    return { driver, application, clientId, principal };
  }

  it("has a principal that role assignments can name, in its own tenant only", () =>
    withCloud(async (cloud) => {
      const { principal } = await withApplication(cloud);
      const azure = await Driver.configured(cloud, "azure-native");
      const assignment = (subscription: string): PropertyMap => ({
        principalId: principal.outputs.objectId!,
        principalType: "ServicePrincipal",
        roleDefinitionId: CONTRIBUTOR,
        scope: `/subscriptions/${subscription}`,
      });
      const type = "azure-native:authorization:RoleAssignment";
      await azure.create(type, assignment("22222222-2222-4222-8222-222222222222"));
      const subscriptionId = "66666666-6666-4666-8666-666666666666";
      const other = await Driver.configured(cloud, "azure-native", { subscriptionId });
      await assert.rejects(other.create(type, assignment(subscriptionId)), /PrincipalNotFound/);
    }));

  it("has one principal a directory", () =>
    withCloud(async (cloud) => {
      const { driver, clientId } = await withApplication(cloud);
      const again = driver.create("azuread:index/servicePrincipal:ServicePrincipal", { clientId }, "again");
      await assert.rejects(again, /409 .*has the application/);
    }));

  it("has several passwords, each for two years where nothing else is said, shown to nobody", () =>
    withCloud(
      async (cloud) => {
        const { driver, application } = await withApplication(cloud);
        const type = "azuread:index/applicationPassword:ApplicationPassword";
        const password = { applicationId: application.id };
        const first = await driver.create(type, password, "a");
        const second = await driver.create(type, { ...password, endDateRelative: "240h" }, "b");
        assert.equal(first.outputs.endDate, "2028-11-20T00:00:00.000Z");
        assert.equal(second.outputs.endDate, "2026-12-01T00:00:00.000Z");
        const values = [first, second].map(({ outputs }) => JSON.stringify(outputs.value));
        assert.notEqual(values[0], values[1]);
        // What the vendor makes up is kept as a digest too.
        const kept = JSON.stringify(cloud.list());
        const { value } = first.outputs.value as unknown as { value: string };
        assert.equal(kept.includes(value), false);
      },
      { now: () => new Date("2026-11-21T00:00:00Z") },
    ));
});
