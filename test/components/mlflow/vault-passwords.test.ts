import assert from "node:assert/strict";
import { VaultPasswords } from "../../../components/mlflow/vault-passwords";
import { recordResources } from "../../support/record-resources";
import { azureProviders } from "../../support/azure-fixtures";

const vault = { name: "acme-dev-kv", resourceGroupName: "acme-dev-key-vault" };

async function record(protect: boolean) {
  const { registrations } = await recordResources(
    () =>
      new VaultPasswords(
        "passwords",
        { vault, adminPassword: "a", databasePassword: "d", protect },
        { providers: azureProviders().providers },
      ),
  );
  return registrations.filter(({ type }) => type === "azure-native:keyvault:Secret");
}

describe("the generated passwords of an MLflow platform", () => {
  it("are kept in the vault of the environment, by names that are the same everywhere", async () => {
    const secrets = await record(true);
    assert.deepEqual(
      secrets.map(({ inputs }) => [inputs.vaultName, inputs.resourceGroupName, inputs.secretName]),
      [
        ["acme-dev-kv", "acme-dev-key-vault", "mlflow-admin-password"],
        ["acme-dev-kv", "acme-dev-key-vault", "mlflow-database-password"],
      ],
    );
    assert.deepEqual([...new Set(secrets.map(({ protect, retainOnDelete }) => protect && retainOnDelete))], [true]);
  });

  it("go with a platform whose data is not protected", async () => {
    assert.deepEqual([...new Set((await record(false)).map(({ retainOnDelete }) => retainOnDelete))], [false]);
  });
});
