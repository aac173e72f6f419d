import { flag, text, asText, type PropertySchemas } from "../../schema/property-schema";
import { live, planned, type ResourceTypeTable } from "../table";
import { providerConfig } from "./databricks-properties";
import type { DatabricksContext, DatabricksScope } from "./databricks-scope";
import { VOLUME } from "./unity-catalog";
import { content, withoutContent } from "./workspace-object";

const fileSize = planned<DatabricksScope>(({ inputs }) =>
  inputs.contentBase64 === undefined ? 0 : Buffer.from(asText(inputs.contentBase64), "base64").length,
);

const stored: PropertySchemas = { ...content, providerConfig };

/**
 * A file in a volume of Unity Catalog.
 * @see https://docs.databricks.com/api/workspace/files/upload
 */
export const volumeFile: ResourceTypeTable<DatabricksScope> = {
  type: "databricks:index/file:File",
  properties: {
    ...stored,
    path: text({
      required: true,
      replace: true,
      pattern: /^\/Volumes(?:\/[^/]+){4,}$/,
      meaning: "a path of the form /Volumes/<catalog>/<schema>/<volume>/<file>",
    }),
    remoteFileModified: flag(),
  },
  computed: { fileSize, modificationTime: live(({ now }) => new Date(now).toUTCString()) },
  idOf: ({ inputs }) => asText(inputs.path),
  existing: "overwrite",
  rules: withoutContent,
  refuse: ({ inputs, scope, world }: DatabricksContext) => {
    const [, , catalog, schema, volume] = asText(inputs.path).split("/");
    const id = `${catalog}.${schema}.${volume}`;
    return world.get(scope.id, VOLUME, id) === undefined
      ? `NOT_FOUND: Volume '${id}' does not exist. (for '${asText(inputs.path)}')`
      : undefined;
  },
};

/** A file of the workspace's own storage, which newer workspaces have switched off. */
export const dbfsFile: ResourceTypeTable<DatabricksScope> = {
  type: "databricks:index/dbfsFile:DbfsFile",
  properties: {
    ...stored,
    path: text({ required: true, replace: true, pattern: /^\/.*[^/]$/, meaning: "a path from the root" }),
  },
  computed: { fileSize, dbfsPath: planned(({ inputs }) => `dbfs:${asText(inputs.path)}`) },
  idOf: ({ inputs }) => asText(inputs.path),
  existing: "overwrite",
  rules: withoutContent,
};
