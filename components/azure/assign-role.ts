import { RoleAssignment } from "@pulumi/azure-native/authorization/roleAssignment";
import * as pulumi from "@pulumi/pulumi";
import { type BuiltInRole, builtInRoleId } from "./built-in-roles";
import { roleAssignmentName } from "./role-assignment-name";

/** Who may do what, and where. */
export interface RoleAssignmentRequest {
  readonly subscriptionId: string;
  /** Object id of a service principal, managed identity or group. */
  readonly principalId: pulumi.Input<string>;
  /** What it is of. @default "ServicePrincipal", which a managed identity is as well */
  readonly principalType?: "ServicePrincipal" | "Group";
  readonly role: BuiltInRole;
  /** ARM id of what the role is for. */
  readonly scope: pulumi.Input<string>;
}

/**
 * Gives a service principal, managed identity or group a role. Its kind is said to Azure, which then does not look it up in a
 * directory that may not know a new one yet, see https://github.com/Azure/avdaccelerator/issues/99.
 */
export function assignRole(
  name: string,
  { subscriptionId, principalId, principalType = "ServicePrincipal", role, scope }: RoleAssignmentRequest,
  opts: pulumi.CustomResourceOptions,
): RoleAssignment {
  const roleDefinitionId = builtInRoleId(subscriptionId, role);
  return new RoleAssignment(
    name,
    {
      roleAssignmentName: pulumi
        .all([scope, principalId])
        .apply(([on, principal]) => roleAssignmentName(on, principal, roleDefinitionId)),
      principalId,
      principalType,
      roleDefinitionId,
      scope,
    },
    opts,
  );
}
