import type { Example } from "./aws-examples";

const databricks = (name: string) => `databricks:index/${name}:${name[0]!.toUpperCase()}${name.slice(1)}`;

/** One example of each type of Databricks that a workspace can make by itself, in an order in which they can be created. */
export const DATABRICKS_EXAMPLES: readonly Example[] = [
  {
    pkg: "databricks",
    type: databricks("servicePrincipal"),
    inputs: { displayName: "ci" },
    update: { allowClusterCreate: true },
    updates: ["allowClusterCreate"],
    replace: [{ applicationId: "0f1e2d3c-4b5a-4978-8796-a5b4c3d2e1f0" }, "applicationId"],
  },
  {
    pkg: "databricks",
    type: databricks("group"),
    inputs: { displayName: "engineers" },
    update: { allowClusterCreate: true },
    updates: ["allowClusterCreate"],
  },
  {
    pkg: "databricks",
    type: databricks("directory"),
    inputs: { path: "/platform-dev" },
    update: { deleteRecursive: true },
    updates: ["deleteRecursive"],
    replace: [{ path: "/platform-tst" }, "path"],
  },
  {
    pkg: "databricks",
    type: databricks("permissions"),
    inputs: { directoryPath: "/platform-dev", accessControls: [{ groupName: "users", permissionLevel: "CAN_READ" }] },
    update: { accessControls: [{ groupName: "users", permissionLevel: "CAN_MANAGE" }] },
    updates: ["accessControls[0].permissionLevel"],
    replace: [{ directoryPath: "/" }, "directoryPath"],
  },
  {
    pkg: "databricks",
    type: databricks("grant"),
    inputs: { catalog: "main", principal: "engineers", privileges: ["USE_CATALOG", "USE_SCHEMA"] },
    update: { privileges: ["USE_SCHEMA", "USE_CATALOG", "MODIFY"] },
    updates: ["privileges[0]", "privileges[1]", "privileges[2]"],
    replace: [{ principal: "others" }, "principal"],
  },
  {
    pkg: "databricks",
    type: databricks("gitCredential"),
    inputs: { gitProvider: "gitHub", gitUsername: "ci", personalAccessToken: "hush" },
    update: { gitUsername: "other" },
    updates: ["gitUsername"],
    replace: [{ principalId: "1" }, "principalId"],
  },
];
