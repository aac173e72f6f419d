import { flag, object, oneOf, text, asText, type PropertySchemas } from "../../schema/property-schema";
import { live, once, planned, type ResourceTypeTable } from "../table";
import { providerConfig } from "./databricks-properties";
import type { DatabricksContext, DatabricksScope } from "./databricks-scope";
import { securableName } from "./unity-catalog";

/** Type token of a storage credential. */
const STORAGE_CREDENTIAL = "databricks:index/storageCredential:StorageCredential";

const name = { ...securableName, required: false };
const common: PropertySchemas = {
  comment: text(),
  forceDestroy: flag(),
  forceUpdate: flag(),
  isolationMode: oneOf(["ISOLATION_MODE_ISOLATED", "ISOLATION_MODE_OPEN"]),
  metastoreId: text(),
  name,
  owner: text(),
  providerConfig,
  readOnly: flag(),
  skipValidation: flag(),
};

/** What Unity Catalog reads and writes cloud storage with. */
export const storageCredential: ResourceTypeTable<DatabricksScope> = {
  type: STORAGE_CREDENTIAL,
  properties: {
    ...common,
    api: oneOf(["account", "workspace"]),
    awsIamRole: object({ externalId: text(), roleArn: text({ required: true }), unityCatalogIamArn: text() }),
    azureManagedIdentity: object({
      accessConnectorId: text({ required: true }),
      credentialId: text(),
      managedIdentityId: text(),
    }),
    azureServicePrincipal: object({
      applicationId: text({ required: true }),
      clientSecret: text({ required: true, secret: true }),
      directoryId: text({ required: true }),
    }),
    cloudflareApiToken: object({
      accessKeyId: text({ required: true }),
      accountId: text({ required: true }),
      secretAccessKey: text({ required: true, secret: true }),
    }),
    databricksGcpServiceAccount: object({ credentialId: text(), email: text() }),
    gcpServiceAccountKey: object({
      email: text({ required: true }),
      privateKey: text({ required: true, secret: true }),
      privateKeyId: text({ required: true }),
    }),
  },
  computed: { storageCredentialId: once(({ uuid }) => uuid("credential")) },
  idOf: ({ inputs }) => asText(inputs.name),
  autoName: { property: "name", maxLength: 255 },
  taken: (_, { id }) => `RESOURCE_ALREADY_EXISTS: Storage credential '${id}' already exists`,
  refuse: missingConnector,
  forceDelete: ({ inputs }) => inputs.forceDestroy === true,
};

const queue = {
  managedAqs: object({ managedResourceId: text(), queueUrl: text(), resourceGroup: text(), subscriptionId: text() }),
  managedPubsub: object({ managedResourceId: text(), subscriptionName: text() }),
  managedSqs: object({ managedResourceId: text(), queueUrl: text() }),
  providedAqs: object({ managedResourceId: text(), queueUrl: text(), resourceGroup: text(), subscriptionId: text() }),
  providedPubsub: object({ managedResourceId: text(), subscriptionName: text() }),
  providedSqs: object({ managedResourceId: text(), queueUrl: text() }),
};

/**
 * An address in cloud storage with the credential for it: what a mount point was before Unity Catalog.
 * @see https://learn.microsoft.com/azure/databricks/connect/unity-catalog/cloud-storage/external-locations
 */
export const externalLocation: ResourceTypeTable<DatabricksScope> = {
  type: "databricks:index/externalLocation:ExternalLocation",
  properties: {
    ...common,
    credentialName: text({ required: true }),
    effectiveFileEventQueue: object(queue),
    enableFileEvents: flag(),
    encryptionDetails: object({ sseEncryptionDetails: object({ algorithm: text(), awsKmsKeyArn: text() }) }),
    fallback: flag(),
    fileEventQueue: object(queue),
    url: text({
      required: true,
      pattern: /^(?:abfss:\/\/[^@/\s]+@[^/\s]+|(?:s3|gs|r2):\/\/[^/\s]+)(?:\/\S*)?$/,
      meaning: "an address such as abfss://<container>@<account>.dfs.core.windows.net/<folder>",
    }),
  },
  computed: {
    browseOnly: planned(() => false),
    createdAt: once(({ now }) => Date.parse(now)),
    createdBy: once(() => "rehearsal"),
    credentialId: live(
      ({ inputs, scope, world }) =>
        world.get(scope.id, STORAGE_CREDENTIAL, asText(inputs.credentialName))?.outputs.storageCredentialId,
    ),
    effectiveEnableFileEvents: planned(({ inputs }) => inputs.enableFileEvents ?? true),
    updatedAt: live(({ now }) => Date.parse(now)),
    updatedBy: live(() => "rehearsal"),
  },
  idOf: ({ inputs }) => asText(inputs.name),
  autoName: { property: "name", maxLength: 255 },
  taken: (_, { id }) => `RESOURCE_ALREADY_EXISTS: External location '${id}' already exists`,
  refuse: overlappingLocation,
  references: [
    {
      property: "credentialName",
      types: [STORAGE_CREDENTIAL],
      attributes: ["id"],
      missing: (id) => `STORAGE_CREDENTIAL_DOES_NOT_EXIST: Storage Credential '${id}' does not exist.`,
      onDelete: "refuse",
      blocks: ({ id }) => `INVALID_STATE: Storage credential '${id}' is used by external locations`,
    },
  ],
};

function missingConnector({ inputs, world }: DatabricksContext): string | undefined {
  const { accessConnectorId } = (inputs.azureManagedIdentity ?? {}) as { accessConnectorId?: string };
  return accessConnectorId === undefined || world.findId(accessConnectorId) !== undefined
    ? undefined
    : `PERMISSION_DENIED: The Access Connector '${accessConnectorId}' does not exist or cannot be used`;
}

function overlappingLocation({ id, inputs, scope, world }: DatabricksContext): string | undefined {
  const url = withSlash(inputs.url);
  const other = world
    .all()
    .filter(({ type, scope: at }) => type === externalLocation.type && at === scope.id)
    .find(
      (one) =>
        one.id !== id && [withSlash(one.inputs.url), url].sort().every((text, _, [first]) => text.startsWith(first!)),
    );
  return (
    other && `LOCATION_OVERLAP: Input path url '${asText(inputs.url)}' overlaps with external location '${other.id}'`
  );
}

function withSlash(url: unknown): string {
  return `${asText(url).replace(/\/+$/, "")}/`;
}
