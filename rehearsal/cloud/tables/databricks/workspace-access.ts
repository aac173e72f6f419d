import { flag, list, oneOf, text, asText } from "../../schema/property-schema";
import type { ResourceTypeTable } from "../table";
import {
  accountOf,
  GROUP,
  ofServicePrincipal,
  onlyAt,
  providerConfig,
  SERVICE_PRINCIPAL,
} from "./databricks-properties";
import type { DatabricksContext, DatabricksScope } from "./databricks-scope";

const ASSIGNMENT = "databricks:index/mwsPermissionAssignment:MwsPermissionAssignment";

/**
 * What lets a principal of the account into a workspace.
 * @see https://learn.microsoft.com/azure/databricks/admin/users-groups/manage-service-principals
 */
export const mwsPermissionAssignment: ResourceTypeTable<DatabricksScope> = {
  type: ASSIGNMENT,
  properties: {
    permissions: list(oneOf(["USER", "ADMIN"]), { required: true, minItems: 1 }),
    principalId: text({ required: true, replace: true }),
    workspaceId: text({ required: true, replace: true, pattern: /^\d+$/, meaning: "the number of a workspace" }),
  },
  idOf: ({ inputs }) => `${asText(inputs.workspaceId)}|${asText(inputs.principalId)}`,
  existing: "overwrite",
  refuse: (context) => onlyAt("account")(context) ?? unknownWorkspace(context),
  references: [
    {
      property: "principalId",
      types: [SERVICE_PRINCIPAL, GROUP],
      attributes: ["id"],
      missing: (id) => `404 RESOURCE_DOES_NOT_EXIST: Principal ${id} does not exist in the account`,
      onDelete: "cascade",
    },
  ],
};

/** What a principal may do in a workspace. */
export const entitlements: ResourceTypeTable<DatabricksScope> = {
  type: "databricks:index/entitlements:Entitlements",
  properties: {
    allowClusterCreate: flag(),
    allowInstancePoolCreate: flag(),
    databricksSqlAccess: flag(),
    groupId: text({ replace: true }),
    providerConfig,
    servicePrincipalId: text({ replace: true }),
    userId: text({ replace: true }),
    workspaceAccess: flag(),
    workspaceConsume: flag(),
  },
  idOf: ({ inputs }) => {
    const kinds = { user: inputs.userId, group: inputs.groupId, spn: inputs.servicePrincipalId };
    const [kind, id] = Object.entries(kinds).find(([, value]) => value !== undefined)!;
    return `${kind}/${asText(id)}`;
  },
  existing: "overwrite",
  rules: (inputs) =>
    ["userId", "groupId", "servicePrincipalId"].filter((name) => inputs[name] !== undefined).length === 1
      ? []
      : [
          {
            property: "servicePrincipalId",
            reason: "exactly one of userId, groupId and servicePrincipalId must be given",
          },
        ],
  refuse: (context) => notAssigned(context, context.inputs.servicePrincipalId),
  references: [ofServicePrincipal("servicePrincipalId")],
};

/** Why a workspace does not know a principal of the account. */
export function notAssigned(context: DatabricksContext, principalId: unknown): string | undefined {
  const { scope, world } = context;
  if (scope.level === "account" || principalId === undefined) return undefined;
  const id = asText(principalId);
  if (world.get(scope.id, SERVICE_PRINCIPAL, id)) return undefined;
  const workspace = /adb-(\d+)\./.exec(scope.host)?.[1] ?? "";
  const assignments = world.find(ASSIGNMENT, "principalId", id);
  if (assignments.some(({ inputs }) => asText(inputs.workspaceId) === workspace)) return undefined;
  return `404 SCIM: service principal ${id} is not assigned to the workspace ${workspace} of the account ${accountOf(context) ?? "(none)"}`;
}

function unknownWorkspace({ inputs, scope, seed, world }: DatabricksContext): string | undefined {
  if (scope.level !== "account") return undefined;
  const id = asText(inputs.workspaceId);
  const account = seed.databricks?.accounts.find((known) => known.id === scope.accountId);
  const made = world.find("azure-native:databricks:Workspace", "workspaceId", id).length > 0;
  return made || account?.workspaces.some((workspace) => workspace.id === id)
    ? undefined
    : `404 RESOURCE_DOES_NOT_EXIST: Workspace ${id} does not exist in the account ${scope.accountId}`;
}
