import { z } from "zod";
import { existingOrCreate, flag, list, section, text } from "./schema-kit";

const catalogName = text(/^[a-z0-9_]{1,255}$/, "lower case letters, digits and underscores", "Name of the catalog.");
const places = ["volume", "workspace", "dbfs"] as const;

/** The part of the config that says what is deployed into the workspace. */
export const databricksArtifactsSection = section(
  {
    directory: text(
      /^(?!\/)(?!.*(?:^|\/)\.\.(?:\/|$))\S+$/,
      "a path below the project, such as artifacts/databricks",
      "Folder of the artifacts, from that of Pulumi.yaml.",
    ).default("artifacts/databricks"),
    rootFolder: text(
      /^(?:\/[A-Za-z0-9._-]+)+$/,
      "an absolute path, such as /platform",
      "Folder of the workspace that the notebooks go to. Absent: /{repository}.",
    ).optional(),
    initScripts: z
      .enum(places, { error: `one of ${places.join(", ")}` })
      .describe(
        "Where init scripts go. volume: of Unity Catalog, for runtime 13.3 and later. workspace: files, without it. " +
          "dbfs: storage that newer workspaces have switched off.",
      )
      .default("workspace"),
    catalog: existingOrCreate(
      section({ name: catalogName }, "A catalog that exists."),
      section(
        {
          name: catalogName,
          storageRoot: text(
            /^abfss:\/\/[^@/\s]+@[^/\s]+(?:\/\S*)?$/,
            "an address such as abfss://<container>@<account>.dfs.core.windows.net/<folder>",
            "Where its tables lie, in an external location. Absent: the storage of the metastore.",
          ).optional(),
        },
        "Make the catalog.",
      ),
      "Catalog of the tables and of the volume with init scripts. Absent: none.",
    ).optional(),
    retainTables: flag("Leave catalog, schemas and tables in place when their file or the stack goes.").default(true),
  },
  "What is deployed into the workspace. Absent: nothing.",
);

/** The part of the config that describes the scope of secrets that are those of azure.keyVault. */
export const databricksSecretScopeSection = section(
  {
    name: text(/^[\w.@-]{1,128}$/, "letters, digits and any of _.@-", "Name of the scope.").default("key-vault"),
    readers: list(
      text(/\S/, "a group, a user or the application id of a service principal", "Who reads."),
      0,
      100,
      "Who reads the secrets of the scope besides administrators.",
    ).default([]),
  },
  "A scope of secrets that are those of azure.keyVault. Absent: none.",
);
