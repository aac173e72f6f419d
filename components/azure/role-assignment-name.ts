import { createHash } from "node:crypto";

/**
 * The name of a role assignment: a UUID that depends on scope, principal and role alone, so that the same assignment
 * never gets two names, and another principal never gets the name of an earlier one, which Azure refuses.
 * See https://learn.microsoft.com/en-us/azure/role-based-access-control/role-assignments-template.
 */
export function roleAssignmentName(scope: string, principalId: string, roleDefinitionId: string): string {
  const bytes = createHash("sha256")
    .update([scope.toLowerCase(), principalId.toLowerCase(), roleDefinitionId.toLowerCase()].join("\n"))
    .digest();
  // Version 8 of RFC 9562: a UUID whose bits are the maker's own.
  bytes[6] = (bytes[6]! & 0x0f) | 0x80;
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  const digits = bytes.toString("hex");
  return [
    digits.slice(0, 8),
    digits.slice(8, 12),
    digits.slice(12, 16),
    digits.slice(16, 20),
    digits.slice(20, 32),
  ].join("-");
}
