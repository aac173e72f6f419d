import type { PropertyMap } from "../../../engine/values/property-value";
import { CloudError } from "../../cloud-error";
import { flag, integer, object, record, text, asText } from "../../schema/property-schema";
import { live, planned, type FunctionTable, type ResourceTypeTable } from "../table";
import { grouped, inGroup, type AzureScope } from "./azure-scope";
import { VAULT } from "./key-vault";

const SECRET = "azure-native:keyvault:Secret";
const TYPE = "Microsoft.KeyVault/vaults/secrets";

const groupAndVault = {
  resourceGroupName: text({ required: true, ignoreCase: true }),
  vaultName: text({ required: true, ignoreCase: true }),
};

/**
 * A secret of a vault. The resource manager writes it and never shows its value.
 * @see https://learn.microsoft.com/azure/templates/microsoft.keyvault/vaults/secrets
 */
export const vaultSecret: ResourceTypeTable<AzureScope> = {
  type: SECRET,
  properties: {
    ...grouped,
    properties: object(
      {
        attributes: object({ enabled: flag(), expires: integer(), notBefore: integer() }),
        contentType: text({ maxLength: 255 }),
        value: text({ maxLength: 25_600 }),
      },
      { required: true },
    ),
    secretName: text({
      replace: true,
      inputOnly: true,
      minLength: 1,
      maxLength: 127,
      pattern: /^[A-Za-z0-9-]+$/,
      meaning: "letters, digits and hyphens",
    }),
    tags: record(text({ maxLength: 256 })),
    vaultName: text({ required: true, replace: true, inputOnly: true, ignoreCase: true }),
  },
  computed: {
    azureApiVersion: planned(() => "2024-11-01"),
    location: live(({ inputs, scope, world }) => vaultOf(inputs, scope, world)?.outputs.location),
    name: planned(({ inputs }) => inputs.secretName),
    properties: live(({ hex, inputs, now }) => {
      const { value: _never, ...shown } = inputs.properties as PropertyMap;
      const uri = `https://${asText(inputs.vaultName).toLowerCase()}.vault.azure.net/secrets/${asText(inputs.secretName)}`;
      return { ...shown, secretUri: uri, secretUriWithVersion: `${uri}/${hex(now, 32)}` };
    }),
    type: planned(() => TYPE),
  },
  idOf: ({ inputs, scope }) =>
    `/subscriptions/${scope.subscriptionId}/resourceGroups/${asText(inputs.resourceGroupName)}/providers/` +
    `Microsoft.KeyVault/vaults/${asText(inputs.vaultName)}/secrets/${asText(inputs.secretName)}`,
  autoName: { property: "secretName", maxLength: 127, separator: "", digits: 8 },
  taken: (_, { id }) => `cannot create already existing resource '${id}'`,
  references: [
    inGroup,
    {
      property: "vaultName",
      types: [VAULT],
      attributes: ["name"],
      missing: (name) => `ParentResourceNotFound: there is no vault '${name}'`,
      onDelete: "cascade",
    },
  ],
};

/** A vault of the subscription. */
export const getVault: FunctionTable<AzureScope> = {
  token: "azure-native:keyvault:getVault",
  args: groupAndVault,
  answer: (args, { scope, world }) => {
    const found = vaultOf(args, scope, world);
    if (found === undefined) throw notFound("vaults", args, args.vaultName);
    return { ...found.outputs, id: found.id };
  },
};

/** What the resource manager shows of a secret, which is all but its value. */
export const getSecret: FunctionTable<AzureScope> = {
  token: "azure-native:keyvault:getSecret",
  args: { ...groupAndVault, secretName: text({ required: true }) },
  answer: (args, { scope, world }) => {
    const vault = vaultOf(args, scope, world);
    const found = vault && world.get(scope.id, SECRET, `${vault.id}/secrets/${asText(args.secretName)}`);
    if (found === undefined)
      throw notFound("vaults/secrets", args, `${asText(args.vaultName)}/${asText(args.secretName)}`);
    return { ...found.outputs, id: found.id };
  },
};

function vaultOf({ resourceGroupName, vaultName }: PropertyMap, scope: AzureScope, world: { find: WorldFind }) {
  return world
    .find(VAULT, "vaultName", vaultName)
    .find((vault) => vault.scope === scope.id && sameText(vault.inputs.resourceGroupName, resourceGroupName));
}

type WorldFind = Parameters<NonNullable<(typeof getVault)["answer"]>>[1]["world"]["find"];

function sameText(a: unknown, b: unknown): boolean {
  return asText(a).toLowerCase() === asText(b).toLowerCase();
}

function notFound(type: string, { resourceGroupName }: PropertyMap, name: unknown): CloudError {
  return new CloudError(
    `ResourceNotFound: The Resource 'Microsoft.KeyVault/${type}/${asText(name)}' under resource group '${asText(resourceGroupName)}' was not found.`,
  );
}
