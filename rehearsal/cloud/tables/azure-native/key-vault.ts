import type { PropertyMap } from "../../../engine/values/property-value";
import { isMap } from "../../../engine/values/property-value";
import { flag, integer, list, object, oneOf, text, asText } from "../../schema/property-schema";
import { live, planned, type ResourceTypeTable } from "../table";
import { armId, grouped, inGroup, tracked, type AzureScope } from "./azure-scope";

/** Type token of a key vault. */
export const VAULT = "azure-native:keyvault:Vault";
const TYPE = "Microsoft.KeyVault/vaults";

const permissions = list(text());

/**
 * A key vault. A deleted one keeps its name until it is purged.
 * @see https://learn.microsoft.com/azure/key-vault/general/soft-delete-overview
 */
export const vault: ResourceTypeTable<AzureScope> = {
  type: VAULT,
  properties: {
    ...tracked,
    ...grouped,
    properties: object(
      {
        accessPolicies: list(
          object({
            applicationId: text(),
            objectId: text({ required: true }),
            permissions: object(
              { certificates: permissions, keys: permissions, secrets: permissions, storage: permissions },
              { required: true },
            ),
            tenantId: text({ required: true }),
          }),
          { maxItems: 1024 },
        ),
        createMode: oneOf(["recover", "default"]),
        enablePurgeProtection: flag(),
        enableRbacAuthorization: flag(),
        enableSoftDelete: flag(),
        enabledForDeployment: flag(),
        enabledForDiskEncryption: flag(),
        enabledForTemplateDeployment: flag(),
        networkAcls: object({
          bypass: oneOf(["AzureServices", "None"]),
          defaultAction: oneOf(["Allow", "Deny"]),
          ipRules: list(object({ value: text({ required: true }) })),
          virtualNetworkRules: list(object({ id: text({ required: true }), ignoreMissingVnetServiceEndpoint: flag() })),
        }),
        publicNetworkAccess: text({ oneOf: ["enabled", "disabled"], ignoreCase: true }),
        sku: object(
          { family: oneOf(["A"], { required: true }), name: oneOf(["standard", "premium"], { required: true }) },
          { required: true },
        ),
        softDeleteRetentionInDays: integer({ min: 7, max: 90 }),
        tenantId: text({ required: true }),
      },
      { required: true },
    ),
    vaultName: text({
      replace: true,
      inputOnly: true,
      minLength: 3,
      maxLength: 24,
      pattern: /^(?!.*--)[A-Za-z][A-Za-z0-9-]*[A-Za-z0-9]$/,
      meaning: "letters, digits and single hyphens, beginning with a letter and ending with a letter or digit",
    }),
  },
  computed: {
    azureApiVersion: planned(() => "2024-11-01"),
    name: planned(({ inputs }) => inputs.vaultName),
    properties: live(({ inputs }) => ({
      enableSoftDelete: true,
      softDeleteRetentionInDays: 90,
      publicNetworkAccess: "Enabled",
      ...settingsOf(inputs),
      provisioningState: "Succeeded",
      vaultUri: `https://${asText(inputs.vaultName).toLowerCase()}.vault.azure.net/`,
    })),
    systemData: live(({ now, prior }) => prior?.systemData ?? { createdAt: now, createdByType: "Application" }),
    type: planned(() => TYPE),
  },
  idOf: (context) => armId(context, TYPE, context.inputs.vaultName),
  autoName: { property: "vaultName", maxLength: 24, separator: "", digits: 8 },
  taken: (_, owner) => `VaultAlreadyExists: cannot create existing resource '${owner.id}'`,
  rules: ({ properties }) =>
    isMap(properties) && properties.enableSoftDelete === false
      ? [
          {
            property: "properties.enableSoftDelete",
            reason: "must be true, got false: Azure no longer makes vaults without soft delete",
          },
        ]
      : [],
  refuse: ({ id, inputs, prior, scope, world }) => {
    const settings = settingsOf(inputs);
    const twin = world.find(VAULT, "vaultName", inputs.vaultName).find((other) => other.id !== id);
    if (twin && prior === undefined) {
      return `VaultAlreadyExists: The vault name '${asText(inputs.vaultName)}' is already in use. Vault names are globally unique: '${twin.id}'`;
    }
    if (settings.tenantId !== scope.tenantId) {
      return `BadRequest: The tenant ID '${asText(settings.tenantId)}' is not that of the subscription, '${scope.tenantId}'`;
    }
    if (
      isMap(prior?.properties) &&
      prior.properties.enablePurgeProtection === true &&
      settings.enablePurgeProtection === false
    ) {
      return 'BadRequest: The property "enablePurgeProtection" cannot be set to false. Enabling the purge protection for a vault is an irreversible action.';
    }
    return settings.accessPolicies === undefined &&
      settings.enableRbacAuthorization !== true &&
      settings.createMode !== "recover"
      ? "BadRequest: The parameter accessPolicies is not specified; give it, or set enableRbacAuthorization"
      : undefined;
  },
  references: [inGroup],
  softDelete: {
    days: ({ inputs }) => Number(settingsOf(inputs).softDeleteRetentionInDays ?? 90),
    attribute: "vaultName",
    recovers: (inputs) => settingsOf(inputs).createMode === "recover",
    taken: ({ id }) =>
      `ConflictError: A vault with the same name already exists in deleted state: '${id}'. You need to either recover or purge ` +
      'existing key vault; properties.createMode "recover" recovers it',
    nothingToRecover: ({ vaultName }) =>
      `SoftDeletedVaultDoesNotExist: A soft deleted vault with the given name does not exist: '${asText(vaultName)}'`,
    purgeRefusal: ({ id, inputs }) =>
      settingsOf(inputs).enablePurgeProtection === true
        ? `MethodNotAllowed: the vault '${id}' has purge protection: it is purged when its retention ends`
        : undefined,
  },
};

function settingsOf({ properties }: PropertyMap): PropertyMap {
  return isMap(properties) ? properties : {};
}
