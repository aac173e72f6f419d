import assert from "node:assert/strict";
import { text, flag } from "../../../rehearsal/cloud/schema/property-schema";
import { once, type VendorTable } from "../../../rehearsal/cloud/tables/table";
import { Driver, withCloud } from "./support/cloud-fixture";

const BOX = "bin:index:Box";
const LID = "bin:index:Lid";

/** A vendor of the test's own: a new vendor needs a table and nothing else. */
const bin: VendorTable = {
  name: "bin",
  version: "1.0.0",
  fileFor: () => "the test",
  config: { account: text() },
  scopeOf: ({ account }) => ({ id: `bin:${typeof account === "string" ? account : "one"}` }),
  resources: [
    {
      type: BOX,
      properties: { name: text({ required: true, replace: true }), recover: flag(), locked: flag() },
      computed: { serial: once(({ hex }) => hex("serial", 8)) },
      idOf: ({ inputs }) => inputs.name as string,
      softDelete: {
        days: () => 7,
        attribute: "name",
        recovers: ({ recover }) => recover === true,
        taken: ({ id }) => `${id} is in the bin`,
        nothingToRecover: () => "nothing in the bin",
        purgeRefusal: ({ inputs }) => (inputs.locked === true ? "locked" : undefined),
      },
    },
    {
      type: LID,
      properties: { box: text({ required: true, replace: true }) },
      idOf: ({ inputs }) => `lid of ${inputs.box as string}`,
      references: [
        { property: "box", types: [BOX], attributes: ["id"], missing: (name) => `no box ${name}`, onDelete: "cascade" },
      ],
    },
  ],
  functions: [],
};

describe("a vendor's recycle bin", () => {
  let now = new Date("2026-01-01T00:00:00Z");
  const inBin =
    (test: (driver: Driver, cloud: Parameters<Parameters<typeof withCloud>[0]>[0]) => Promise<void>) => async () => {
      now = new Date("2026-01-01T00:00:00Z");
      await withCloud(
        async (cloud) => {
          const driver = await Driver.configured(cloud, "bin");
          const box = await driver.create(BOX, { name: "a" });
          await driver.create(LID, { box: "a" }, "lid");
          await driver.delete(box);
          await test(driver, cloud);
        },
        { vendors: [bin], now: () => now },
      );
    };

  it(
    "keeps what was deleted out of sight, and what belonged to it is gone",
    inBin(async (driver, cloud) => {
      assert.deepEqual(
        cloud.listDeleted().map(({ id, deletedAt }) => [id, deletedAt]),
        [["a", "2026-01-01T00:00:00.000Z"]],
      );
      assert.deepEqual(
        cloud.list().filter(({ scope }) => scope === "bin:one"),
        [],
      );
      await assert.rejects(driver.create(LID, { box: "a" }), /no box a/);
    }),
  );

  it(
    "keeps the name taken until it is purged",
    inBin(async (driver, cloud) => {
      await assert.rejects(driver.create(BOX, { name: "a" }), /a is in the bin/);
      await cloud.purge(BOX, "a");
      await driver.create(BOX, { name: "a" });
      await assert.rejects(cloud.purge(BOX, "a"), /there is no deleted bin:index:Box "a"/);
    }),
  );

  it(
    "gives the resource back with what it was, when asked",
    inBin(async (driver, cloud) => {
      const { serial } = cloud.listDeleted()[0]!.outputs;
      const box = await driver.create(BOX, { name: "a", recover: true });
      assert.equal(box.outputs.serial, serial);
      assert.deepEqual(cloud.listDeleted(), []);
      await assert.rejects(driver.create(BOX, { name: "b", recover: true }), /nothing in the bin/);
    }),
  );

  it(
    "is emptied when the retention ends",
    inBin(async (driver, cloud) => {
      now = new Date("2026-01-07T23:59:59Z");
      await assert.rejects(driver.create(BOX, { name: "a" }), /a is in the bin/);
      now = new Date("2026-01-08T00:00:00Z");
      assert.deepEqual(cloud.listDeleted(), []);
      await driver.create(BOX, { name: "a" });
    }),
  );

  it(
    "fails to purge what the vendor protects",
    inBin(async (driver, cloud) => {
      await driver.delete(await driver.create(BOX, { name: "b", locked: true }));
      await assert.rejects(cloud.purge(BOX, "b"), /locked/);
    }),
  );
});

describe("Azure", () => {
  const tenantId = "11111111-1111-4111-8111-111111111111";
  const vaultInputs = (properties: object = {}) => ({
    resourceGroupName: "rg",
    vaultName: "acme-kv",
    properties: { tenantId, sku: { family: "A", name: "standard" }, enableRbacAuthorization: true, ...properties },
  });
  const VAULT = "azure-native:keyvault:Vault";

  it("recovers a vault, and purges none that is protected", () =>
    withCloud(async (cloud) => {
      const driver = await Driver.configured(cloud, "azure-native");
      const group = await driver.create("azure-native:resources:ResourceGroup", { resourceGroupName: "rg" });
      await assert.rejects(
        driver.create(VAULT, vaultInputs({ createMode: "recover" })),
        /SoftDeletedVaultDoesNotExist/,
      );
      const vault = await driver.create(VAULT, vaultInputs({ enablePurgeProtection: true }));
      await assert.rejects(driver.update(vault, vaultInputs({ enablePurgeProtection: false })), /irreversible/);
      await driver.delete(group);
      await driver.create("azure-native:resources:ResourceGroup", { resourceGroupName: "rg" });
      await assert.rejects(
        driver.create(VAULT, vaultInputs()),
        /ConflictError: A vault with the same name already exists in deleted state/,
      );
      await assert.rejects(cloud.purge(VAULT, vault.id), /MethodNotAllowed/);
      const recovered = await driver.create(VAULT, vaultInputs({ createMode: "recover", enablePurgeProtection: true }));
      assert.equal(recovered.id, vault.id);
    }));

  it("assigns roles to principals and on scopes that exist, once", () =>
    withCloud(async (cloud) => {
      const driver = await Driver.configured(cloud, "azure-native");
      const group = await driver.create("azure-native:resources:ResourceGroup", { resourceGroupName: "rg" });
      const identity = await driver.create("azure-native:managedidentity:UserAssignedIdentity", {
        resourceGroupName: "rg",
        resourceName: "acme",
      });
      const roleDefinitionId =
        "/providers/Microsoft.Authorization/roleDefinitions/b24988ac-6180-42a0-ab88-20f7382dd24c";
      const assignment = {
        principalId: identity.outputs.principalId!,
        principalType: "ServicePrincipal",
        roleDefinitionId,
        scope: group.id,
      };
      const ROLE = "azure-native:authorization:RoleAssignment";
      const made = await driver.create(ROLE, assignment);
      assert.match(
        made.id,
        /\/resourceGroups\/rg\/providers\/Microsoft\.Authorization\/roleAssignments\/[0-9a-f-]{36}$/,
      );
      assert.equal((await driver.diff(made, { ...assignment, scope: group.id.toUpperCase() })).changes, "none");
      await assert.rejects(driver.create(ROLE, assignment, "twin"), /RoleAssignmentExists/);
      await assert.rejects(driver.create(ROLE, { ...assignment, principalId: tenantId }, "b"), /PrincipalNotFound/);
      await assert.rejects(
        driver.create(ROLE, { ...assignment, principalType: "User" }, "c"),
        /UnmatchedPrincipalType/,
      );
      await assert.rejects(
        driver.create(ROLE, { ...assignment, scope: `${group.id}x` }, "d"),
        /ResourceNotFound: The scope/,
      );
    }));
});
