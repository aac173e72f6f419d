import type { Example } from "./aws-examples";

const type = (name: string) => `databricks:index/${name}:${name[0]!.toUpperCase()}${name.slice(1)}`;
const pkg = "databricks";
const contentBase64 = Buffer.from("print(1)\n").toString("base64");
const changedContent = Buffer.from("print(2)\n").toString("base64");
const inMain = { catalogName: "main" };
const inDefault = { ...inMain, schemaName: "default" };

/** One example of each type of what a workspace of Databricks holds, in an order in which they can be created. */
export const WORKSPACE_EXAMPLES: readonly Example[] = [
  { pkg, type: type("secretScope"), inputs: { name: "keys" }, replace: [{ name: "other" }, "name"] },
  {
    pkg,
    type: type("secretAcl"),
    inputs: { scope: "keys", principal: "data-scientists", permission: "READ" },
    replace: [{ permission: "MANAGE" }, "permission"],
  },
  {
    pkg,
    type: type("storageCredential"),
    inputs: {
      name: "lake",
      azureServicePrincipal: { applicationId: "a", directoryId: "d", clientSecret: "hush" },
    },
    update: { comment: "the lake" },
    updates: ["comment"],
    replace: [{ name: "sea" }, "name"],
  },
  {
    pkg,
    type: type("externalLocation"),
    inputs: { name: "raw", url: "abfss://raw@acme.dfs.core.windows.net/", credentialName: "lake" },
    update: { readOnly: true },
    updates: ["readOnly"],
    replace: [{ name: "ripe" }, "name"],
  },
  {
    pkg,
    type: type("catalog"),
    inputs: { name: "features", storageRoot: "abfss://features@acme.dfs.core.windows.net/" },
    update: { comment: "made by hand" },
    updates: ["comment"],
    replace: [{ storageRoot: "abfss://other@acme.dfs.core.windows.net/" }, "storageRoot"],
  },
  {
    pkg,
    type: type("schema"),
    inputs: { ...inMain, name: "models" },
    update: { comment: "models" },
    updates: ["comment"],
    replace: [{ name: "features" }, "name"],
  },
  {
    pkg,
    type: type("volume"),
    inputs: { ...inDefault, name: "scripts", volumeType: "MANAGED" },
    update: { comment: "scripts" },
    updates: ["comment"],
    replace: [{ name: "files" }, "name"],
  },
  {
    pkg,
    type: type("file"),
    inputs: { path: "/Volumes/main/default/scripts/a.sh", contentBase64 },
    update: { contentBase64: changedContent },
    updates: ["contentBase64"],
    replace: [{ path: "/Volumes/main/default/scripts/b.sh" }, "path"],
  },
  {
    pkg,
    type: type("dbfsFile"),
    inputs: { path: "/init-scripts/a.sh", contentBase64 },
    update: { contentBase64: changedContent },
    updates: ["contentBase64"],
    replace: [{ path: "/init-scripts/b.sh" }, "path"],
  },
  {
    pkg,
    type: type("workspaceFile"),
    inputs: { path: "/Shared/a.sh", contentBase64 },
    update: { contentBase64: changedContent },
    updates: ["contentBase64"],
    replace: [{ path: "/Shared/b.sh" }, "path"],
  },
  {
    pkg,
    type: type("notebook"),
    inputs: { path: "/Shared/train", language: "PYTHON", format: "SOURCE", contentBase64 },
    update: { contentBase64: changedContent },
    updates: ["contentBase64"],
    replace: [{ path: "/Shared/test" }, "path"],
  },
  {
    pkg,
    type: type("repo"),
    inputs: { url: "https://github.com/acme/models", path: "/Repos/acme/models", branch: "main" },
    update: { branch: "next" },
    updates: ["branch"],
    replace: [{ url: "https://github.com/acme/other" }, "url"],
  },
  {
    pkg,
    type: type("cluster"),
    inputs: { clusterName: "train", sparkVersion: "16.4.x-scala2.12", nodeTypeId: "Standard_DS3_v2", numWorkers: 1 },
    update: { sparkConf: { "spark.speculation": "true" } },
    updates: ["sparkConf"],
    replace: [{ idempotencyToken: "again" }, "idempotencyToken"],
  },
  {
    pkg,
    type: type("job"),
    inputs: { name: "train", tasks: [{ taskKey: "train", notebookTask: { notebookPath: "/Shared/train" } }] },
    update: { maxConcurrentRuns: 2 },
    updates: ["maxConcurrentRuns"],
  },
  {
    pkg,
    type: type("modelServing"),
    inputs: {
      name: "fares",
      config: {
        servedEntities: [{ name: "blue", entityName: "main.default.fares", entityVersion: "1" }],
        trafficConfig: { routes: [{ servedEntityName: "blue", trafficPercentage: 100 }] },
      },
    },
    update: { description: "fares of taxis" },
    updates: ["description"],
    replace: [{ name: "other" }, "name"],
  },
  {
    pkg,
    type: type("sqlTable"),
    inputs: { ...inDefault, name: "trips", tableType: "MANAGED", columns: [{ name: "id", type: "bigint" }] },
    update: {
      columns: [
        { name: "id", type: "bigint" },
        { name: "fare", type: "double" },
      ],
    },
    updates: ["columns[1]"],
    replace: [{ columns: [{ name: "id", type: "string" }] }, "columns"],
  },
];
