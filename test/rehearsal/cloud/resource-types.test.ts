import assert from "node:assert/strict";
import { VENDORS } from "../../../rehearsal/cloud/tables/vendors";
import type { PropertyMap } from "../../../rehearsal/engine/values/property-value";
import { Driver, withCloud, type Held } from "./support/cloud-fixture";
import { EXAMPLES } from "./support/examples";

/** Creates the examples up to one, and hands that one to the test. */
async function withExample(type: string, test: (driver: Driver, held: Held, inputs: PropertyMap) => Promise<void>) {
  await withCloud(async (cloud) => {
    const last = EXAMPLES.findIndex((example) => example.type === type);
    for (const [i, { pkg, inputs, ...example }] of EXAMPLES.slice(0, last + 1).entries()) {
      if (pkg !== EXAMPLES[last]!.pkg) continue;
      const driver = await Driver.configured(cloud, pkg);
      const held = await driver.create(example.type, inputs);
      if (i === last) await test(driver, held, inputs);
    }
  });
}

describe("resource types", () => {
  it("have an example each, apart from those whose inputs another resource computes", () => {
    const computed = [
      ...["aws:kms/alias:Alias", "azure-native:authorization:RoleAssignment"],
      "azuread:index/servicePrincipal:ServicePrincipal",
      "azuread:index/applicationPassword:ApplicationPassword",
      "databricks:index/entitlements:Entitlements",
      "databricks:index/groupMember:GroupMember",
      "databricks:index/mwsPermissionAssignment:MwsPermissionAssignment",
      "databricks:index/servicePrincipalFederationPolicy:ServicePrincipalFederationPolicy",
      "databricks:index/servicePrincipalSecret:ServicePrincipalSecret",
    ];
    const all = VENDORS.flatMap(({ resources }) => resources.map(({ type }) => type)).filter(
      (type) => !computed.includes(type),
    );
    assert.deepEqual(EXAMPLES.map(({ type }) => type).sort(), all.sort());
  });

  it("have a change each that replaces them, apart from groups and jobs of Databricks", () => {
    assert.deepEqual(
      EXAMPLES.filter(({ replace }) => !replace).map(({ type }) => type),
      ["databricks:index/group:Group", "databricks:index/job:Job"],
    );
  });

  for (const { type, update, updates, replace, pkg, importText } of EXAMPLES) {
    describe(type, () => {
      it("is created, has no differences afterwards, and is read as it was created", () =>
        withExample(type, async (driver, held, inputs) => {
          const diff = await driver.diff(held, inputs);
          assert.deepEqual([diff.changes, diff.detailedDiff], ["none", {}]);
          const read = await driver.read(held);
          assert.deepEqual(read, { id: held.id, inputs: held.inputs, outputs: held.outputs });
        }));

      if (update) {
        it("is updated in place, by exactly the paths that changed", () =>
          withExample(type, async (driver, held, inputs) => {
            const changed = { ...inputs, ...update };
            const diff = await driver.diff(held, changed);
            assert.deepEqual(Object.keys(diff.detailedDiff!), updates);
            assert.deepEqual(diff.replaceKeys, []);
            const updated = await driver.update(held, changed);
            assert.equal((await driver.diff(updated, changed)).changes, "none");
            assert.deepEqual((await driver.read(updated))!.outputs, updated.outputs);
          }));
      }

      if (replace) {
        it("is replaced where it cannot be updated", () =>
          withExample(type, async (driver, held, inputs) => {
            const [change, key] = replace;
            const diff = await driver.diff(held, { ...inputs, ...change });
            assert.ok(diff.replaceKeys!.includes(key), `replaces ${String(diff.replaceKeys)}`);
            assert.ok(Object.values(diff.detailedDiff!).some(({ kind }) => kind.endsWith("-replace")));
          }));
      }

      it("is deleted, and a second deletion finds nothing to do", () =>
        withExample(type, async (driver, held) => {
          await driver.delete(held);
          await driver.delete(held);
          if (pkg !== "random") assert.equal(await driver.read(held), undefined);
        }));

      if (pkg !== "random") {
        it("is imported with its inputs, and an id that nothing has is not", () =>
          withExample(type, async (driver, held) => {
            const imported = await driver.import(type, importText ?? held.id);
            assert.equal(imported!.id, held.id);
            for (const [name, value] of Object.entries(imported!.inputs!)) assert.deepEqual(value, held.inputs[name]);
            assert.equal(await driver.import(type, "no-such-thing:at:all"), undefined);
          }));
      }
    });
  }
});
