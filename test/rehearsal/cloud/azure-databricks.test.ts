import assert from "node:assert/strict";
import type { PropertyMap } from "../../../rehearsal/engine/values/property-value";
import { Driver, withCloud } from "./support/cloud-fixture";

const group = { resourceGroupName: "rg" };
const WORKSPACE = "azure-native:databricks:Workspace";
const managed = (name: string) => `/subscriptions/22222222-2222-4222-8222-222222222222/resourceGroups/${name}`;
const inGroup = (test: (driver: Driver) => Promise<void>) => () =>
  withCloud(async (cloud) => {
    const driver = await Driver.configured(cloud, "azure-native");
    await driver.create("azure-native:resources:ResourceGroup", group);
    await test(driver);
  });

describe("a simulated workspace of Azure Databricks", () => {
  const delegation = { name: "databricks", serviceName: "Microsoft.Databricks/workspaces" };
  const network = async (driver: Driver, subnet: (name: string) => PropertyMap) =>
    driver.create("azure-native:network:VirtualNetwork", {
      ...group,
      virtualNetworkName: "net",
      addressSpace: { addressPrefixes: ["10.0.0.0/16"] },
      subnets: [subnet("public"), subnet("private")],
    });
  const injected = (networkId: string) => ({
    ...group,
    workspaceName: "acme",
    managedResourceGroupId: managed("managed"),
    sku: { name: "premium" },
    parameters: {
      customVirtualNetworkId: { value: networkId },
      customPublicSubnetName: { value: "public" },
      customPrivateSubnetName: { value: "private" },
    },
  });

  it(
    "wants both subnets of a network with a security group and delegated",
    inGroup(async (driver) => {
      const bare = await network(driver, (name) => ({ name }));
      await assert.rejects(driver.create(WORKSPACE, injected(bare.id)), /SubnetMissingNetworkSecurityGroup/);
      await driver.delete(bare);
      const open = await network(driver, (name) => ({ name, networkSecurityGroup: { id: "/nsg" } }));
      await assert.rejects(driver.create(WORKSPACE, injected(open.id)), /SubnetNotDelegated: The subnet 'public'/);
      await driver.delete(open);
      const ready = await network(driver, (name) => ({
        name,
        networkSecurityGroup: { id: "/nsg" },
        delegations: [delegation],
      }));
      const workspace = await driver.create(WORKSPACE, injected(ready.id));
      const { workspaceId, workspaceUrl } = workspace.outputs as Record<string, string>;
      assert.match(workspaceUrl!, /^adb-\d{16}\.\d+\.azuredatabricks\.net$/);
      assert.ok(workspaceUrl!.startsWith(`adb-${workspaceId}.`));
    }),
  );

  it(
    "wants all three parameters of a network of one's own, and a managed group that nobody has",
    inGroup(async (driver) => {
      const half = { ...injected("/net"), parameters: { customVirtualNetworkId: { value: "/net" } } };
      assert.deepEqual(
        (await driver.faults(WORKSPACE, half)).map((fault) => fault.split(",")[0]),
        ["parameters: needs all of customVirtualNetworkId"],
      );
      const { parameters: _network, ...plain } = injected("");
      await driver.create(WORKSPACE, plain, "first");
      await assert.rejects(
        driver.create(WORKSPACE, { ...plain, workspaceName: "other" }, "second"),
        /ApplianceManagedResourceGroupAlreadyExists/,
      );
    }),
  );
});

describe("the functions of a simulated vault", () => {
  it(
    "find vault and secret, show no value, and say what is not there",
    inGroup(async (driver) => {
      const token = (name: string) => `azure-native:keyvault:${name}`;
      await assert.rejects(driver.invoke(token("getVault"), { ...group, vaultName: "kv-acme" }), /vaults\/kv-acme/);
      const tenantId = "11111111-1111-4111-8111-111111111111";
      const vault = await driver.create(token("Vault"), {
        ...group,
        vaultName: "kv-acme",
        properties: { tenantId, sku: { family: "A", name: "standard" }, enableRbacAuthorization: true },
      });
      assert.equal((await driver.invoke(token("getVault"), { ...group, vaultName: "kv-acme" })).id, vault.id);
      const secret = { ...group, vaultName: "kv-acme", secretName: "token" };
      await assert.rejects(driver.invoke(token("getSecret"), secret), /vaults\/secrets\/kv-acme\/token/);
      const made = await driver.create(token("Secret"), { ...secret, properties: { value: "hush" } }, "secret");
      const found = await driver.invoke(token("getSecret"), secret);
      assert.equal(found.id, made.id);
      assert.ok(!JSON.stringify([made.outputs, found]).includes("hush"));
      await assert.rejects(
        driver.create(token("Secret"), { ...secret, properties: { value: "other" } }, "twin"),
        /cannot create already existing resource/,
      );
    }),
  );
});

describe("a simulated directory", () => {
  it("has the application of Azure Databricks, under another object id in each tenant", () =>
    withCloud(async (cloud) => {
      const token = "azuread:index/getServicePrincipal:getServicePrincipal";
      const clientId = "2ff814a6-3304-4ab8-85cb-cd0e6f879c1d";
      const tenants = ["11111111-1111-4111-8111-111111111111", "55555555-5555-4555-8555-555555555555"];
      const ids = [];
      for (const tenantId of tenants) {
        const driver = await Driver.configured(cloud, "azuread", { tenantId });
        ids.push((await driver.invoke(token, { clientId })).objectId);
        await assert.rejects(driver.invoke(token, { displayName: "nobody" }), /No service principal found/);
      }
      assert.notEqual(ids[0], ids[1]);
    }));
});
