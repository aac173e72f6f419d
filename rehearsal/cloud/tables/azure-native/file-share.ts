import { CloudError } from "../../cloud-error";
import { any, integer, list, oneOf, record, text, asText } from "../../schema/property-schema";
import { live, planned, type FunctionTable, type ResourceTypeTable } from "../table";
import { armId, grouped, inGroup, type AzureScope } from "./azure-scope";
import { ofAccount } from "./blob-service";
import { STORAGE_ACCOUNT, accountName } from "./storage-account";

const ACCOUNT = "Microsoft.Storage/storageAccounts";

/**
 * A share of files.
 * @see https://learn.microsoft.com/azure/storage/files/storage-files-introduction
 */
export const fileShare: ResourceTypeTable<AzureScope> = {
  type: "azure-native:storage:FileShare",
  properties: {
    ...grouped,
    accessTier: oneOf(["TransactionOptimized", "Hot", "Cool", "Premium"]),
    accountName: { ...accountName, required: true },
    enabledProtocols: oneOf(["SMB", "NFS"], { replace: true }),
    expand: text({ inputOnly: true }),
    fileSharePaidBursting: any(),
    metadata: record(text()),
    provisionedBandwidthMibps: integer({ min: 1 }),
    provisionedIops: integer({ min: 1 }),
    rootSquash: oneOf(["NoRootSquash", "RootSquash", "AllSquash"]),
    shareName: text({
      replace: true,
      inputOnly: true,
      minLength: 3,
      maxLength: 63,
      pattern: /^(?!.*--)[a-z0-9][a-z0-9-]*[a-z0-9]$/,
      meaning: "lower case letters, digits and single hyphens, beginning and ending with a letter or digit",
    }),
    shareQuota: integer({ min: 1, max: 102_400 }),
    signedIdentifiers: list(any()),
  },
  computed: {
    azureApiVersion: planned(() => "2024-01-01"),
    etag: live(({ hex }) => `"0x${hex("etag", 15).toUpperCase()}"`),
    lastModifiedTime: live(({ now }) => now),
    name: planned(({ inputs }) => inputs.shareName),
    type: planned(() => `${ACCOUNT}/fileServices/shares`),
  },
  idOf: (context) =>
    `${armId(context, ACCOUNT, context.inputs.accountName)}/fileServices/default/shares/${asText(context.inputs.shareName)}`,
  autoName: { property: "shareName", maxLength: 63, separator: "", digits: 8 },
  references: [inGroup, ofAccount],
};

/** The two keys of an account, which exist whether or not they may be used. */
export const listStorageAccountKeys: FunctionTable<AzureScope> = {
  token: "azure-native:storage:listStorageAccountKeys",
  args: {
    accountName: { ...accountName, required: true },
    expand: text(),
    resourceGroupName: text({ required: true }),
  },
  answer: ({ accountName: name }, { scope, world }) => {
    const account = world.find(STORAGE_ACCOUNT, "accountName", name).find((found) => found.scope === scope.id);
    if (account === undefined) {
      throw new CloudError(`ResourceNotFound: The Resource '${ACCOUNT}/${asText(name)}' was not found.`);
    }
    const key = (keyName: string) => ({
      keyName,
      permissions: "FULL",
      creationTime: account.createdAt,
      value: Buffer.from(`rehearsal ${keyName} of ${account.id}`).toString("base64"),
    });
    return { keys: [key("key1"), key("key2")] };
  },
};
