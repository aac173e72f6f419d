import { flag, list, object, oneOf, record, text, asText } from "../../schema/property-schema";
import { once, planned, type ResourceTypeTable } from "../table";
import { CLUSTER } from "./cluster";
import { providerConfig } from "./databricks-properties";
import type { DatabricksScope } from "./databricks-scope";
import { inSchema, securableName } from "./unity-catalog";

/**
 * A table or view of a schema, which a cluster or a warehouse makes by SQL. Columns are added, renamed and dropped in
 * place; a column of another type needs a new table.
 */
export const sqlTable: ResourceTypeTable<DatabricksScope> = {
  type: "databricks:index/sqlTable:SqlTable",
  properties: {
    catalogName: securableName,
    clusterId: text(),
    clusterKeys: list(text()),
    columns: list(
      object({
        comment: text(),
        identity: oneOf(["default", "always"]),
        name: text({ required: true }),
        nullable: flag(),
        type: text(),
        typeJson: text(),
      }),
    ),
    comment: text(),
    dataSourceFormat: oneOf(["DELTA", "ICEBERG", "CSV", "JSON", "AVRO", "PARQUET", "ORC", "TEXT", "DELTASHARING"], {
      replace: true,
    }),
    name: { ...securableName, required: false },
    options: record(text(), { replace: true }),
    owner: text(),
    partitions: list(text(), { replace: true }),
    properties: record(text()),
    providerConfig,
    schemaName: securableName,
    storageCredentialName: text({ replace: true }),
    storageLocation: text({ replace: true }),
    tableType: oneOf(["MANAGED", "EXTERNAL", "VIEW", "METRIC_VIEW"], { required: true, replace: true }),
    viewDefinition: text(),
    warehouseId: text(),
  },
  computed: {
    effectiveProperties: planned(({ inputs }) => inputs.properties ?? {}),
    tableId: once(({ uuid }) => uuid("table")),
  },
  idOf: ({ inputs }) => `${asText(inputs.catalogName)}.${asText(inputs.schemaName)}.${asText(inputs.name)}`,
  autoName: { property: "name", maxLength: 255 },
  taken: (_, { id }) => `TABLE_OR_VIEW_ALREADY_EXISTS: Cannot create table or view '${id}' because it already exists`,
  rules: ({ clusterId, tableType, viewDefinition, warehouseId }) => [
    ...(clusterId !== undefined && warehouseId !== undefined
      ? [{ property: "warehouseId", reason: "conflicts with clusterId: give one of them" }]
      : []),
    ...((tableType === "VIEW") === (viewDefinition !== undefined)
      ? []
      : [{ property: "viewDefinition", reason: "belongs to views, and those need it" }]),
  ],
  replaceOn: (olds, news) => (typesChanged(olds.columns, news.columns) ? ["columns"] : []),
  references: [
    inSchema,
    {
      property: "clusterId",
      types: [CLUSTER],
      attributes: ["id"],
      missing: (id) => `INVALID_PARAMETER_VALUE: Cluster ${id} does not exist`,
    },
  ],
};

/** Whether a column that both have has another type. */
function typesChanged(olds: unknown, news: unknown): boolean {
  const before = typesByName(olds);
  return [...typesByName(news)].some(([name, type]) => before.has(name) && before.get(name) !== type);
}

function typesByName(columns: unknown): Map<string, string> {
  const all = Array.isArray(columns) ? (columns as { name?: unknown; type?: unknown }[]) : [];
  return new Map(all.map(({ name, type }) => [asText(name), asText(type).toLowerCase()]));
}
