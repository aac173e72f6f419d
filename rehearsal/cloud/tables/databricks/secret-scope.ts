import { object, oneOf, text, asText } from "../../schema/property-schema";
import type { ResourceTypeTable } from "../table";
import { providerConfig } from "./databricks-properties";
import type { DatabricksContext, DatabricksScope } from "./databricks-scope";

const SECRET_SCOPE = "databricks:index/secretScope:SecretScope";

const scopeName = text({
  replace: true,
  maxLength: 128,
  pattern: /^[\w.@ /-]+$/,
  meaning: "letters, digits, dashes, underscores, dots, @ and slashes",
});

/**
 * A scope of secrets: the workspace's own, or a key vault's.
 * @see https://learn.microsoft.com/azure/databricks/security/secrets/
 */
export const secretScope: ResourceTypeTable<DatabricksScope> = {
  type: SECRET_SCOPE,
  properties: {
    backendType: oneOf(["DATABRICKS", "AZURE_KEYVAULT"], { replace: true }),
    initialManagePrincipal: text({ replace: true, oneOf: ["users"] }),
    keyvaultMetadata: object(
      { dnsName: text({ required: true }), resourceId: text({ required: true }) },
      { replace: true },
    ),
    name: scopeName,
    providerConfig,
  },
  idOf: ({ inputs }) => asText(inputs.name),
  autoName: { property: "name", maxLength: 128 },
  taken: (_, { id }) => `RESOURCE_ALREADY_EXISTS: Scope ${id} already exists!`,
  refuse: strangeVault,
};

/** Who may do what with a scope. */
export const secretAcl: ResourceTypeTable<DatabricksScope> = {
  type: "databricks:index/secretAcl:SecretAcl",
  properties: {
    permission: oneOf(["READ", "WRITE", "MANAGE"], { required: true, replace: true }),
    principal: text({ required: true, replace: true }),
    providerConfig,
    scope: { ...scopeName, required: true },
  },
  idOf: ({ inputs }) => `${asText(inputs.scope)}|||${asText(inputs.principal)}`,
  existing: "overwrite",
  references: [
    {
      property: "scope",
      types: [SECRET_SCOPE],
      attributes: ["id"],
      missing: (id) => `RESOURCE_DOES_NOT_EXIST: Scope ${id} does not exist!`,
      onDelete: "cascade",
    },
  ],
};

/** A scope needs a vault that exists, with the address that it has. */
function strangeVault({ inputs, world }: DatabricksContext): string | undefined {
  const { dnsName, resourceId } = (inputs.keyvaultMetadata ?? {}) as { dnsName?: string; resourceId?: string };
  if (resourceId === undefined) return undefined;
  const vault = world.findId(resourceId);
  if (vault === undefined) return `INVALID_PARAMETER_VALUE: Unable to find the key vault '${resourceId}'`;
  const { vaultUri } = (vault.outputs.properties ?? {}) as { vaultUri?: string };
  return vaultUri === dnsName
    ? undefined
    : `INVALID_PARAMETER_VALUE: The DNS name '${dnsName}' is not that of the key vault, '${vaultUri}'`;
}
