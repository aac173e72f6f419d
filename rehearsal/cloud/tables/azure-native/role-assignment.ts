import { DIRECTORY_SERVICE_PRINCIPAL } from "../azuread/service-principal";
import { oneOf, text, asText } from "../../schema/property-schema";
import { once, planned, type ResourceTypeTable } from "../table";
import type { AzureContext, AzureScope } from "./azure-scope";
import { isKubeletIdentity } from "./managed-cluster";
import { USER_ASSIGNED_IDENTITY } from "./managed-identity";

const TYPE = "azure-native:authorization:RoleAssignment";
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** A role that a principal has on a scope. */
export const roleAssignment: ResourceTypeTable<AzureScope> = {
  type: TYPE,
  properties: {
    condition: text(),
    conditionVersion: oneOf(["2.0"]),
    delegatedManagedIdentityResourceId: text(),
    description: text(),
    principalId: text({
      required: true,
      replace: true,
      pattern: UUID,
      meaning: "the object id of a principal, a UUID",
    }),
    principalType: oneOf(["User", "Group", "ServicePrincipal", "ForeignGroup", "Device"], {
      replace: true,
      default: "User",
    }),
    roleAssignmentName: text({ replace: true, inputOnly: true, pattern: UUID, meaning: "a UUID" }),
    roleDefinitionId: text({
      required: true,
      replace: true,
      ignoreCase: true,
      pattern: /\/providers\/Microsoft\.Authorization\/roleDefinitions\/[0-9a-f-]{36}$/i,
      meaning: "the ARM id of a role definition",
    }),
    scope: text({ required: true, replace: true, ignoreCase: true }),
  },
  computed: {
    azureApiVersion: planned(() => "2022-04-01"),
    createdBy: once(() => "rehearsal"),
    createdOn: once(({ now }) => now),
    name: planned(({ inputs }) => inputs.roleAssignmentName),
    type: planned(() => "Microsoft.Authorization/roleAssignments"),
    updatedBy: once(() => "rehearsal"),
    updatedOn: once(({ now }) => now),
  },
  idOf: ({ inputs }) =>
    `${scopeOf(inputs.scope)}/providers/Microsoft.Authorization/roleAssignments/${asText(inputs.roleAssignmentName)}`,
  autoName: { property: "roleAssignmentName", maxLength: 36, uuid: true },
  taken: (_, owner) => `RoleAssignmentExists: The role assignment already exists: '${owner.id}'`,
  refuse: (context) => missingScope(context) ?? missingPrincipal(context) ?? existingTwin(context),
};

function missingScope({ inputs, scope, world }: AzureContext): string | undefined {
  const on = scopeOf(inputs.scope);
  const subscription = /^\/subscriptions\/([^/]+)$/i.exec(on)?.[1];
  if (subscription !== undefined) {
    return subscription === scope.subscriptionId
      ? undefined
      : `SubscriptionNotFound: The subscription '${subscription}' could not be found.`;
  }
  if (/^\/providers\/Microsoft\.Management\/managementGroups\/[^/]+$/i.test(on) || world.findId(on)) return undefined;
  return `ResourceNotFound: The scope '${on}' of the role assignment does not exist`;
}

function missingPrincipal({ inputs, scope, seed, world }: AzureContext): string | undefined {
  const id = asText(inputs.principalId);
  const seeded = seed.azure.principals.find((principal) => principal.id === id);
  const made =
    world.find(USER_ASSIGNED_IDENTITY, "principalId", id).length > 0 ||
    isKubeletIdentity(world, id) ||
    world
      .find(DIRECTORY_SERVICE_PRINCIPAL, "objectId", id)
      .some((principal) => principal.scope.endsWith(scope.tenantId));
  const type = seeded?.type ?? (made ? "ServicePrincipal" : undefined);
  if (type === undefined) {
    return `PrincipalNotFound: Principal ${id} does not exist in the directory ${scope.tenantId}.`;
  }
  return type === inputs.principalType
    ? undefined
    : `UnmatchedPrincipalType: The PrincipalId '${id}' has type '${type}', which is different from the specified PrincipalType '${asText(inputs.principalType)}'`;
}

function existingTwin({ id, inputs, world }: AzureContext): string | undefined {
  const twin = world
    .find(TYPE, "principalId", inputs.principalId)
    .find(
      (other) =>
        other.id !== id &&
        scopeOf(other.inputs.scope) === scopeOf(inputs.scope) &&
        roleOf(other.inputs.roleDefinitionId) === roleOf(inputs.roleDefinitionId),
    );
  return (
    twin &&
    `RoleAssignmentExists: The role assignment already exists. The ID of the existing role assignment is ${twin.id}.`
  );
}

function scopeOf(scope: unknown): string {
  return asText(scope).replace(/\/$/, "");
}

function roleOf(roleDefinitionId: unknown): string {
  return asText(roleDefinitionId).slice(-36).toLowerCase();
}
