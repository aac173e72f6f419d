import type { PropertyMap } from "../../../engine/values/property-value";
import { flag, integer, oneOf, text, asText, type PropertySchemas } from "../../schema/property-schema";
import { once, planned, type ResourceTypeTable } from "../table";
import { numberFrom, onlyAt, providerConfig } from "./databricks-properties";
import type { DatabricksScope } from "./databricks-scope";

/** Type token of a folder of the workspace. */
export const DIRECTORY = "databricks:index/directory:Directory";
/** Type token of a notebook. */
export const NOTEBOOK = "databricks:index/notebook:Notebook";
/** Type token of a file of the workspace. */
export const WORKSPACE_FILE = "databricks:index/workspaceFile:WorkspaceFile";

/** What a file or a notebook holds: its text in base64, or a file of the machine that the provider runs on. */
export const content: PropertySchemas = {
  contentBase64: text({ pattern: /^[A-Za-z0-9+/]*={0,2}$/, meaning: "base64" }),
  md5: text(),
  source: text(),
};

const OBJECTS = new Set([DIRECTORY, NOTEBOOK, WORKSPACE_FILE]);

const objectPath = text({ required: true, replace: true, pattern: /^\/.*[^/]$/, meaning: "a path from the root" });

/** Number of an object, which the workspace gives it. */
const objectId = once<DatabricksScope>((context) => Number(numberFrom(context, "object")));

/** A folder of the workspace. It makes the folders above it, and is deleted only when it is empty or with all in it. */
export const directory: ResourceTypeTable<DatabricksScope> = {
  type: DIRECTORY,
  properties: {
    deleteRecursive: flag(),
    objectId: integer(),
    path: text({ required: true, replace: true, pattern: /^\//, meaning: "an absolute path" }),
    providerConfig,
  },
  computed: { objectId, workspacePath: planned(({ inputs }) => `/Workspace${asText(inputs.path)}`) },
  idOf: ({ inputs }) => asText(inputs.path),
  existing: "overwrite",
  refuse: onlyAt("workspace"),
  refuseDelete: ({ id, inputs, scope }, { world }) => {
    if (inputs.deleteRecursive === true) return undefined;
    const within = world
      .all()
      .find((other) => other.scope === scope && OBJECTS.has(other.type) && other.id.startsWith(`${id}/`));
    return within && `DIRECTORY_NOT_EMPTY: Folder (${id}) is not empty: it has ${within.id}`;
  },
};

/**
 * A notebook, in one of five languages.
 * @see https://docs.databricks.com/api/workspace/workspace/import
 */
export const notebook: ResourceTypeTable<DatabricksScope> = {
  type: NOTEBOOK,
  properties: {
    ...content,
    format: oneOf(["SOURCE", "DBC", "JUPYTER", "HTML", "R_MARKDOWN", "AUTO"]),
    language: oneOf(["SCALA", "PYTHON", "SQL", "R"]),
    objectId: integer(),
    objectType: text(),
    path: objectPath,
    providerConfig,
  },
  computed: {
    objectId,
    objectType: planned(() => "NOTEBOOK"),
    url: once((context) => `${hostOf(context.scope)}/#notebook/${numberFrom(context, "object")}`),
    workspacePath: planned(({ inputs }) => `/Workspace${asText(inputs.path)}`),
  },
  idOf: ({ inputs }) => asText(inputs.path),
  existing: "overwrite",
  refuse: onlyAt("workspace"),
  rules: (inputs) => [
    ...withoutContent(inputs),
    ...(inputs.format === "SOURCE" && inputs.language === undefined
      ? [{ property: "language", reason: "is required with the format SOURCE" }]
      : []),
  ],
};

/** A file of the workspace, such as an init script, of at most 500 MB. */
export const workspaceFile: ResourceTypeTable<DatabricksScope> = {
  type: WORKSPACE_FILE,
  properties: { ...content, objectId: integer(), path: objectPath, providerConfig },
  computed: {
    objectId,
    url: once((context) => `${hostOf(context.scope)}/#files/${numberFrom(context, "object")}`),
    workspacePath: planned(({ inputs }) => `/Workspace${asText(inputs.path)}`),
  },
  idOf: ({ inputs }) => asText(inputs.path),
  existing: "overwrite",
  refuse: onlyAt("workspace"),
  rules: withoutContent,
};

/** A failure where there is neither a text nor a file. */
export function withoutContent({ contentBase64, source }: PropertyMap) {
  return contentBase64 === undefined && source === undefined
    ? [{ property: "contentBase64", reason: "is required where there is no source" }]
    : [];
}

/** Address of the scope's workspace; that of the account console for an account. */
export function hostOf(scope: DatabricksScope): string {
  return scope.level === "workspace" ? scope.host : "https://accounts.azuredatabricks.net";
}
