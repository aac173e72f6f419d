import type { PropertyMap } from "../../../engine/values/property-value";
import { isMap } from "../../../engine/values/property-value";
import {
  flag,
  integer,
  list,
  object,
  oneOf,
  record,
  text,
  asText,
  type PropertySchemas,
} from "../../schema/property-schema";
import { live, once, planned, type Reference, type ResourceTypeTable } from "../table";
import { armId, grouped, inGroup, type AzureContext, type AzureScope } from "./azure-scope";
import { STORAGE_ACCOUNT, accountName } from "./storage-account";

const ACCOUNT = "Microsoft.Storage/storageAccounts";

const inAccount: PropertySchemas = { ...grouped, accountName: { ...accountName, required: true } };

/** A resource goes with its storage account. */
export const ofAccount: Reference = {
  property: "accountName",
  types: [STORAGE_ACCOUNT],
  attributes: ["name"],
  missing: (name) => `ResourceNotFound: The Resource '${ACCOUNT}/${name}' was not found.`,
  onDelete: "cascade",
};

const retention = object({ allowPermanentDelete: flag(), days: integer({ min: 1, max: 365 }), enabled: flag() });

/**
 * The settings of an account's blob service. There is one set of them, named default.
 * @see https://learn.microsoft.com/azure/storage/blobs/soft-delete-blob-overview
 */
export const blobServiceProperties: ResourceTypeTable<AzureScope> = {
  type: "azure-native:storage:BlobServiceProperties",
  properties: {
    ...inAccount,
    automaticSnapshotPolicyEnabled: flag(),
    blobServicesName: oneOf(["default"], { replace: true, inputOnly: true, default: "default" }),
    changeFeed: object({ enabled: flag(), retentionInDays: integer({ min: 1, max: 146_000 }) }),
    containerDeleteRetentionPolicy: retention,
    cors: object({
      corsRules: list(
        object({
          allowedHeaders: list(text(), { required: true }),
          allowedMethods: list(text(), { required: true }),
          allowedOrigins: list(text(), { required: true }),
          exposedHeaders: list(text(), { required: true }),
          maxAgeInSeconds: integer({ required: true, min: 0 }),
        }),
        { maxItems: 5 },
      ),
    }),
    defaultServiceVersion: text(),
    deleteRetentionPolicy: retention,
    isVersioningEnabled: flag(),
    lastAccessTimeTrackingPolicy: object({
      blobType: list(text()),
      enable: flag({ required: true }),
      name: text(),
      trackingGranularityInDays: integer({ min: 1 }),
    }),
    restorePolicy: object({ days: integer({ min: 1, max: 364 }), enabled: flag({ required: true }) }),
  },
  computed: {
    azureApiVersion: planned(() => "2024-01-01"),
    name: planned(() => "default"),
    type: planned(() => `${ACCOUNT}/blobServices`),
  },
  idOf: (context) => `${accountId(context)}/blobServices/default`,
  existing: "overwrite",
  rules: (inputs) => [
    ...missingDays(inputs, "deleteRetentionPolicy"),
    ...missingDays(inputs, "containerDeleteRetentionPolicy"),
  ],
  references: [inGroup, ofAccount],
};

/**
 * A container of blobs.
 * @see https://learn.microsoft.com/rest/api/storageservices/naming-and-referencing-containers--blobs--and-metadata
 */
export const blobContainer: ResourceTypeTable<AzureScope> = {
  type: "azure-native:storage:BlobContainer",
  properties: {
    ...inAccount,
    containerName: text({
      replace: true,
      inputOnly: true,
      minLength: 3,
      maxLength: 63,
      pattern: /^(?!.*--)[a-z0-9][a-z0-9-]*[a-z0-9]$/,
      meaning: "lower case letters, digits and single hyphens, beginning and ending with a letter or digit",
    }),
    defaultEncryptionScope: text({ replace: true }),
    denyEncryptionScopeOverride: flag({ replace: true }),
    enableNfsV3AllSquash: flag(),
    enableNfsV3RootSquash: flag(),
    immutableStorageWithVersioning: object({ enabled: flag() }),
    metadata: record(text()),
    publicAccess: oneOf(["Container", "Blob", "None"]),
  },
  computed: {
    azureApiVersion: planned(() => "2024-01-01"),
    etag: live(({ hex }) => `"0x${hex("etag", 15).toUpperCase()}"`),
    hasImmutabilityPolicy: once(() => false),
    hasLegalHold: once(() => false),
    lastModifiedTime: live(({ now }) => now),
    name: planned(({ inputs }) => inputs.containerName),
    type: planned(() => `${ACCOUNT}/blobServices/containers`),
  },
  idOf: (context) => `${accountId(context)}/blobServices/default/containers/${asText(context.inputs.containerName)}`,
  autoName: { property: "containerName", maxLength: 63, separator: "", digits: 8 },
  refuse: ({ inputs, world }) => {
    const account = world.find(STORAGE_ACCOUNT, "accountName", inputs.accountName)[0];
    const open = inputs.publicAccess !== undefined && inputs.publicAccess !== "None";
    return open && account?.inputs.allowBlobPublicAccess === false
      ? `PublicAccessNotPermitted: Public access is not permitted on this storage account: '${account.id}'`
      : undefined;
  },
  references: [inGroup, ofAccount],
};

function accountId(context: AzureContext): string {
  return armId(context, ACCOUNT, context.inputs.accountName);
}

function missingDays(inputs: PropertyMap, name: string): { property: string; reason: string }[] {
  const policy = inputs[name];
  return isMap(policy) && policy.enabled === true && policy.days === undefined
    ? [{ property: `${name}.days`, reason: "is required where enabled is true" }]
    : [];
}
