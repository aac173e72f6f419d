import { z } from "zod";
import { flag, listOf, oneOf, strict, text, textList, texts } from "./json-schema-kit";

/** A name of Unity Catalog, which keeps it in lower case. */
const securable = z
  .string({ error: "a name" })
  .regex(/^[a-z0-9_]{1,255}$/, { error: "1 to 255 lower case letters, digits and underscores" });

const column = strict({ name: text, type: text, comment: text.optional(), nullable: flag.optional() });

const table = strict({
  cluster_keys: textList.optional(),
  columns: listOf(column).optional(),
  comment: text.optional(),
  data_source_format: oneOf("DELTA", "ICEBERG", "CSV", "JSON", "AVRO", "PARQUET", "ORC", "TEXT").optional(),
  name: securable,
  partitions: textList.optional(),
  properties: texts.optional(),
  storage_location: text.optional(),
  table_type: oneOf("MANAGED", "EXTERNAL", "VIEW"),
  view_definition: text.optional(),
}).refine(({ table_type, view_definition }) => (table_type === "VIEW") === (view_definition !== undefined), {
  error: "view_definition for a VIEW, and for nothing else",
});

/** A schema of the catalog with its tables and views. `existing_cluster_id` has the name of a cluster that makes them. */
export const tablesSchema = strict({
  comment: text.optional(),
  existing_cluster_id: text.optional(),
  properties: texts.optional(),
  schema: securable,
  tables: listOf(table),
});

/** A place in cloud storage, as a mount point was one. */
export const externalLocationSchema = strict({
  comment: text.optional(),
  fallback: flag.optional(),
  name: securable,
  read_only: flag.optional(),
  url: z.string({ error: "an address" }).regex(/^abfss:\/\/[^@/\s]+@[^/\s]+(?:\/\S*)?$/, {
    error: "an address such as abfss://<container>@<account>.dfs.core.windows.net/<folder>",
  }),
});

/** A repository that is checked out in the workspace. */
export const gitFolderSchema = strict({
  branch: text.optional(),
  git_provider: oneOf(
    "gitHub",
    "gitHubEnterprise",
    "gitLab",
    "gitLabEnterpriseEdition",
    "bitbucketCloud",
    "bitbucketServer",
    "azureDevOpsServices",
  ),
  path: z
    .string({ error: "a path" })
    .regex(/^\/(?:Repos|Workspace)(?:\/[^/]+){2,}$/, { error: "a path of the form /Repos/<folder>/<name>" }),
  tag: text.optional(),
  url: z.string({ error: "an address" }).regex(/^https:\/\/\S+$/, { error: "an address that begins with https://" }),
}).refine(({ branch, tag }) => (branch === undefined) !== (tag === undefined), { error: "either a branch or a tag" });
