import type { PropertyMap } from "../../../engine/values/property-value";
import type { CloudSeed } from "../../seed";
import { flag, integer, object, oneOf, record, text, asText, type PropertySchemas } from "../../schema/property-schema";
import { live, once, planned, type Reference, type ResourceTypeTable, type VendorTable } from "../table";
import { providerConfig } from "./databricks-properties";
import type { DatabricksScope } from "./databricks-scope";

/** Type token of a catalog of Unity Catalog. */
export const CATALOG = "databricks:index/catalog:Catalog";
/** Type token of a schema of Unity Catalog. */
export const SCHEMA = "databricks:index/schema:Schema";
/** Type token of a volume of Unity Catalog. */
export const VOLUME = "databricks:index/volume:Volume";

/** Name of a securable, which Unity Catalog keeps in lower case. */
export const securableName = text({
  replace: true,
  required: true,
  maxLength: 255,
  pattern: /^[^.\s/\p{Cc}]+$/u,
  meaning: "a name without dots, blanks and slashes",
});

const optionalName = { ...securableName, required: false };

const owned: PropertySchemas = { comment: text(), owner: text(), providerConfig };

/** A securable is in a catalog, and stands in the way of its deletion. */
export const inCatalog: Reference = {
  property: "catalogName",
  types: [CATALOG],
  attributes: ["name"],
  missing: (name) => `CATALOG_DOES_NOT_EXIST: Catalog '${name}' does not exist.`,
  onDelete: "refuse",
  blocks: ({ id }) => `INVALID_STATE: Cannot delete catalog '${id}': it is not empty; forceDestroy deletes all in it`,
};

/** A securable is in a schema, and stands in the way of its deletion. */
export const inSchema: Reference = {
  property: "catalogName:schemaName",
  types: [SCHEMA],
  attributes: ["catalogName:name"],
  missing: (name) => `SCHEMA_DOES_NOT_EXIST: Schema '${name.replace(":", ".")}' does not exist.`,
  onDelete: "refuse",
  blocks: ({ id }) => `INVALID_STATE: Cannot delete schema '${id}': it is not empty; forceDestroy deletes all in it`,
};

/** A catalog: it is replaced when its storage or where it comes from changes, and renamed in place. */
export const catalog: ResourceTypeTable<DatabricksScope> = {
  type: CATALOG,
  properties: {
    ...owned,
    browseOnly: flag(),
    connectionName: text({ replace: true }),
    customMaxRetentionHours: integer({ min: 0 }),
    effectivePredictiveOptimizationFlag: object({
      inheritedFromName: text(),
      inheritedFromType: text(),
      value: text({ required: true }),
    }),
    enablePredictiveOptimization: oneOf(["ENABLE", "DISABLE", "INHERIT"]),
    forceDestroy: flag(),
    isolationMode: oneOf(["ISOLATED", "OPEN"]),
    managedEncryptionSettings: object({
      azureEncryptionSettings: object({
        azureCmkAccessConnectorId: text(),
        azureCmkManagedIdentityId: text(),
        azureTenantId: text({ required: true }),
      }),
      azureKeyVaultKeyId: text(),
      customerManagedKeyId: text(),
    }),
    metastoreId: text(),
    name: optionalName,
    options: record(text(), { replace: true }),
    properties: record(text()),
    providerName: text({ replace: true }),
    provisioningInfo: object({ state: text() }),
    shareName: text({ replace: true }),
    storageRoot: text({ replace: true, pattern: /^\w+:\/\/\S+$/, meaning: "an address such as abfss://…" }),
  },
  computed: {
    catalogType: planned(() => "MANAGED_CATALOG"),
    createdAt: once(({ now }) => Date.parse(now)),
    createdBy: once(() => "rehearsal"),
    fullName: planned(({ inputs }) => inputs.name),
    securableType: planned(() => "CATALOG"),
    storageLocation: once(({ inputs, uuid }) => `${asText(inputs.storageRoot)}/__unitystorage/${uuid("catalog")}`),
    updatedAt: live(({ now }) => Date.parse(now)),
    updatedBy: live(() => "rehearsal"),
  },
  idOf: ({ inputs }) => asText(inputs.name),
  autoName: { property: "name", maxLength: 255 },
  taken: ({ inputs }) => `CATALOG_ALREADY_EXISTS: Catalog '${asText(inputs.name)}' already exists`,
  forceDelete: ({ inputs }) => inputs.forceDestroy === true,
};

/** A schema of a catalog. */
export const schema: ResourceTypeTable<DatabricksScope> = {
  type: SCHEMA,
  properties: {
    ...owned,
    catalogName: securableName,
    enablePredictiveOptimization: oneOf(["ENABLE", "DISABLE", "INHERIT"]),
    forceDestroy: flag(),
    metastoreId: text(),
    name: optionalName,
    properties: record(text()),
    storageRoot: text({ replace: true }),
  },
  computed: { schemaId: once(({ uuid }) => uuid("schema")) },
  idOf: ({ inputs }) => `${asText(inputs.catalogName)}.${asText(inputs.name)}`,
  autoName: { property: "name", maxLength: 255 },
  taken: (_, { id }) => `SCHEMA_ALREADY_EXISTS: Schema '${id}' already exists`,
  references: [inCatalog],
  forceDelete: ({ inputs }) => inputs.forceDestroy === true,
};

/** A volume of a schema, in which files lie. */
export const volume: ResourceTypeTable<DatabricksScope> = {
  type: VOLUME,
  properties: {
    ...owned,
    catalogName: securableName,
    name: optionalName,
    schemaName: securableName,
    storageLocation: text({ replace: true }),
    volumeType: oneOf(["MANAGED", "EXTERNAL"], { required: true, replace: true }),
  },
  computed: {
    volumePath: planned(
      ({ inputs }) => `/Volumes/${asText(inputs.catalogName)}/${asText(inputs.schemaName)}/${asText(inputs.name)}`,
    ),
  },
  idOf: ({ inputs }) => `${asText(inputs.catalogName)}.${asText(inputs.schemaName)}.${asText(inputs.name)}`,
  autoName: { property: "name", maxLength: 255 },
  taken: (_, { id }) => `RESOURCE_ALREADY_EXISTS: Volume '${id}' already exists`,
  rules: ({ storageLocation, volumeType }) =>
    (volumeType === "EXTERNAL") === (storageLocation !== undefined)
      ? []
      : [{ property: "storageLocation", reason: "belongs to external volumes, and those need it" }],
  references: [inSchema],
};

/** The catalogs and schemas that the seed says exist. */
export function seededSecurables(seed: CloudSeed): ReturnType<NonNullable<VendorTable["seeded"]>> {
  const workspaces = (seed.databricks?.accounts ?? []).flatMap((account) => account.workspaces);
  return workspaces.flatMap(({ host, securables = [] }) =>
    securables.map((id) => {
      const [catalogName = "", name] = id.split(".");
      const inputs: PropertyMap = name === undefined ? { name: catalogName } : { catalogName, name };
      return { scope: `databricks:${host}`, type: name === undefined ? CATALOG : SCHEMA, id, inputs, outputs: inputs };
    }),
  );
}
