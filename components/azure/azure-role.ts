import { RoleAssignment } from "@pulumi/azure-native/authorization/roleAssignment";
import type * as pulumi from "@pulumi/pulumi";

/**
 * Built-in roles of Azure by the name of their definition, which is the same in every tenant.
 * See https://learn.microsoft.com/azure/role-based-access-control/built-in-roles.
 */
export const azureRoles = {
  acrPull: "7f951dda-4ed3-4680-a7ca-43fe172d538d",
  acrPush: "8311e382-0749-4cb8-b628-304f252e45ec",
  aksClusterUser: "4abbcc35-e782-43d8-92c5-2d3f1bd2253f",
  aksRbacClusterAdmin: "b1ff04bb-8a4e-4dc4-8eb5-8693973ce19b",
  contributor: "b24988ac-6180-42a0-ab88-20f7382dd24c",
  keyVaultSecretsOfficer: "b86a8fe4-44ce-4948-aee5-eccb2c155cd7",
  keyVaultSecretsUser: "4633458b-17de-408a-b874-0445c86b69e6",
  reader: "acdd72a7-3385-48ef-bd42-f606fba81ae7",
  storageBlobDataContributor: "ba92f5b4-2d11-453d-a403-e96b0029c9fe",
  storageBlobDataReader: "2a2b9908-6ea1-4ae2-8e65-a410df84e7d1",
  storageFileDataPrivilegedContributor: "69566ab7-960f-475b-8e7c-b3118f30c6bd",
  storageFileDataSmbShareContributor: "0c867c2a-1d8c-454a-a3db-ab2ea1bdc8bb",
} as const;

/** A role, to whom, and on what. */
export interface AzureRoleAssignmentArgs {
  readonly role: keyof typeof azureRoles;
  /** ARM id of what the role is given on. */
  readonly scope: pulumi.Input<string>;
  /** Object id of the principal. */
  readonly principalId: pulumi.Input<string>;
  /**
   * Kind of the principal. Said always: without it Azure looks a new principal up, does not find it yet and refuses.
   * See https://learn.microsoft.com/azure/role-based-access-control/troubleshooting#symptom---assigning-a-role-to-a-new-principal-sometimes-fails.
   */
  readonly principalType: "ServicePrincipal" | "Group" | "User";
  readonly subscriptionId: string;
}

/** Gives a principal a built-in role. The assignment's name, a UUID, is made by the engine and kept in the state. */
export function assignRole(
  name: string,
  { role, scope, principalId, principalType, subscriptionId }: AzureRoleAssignmentArgs,
  opts: pulumi.CustomResourceOptions,
): RoleAssignment {
  const roleDefinitionId = `/subscriptions/${subscriptionId}/providers/Microsoft.Authorization/roleDefinitions/${azureRoles[role]}`;
  return new RoleAssignment(name, { roleDefinitionId, scope, principalId, principalType }, opts);
}
