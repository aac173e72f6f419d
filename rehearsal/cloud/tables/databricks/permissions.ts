import type { PropertyMap } from "../../../engine/values/property-value";
import { isMap } from "../../../engine/values/property-value";
import { object, set, text, asText } from "../../schema/property-schema";
import { once, type ResourceTypeTable } from "../table";
import { onlyAt, providerConfig, SERVICE_PRINCIPAL } from "./databricks-properties";
import type { DatabricksContext, DatabricksScope } from "./databricks-scope";

const OBJECTS = [
  "alertV2Id",
  "appName",
  "authorization",
  "clusterId",
  "clusterPolicyId",
  "dashboardId",
  "databaseInstanceName",
  "databaseProjectName",
  "directoryId",
  "directoryPath",
  "experimentId",
  "instancePoolId",
  "jobId",
  "knowledgeAssistantId",
  "notebookId",
  "notebookPath",
  "pipelineId",
  "registeredModelId",
  "repoId",
  "repoPath",
  "servingEndpointId",
  "sqlAlertId",
  "sqlDashboardId",
  "sqlEndpointId",
  "sqlQueryId",
  "supervisorAgentId",
  "vectorSearchEndpointId",
  "workspaceFileId",
  "workspaceFilePath",
];

const DIRECTORY = "databricks:index/directory:Directory";

/**
 * Who may do what with one object of a workspace: the whole list, which replaces every other.
 * @see https://learn.microsoft.com/azure/databricks/security/auth/access-control/
 */
export const permissions: ResourceTypeTable<DatabricksScope> = {
  type: "databricks:index/permissions:Permissions",
  properties: {
    accessControls: set(
      object({
        groupName: text(),
        permissionLevel: text({ pattern: /^[A-Z_]+$/, meaning: "a level such as CAN_MANAGE" }),
        servicePrincipalName: text(),
        userName: text(),
      }),
      { required: true, minItems: 1 },
    ),
    alertV2Id: text({ replace: true }),
    appName: text({ replace: true }),
    authorization: text({ replace: true }),
    clusterId: text({ replace: true }),
    clusterPolicyId: text({ replace: true }),
    dashboardId: text({ replace: true }),
    databaseInstanceName: text({ replace: true }),
    databaseProjectName: text({ replace: true }),
    directoryId: text({ replace: true }),
    directoryPath: text({ replace: true }),
    experimentId: text({ replace: true }),
    instancePoolId: text({ replace: true }),
    jobId: text({ replace: true }),
    knowledgeAssistantId: text({ replace: true }),
    notebookId: text({ replace: true }),
    notebookPath: text({ replace: true }),
    objectType: text(),
    pipelineId: text({ replace: true }),
    providerConfig,
    registeredModelId: text({ replace: true }),
    repoId: text({ replace: true }),
    repoPath: text({ replace: true }),
    servingEndpointId: text({ replace: true }),
    sqlAlertId: text({ replace: true }),
    sqlDashboardId: text({ replace: true }),
    sqlEndpointId: text({ replace: true }),
    sqlQueryId: text({ replace: true }),
    supervisorAgentId: text({ replace: true }),
    vectorSearchEndpointId: text({ replace: true }),
    workspaceFileId: text({ replace: true }),
    workspaceFilePath: text({ replace: true }),
  },
  computed: { objectType: once(({ inputs }) => objectOf(inputs)[0].replace(/(?:Id|Path|Name)$/, "")) },
  idOf: ({ inputs }) => {
    const [kind, value] = objectOf(inputs);
    return `/${kind}/${value.replace(/^\//, "")}`;
  },
  existing: "overwrite",
  rules: (inputs) => {
    const given = OBJECTS.filter((name) => inputs[name] !== undefined);
    return given.length === 1
      ? []
      : [{ property: "directoryPath", reason: `exactly one object must be given, got ${given.join(", ") || "none"}` }];
  },
  refuse: (context) => onlyAt("workspace")(context) ?? missingPrincipal(context),
  references: [
    {
      property: "directoryPath",
      types: [DIRECTORY],
      attributes: ["id"],
      missing: (path) => `404 RESOURCE_DOES_NOT_EXIST: Path (${path}) doesn't exist.`,
      onDelete: "cascade",
    },
  ],
};

function objectOf(inputs: PropertyMap): [kind: string, value: string] {
  const kind = OBJECTS.find((name) => inputs[name] !== undefined) ?? "";
  return [kind, asText(inputs[kind])];
}

function missingPrincipal({ inputs, world }: DatabricksContext): string | undefined {
  const names = (Array.isArray(inputs.accessControls) ? inputs.accessControls : []).flatMap((control) =>
    isMap(control) && control.servicePrincipalName !== undefined ? [asText(control.servicePrincipalName)] : [],
  );
  const missing = names.find((name) => world.find(SERVICE_PRINCIPAL, "applicationId", name).length === 0);
  return missing === undefined
    ? undefined
    : `404 RESOURCE_DOES_NOT_EXIST: Principal: ServicePrincipalName(${missing}) does not exist`;
}
