import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Provider as AzureProvider } from "@pulumi/azure-native/provider";
import { Provider as DirectoryProvider } from "@pulumi/azuread/provider";
import { EnvironmentKeyVault, type EnvironmentKeyVaultArgs } from "../../../components";
import { SimulatedCloud } from "../../../rehearsal/cloud/simulated-cloud";
import { rehearse } from "../../../rehearsal/testing/rehearse";
import type { RehearsalStack } from "../../../rehearsal/testing/rehearsal-stack";
import { SEED } from "../../rehearsal/cloud/support/cloud-fixture";
import { subscriptionId } from "../../support/azure-fixtures";

const tenantId = "11111111-1111-4111-8111-111111111111";
const VAULT = "azure-native:keyvault:Vault";

/** A program with one vault; what is not said is made. */
const program =
  (args: Partial<EnvironmentKeyVaultArgs> & { readonly tenant?: string } = {}) =>
  async () => {
    const { tenant = tenantId, ...given } = args;
    const azure = new AzureProvider("azure", { subscriptionId, tenantId: tenant });
    const directory = new DirectoryProvider("directory", { tenantId: tenant });
    const common = {
      organization: "acme",
      environment: "dev",
      subscriptionId,
      tenantId: tenant,
      location: "westeurope",
    };
    const vault = new EnvironmentKeyVault(
      "kv",
      {
        ...common,
        vault: { create: {} },
        credentials: { create: { clientId: "one", clientSecret: "canary-1" } },
        protect: false,
        ...given,
      },
      { providers: [azure, directory] },
    );
    return { name: vault.vaultName, secretNames: vault.secretNames };
  };

describe("EnvironmentKeyVault", function () {
  this.timeout(60_000);
  let directory: string;
  let cloud: SimulatedCloud;
  let stack: RehearsalStack;

  beforeEach(async () => {
    directory = mkdtempSync(join(tmpdir(), "vault-"));
    cloud = await SimulatedCloud.open(join(directory, "cloud.json"), { seed: SEED });
    stack = await rehearse(program(), { providers: (name) => cloud.providers(name) });
  });
  afterEach(async () => {
    await stack.close();
    await cloud.close();
    rmSync(directory, { recursive: true, force: true });
  });
  const vaults = () => cloud.list().filter(({ type }) => type === VAULT);

  it("makes a vault with four credentials that Azure Databricks reads", async () => {
    await stack.up();
    const { secretNames } = await stack.outputs();
    assert.deepEqual(
      secretNames?.value,
      ["subscription-id", "tenant-id", "client-id", "client-secret"].map((part) => `databricks-dev-ops-${part}`),
    );
    const { properties } = vaults()[0]!.inputs as { properties: Record<string, unknown> };
    assert.deepEqual(
      [properties.enableRbacAuthorization, properties.enablePurgeProtection, properties.softDeleteRetentionInDays],
      [true, true, 90],
    );
  });

  it("never overwrites a credential that is there", async () => {
    await stack.up();
    await stack.up({
      program: program({ credentials: { create: { clientId: "two", clientSecret: "canary-2" } } }),
      expectNoChanges: true,
    });
  });

  it("fails for a name that a deleted vault has, and recovers that one when it is told to", async () => {
    await stack.up();
    const id = vaults()[0]!.id;
    await stack.destroy();
    await assert.rejects(stack.up(), /VaultAlreadyExists|already exists in deleted state/);
    const recovering = program({ vault: { create: { recover: true } } });
    await stack.up({ program: recovering });
    assert.equal(vaults()[0]?.id, id);
  });

  it("makes a vault of another name where the usual one is taken", async () => {
    await stack.up();
    await stack.destroy();
    await stack.up({ program: program({ vault: { create: { nameSuffix: "b" } } }) });
    assert.equal((await stack.outputs()).name?.value, "acme-dev-kv-b");
  });

  it("fails in the preview for a vault to adopt that is not there", async () => {
    const vault = { existing: { resourceGroupName: "it", name: "it-kv" } };
    await assert.rejects(
      stack.preview({ program: program({ vault }) }),
      /vaults\/it-kv' under resource group 'it' was not found/,
    );
  });

  it("fails for a principal that does not exist yet", async () => {
    const readerPrincipalId = "99999999-9999-4999-8999-999999999999";
    await assert.rejects(stack.up({ program: program({ readerPrincipalId }) }), /PrincipalNotFound/);
  });

  it("fails for a subscription of another tenant", async () => {
    await assert.rejects(
      stack.preview({ program: program({ tenant: "55555555-5555-4555-8555-555555555555" }) }),
      /InvalidAuthenticationTokenTenant/,
    );
  });
});
