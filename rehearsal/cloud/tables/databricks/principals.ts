import type { CloudResource } from "../../cloud-resource";
import { flag, list, oneOf, text, asText } from "../../schema/property-schema";
import type { CloudSeed } from "../../seed";
import { once, planned, type FunctionTable, type ResourceTypeTable } from "../table";
import { CloudError } from "../../cloud-error";
import { GROUP, numberFrom, providerConfig, SERVICE_PRINCIPAL } from "./databricks-properties";
import type { DatabricksContext, DatabricksScope } from "./databricks-scope";

/**
 * A service principal. On Azure it stands for the application or managed identity that `applicationId` names; without
 * one Databricks manages it.
 * @see https://learn.microsoft.com/azure/databricks/admin/users-groups/service-principals
 */
export const servicePrincipal: ResourceTypeTable<DatabricksScope> = {
  type: SERVICE_PRINCIPAL,
  properties: {
    aclPrincipalId: text(),
    active: flag(),
    allowClusterCreate: flag(),
    allowInstancePoolCreate: flag(),
    api: oneOf(["account", "workspace"]),
    applicationId: text({ replace: true, pattern: /^[0-9a-f-]{36}$/, meaning: "a UUID" }),
    databricksSqlAccess: flag(),
    disableAsUserDeletion: flag(),
    displayName: text({ minLength: 1 }),
    externalId: text(),
    force: flag(),
    forceDeleteHomeDir: flag(),
    forceDeleteRepos: flag(),
    home: text(),
    providerConfig,
    repos: text(),
    workspaceAccess: flag(),
    workspaceConsume: flag(),
  },
  computed: {
    aclPrincipalId: planned((context) => `servicePrincipals/${applicationIdOf(context)}`),
    active: planned(({ inputs }) => inputs.active ?? true),
    applicationId: once(applicationIdOf),
    displayName: planned((context) => context.inputs.displayName ?? applicationIdOf(context)),
    home: planned((context) => `/Users/${applicationIdOf(context)}`),
    repos: planned((context) => `/Repos/${applicationIdOf(context)}`),
  },
  idOf: (context) => numberFrom(context, "principal"),
  refuse: ({ id, inputs, scope, world }) => {
    const twin =
      inputs.applicationId !== undefined &&
      world
        .find(SERVICE_PRINCIPAL, "applicationId", inputs.applicationId)
        .find((other) => other.id !== id && other.scope === scope.id);
    return twin && inputs.force !== true
      ? `409 Conflict: Service principal with application ID ${asText(inputs.applicationId)} already exists: ${twin.id}`
      : undefined;
  },
};

/** A group. */
export const group: ResourceTypeTable<DatabricksScope> = {
  type: GROUP,
  properties: {
    aclPrincipalId: text(),
    allowClusterCreate: flag(),
    allowInstancePoolCreate: flag(),
    api: oneOf(["account", "workspace"]),
    databricksSqlAccess: flag(),
    displayName: text({ minLength: 1 }),
    externalId: text(),
    force: flag(),
    providerConfig,
    url: text(),
    workspaceAccess: flag(),
    workspaceConsume: flag(),
  },
  computed: {
    aclPrincipalId: planned(({ inputs }) => `groups/${asText(inputs.displayName)}`),
    url: once(({ id }) => `https://databricks.invalid/#setting/accounts/groups/${id}`),
  },
  idOf: (context) => numberFrom(context, "group"),
  autoName: { property: "displayName", maxLength: 255 },
  refuse: ({ id, inputs, scope, world }) => {
    const twin = world
      .find(GROUP, "displayName", inputs.displayName)
      .find((other) => other.id !== id && other.scope === scope.id);
    return twin && inputs.force !== true
      ? `409 Conflict: Group with name ${asText(inputs.displayName)} already exists: ${twin.id}`
      : undefined;
  },
};

/** A member of a group. */
export const groupMember: ResourceTypeTable<DatabricksScope> = {
  type: "databricks:index/groupMember:GroupMember",
  properties: {
    api: oneOf(["account", "workspace"]),
    groupId: text({ required: true, replace: true }),
    memberId: text({ required: true, replace: true }),
    providerConfig,
  },
  idOf: ({ inputs }) => `${asText(inputs.groupId)}|${asText(inputs.memberId)}`,
  existing: "overwrite",
  references: [
    {
      property: "groupId",
      types: [GROUP],
      attributes: ["id"],
      missing: (id) => `Group with id ${id} not found.`,
      onDelete: "cascade",
    },
    {
      property: "memberId",
      types: [SERVICE_PRINCIPAL, GROUP],
      attributes: ["id"],
      missing: (id) => `User, group or service principal with id ${id} not found.`,
      onDelete: "cascade",
    },
  ],
};

/** Looks a group up by its name. */
export const getGroup: FunctionTable<DatabricksScope> = {
  token: "databricks:index/getGroup:getGroup",
  args: {
    aclPrincipalId: text(),
    allowClusterCreate: flag(),
    allowInstancePoolCreate: flag(),
    api: text(),
    childGroups: list(text()),
    databricksSqlAccess: flag(),
    displayName: text({ required: true }),
    externalId: text(),
    groups: list(text()),
    instanceProfiles: list(text()),
    members: list(text()),
    providerConfig,
    recursive: flag(),
    roles: list(text()),
    servicePrincipals: list(text()),
    users: list(text()),
    workspaceAccess: flag(),
    workspaceConsume: flag(),
  },
  answer: ({ displayName }, { scope, world }) => {
    const found = world.find(GROUP, "displayName", displayName).find((other) => other.scope === scope.id);
    if (found === undefined) throw new CloudError(`cannot find group: ${asText(displayName)}`);
    return { ...found.outputs, id: found.id, members: [], users: [], servicePrincipals: [], groups: [], roles: [] };
  },
};

/** The groups that the seed says exist. */
export function seededGroups(seed: CloudSeed): Omit<CloudResource, "createdAt" | "urn">[] {
  return (seed.databricks?.accounts ?? []).flatMap(({ id: accountId, groups = [] }) =>
    groups.map((displayName, i) => {
      const outputs = { displayName, aclPrincipalId: `groups/${displayName}`, url: "" };
      return {
        scope: `databricks:${accountId}`,
        type: GROUP,
        id: String(9_000_000_000_000 + i),
        inputs: { displayName },
        outputs,
      };
    }),
  );
}

function applicationIdOf({ inputs, prior, uuid }: DatabricksContext): string {
  return asText(inputs.applicationId ?? prior?.applicationId ?? uuid("application"));
}
