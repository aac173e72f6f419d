import { AutomationError } from "../errors";
import type { PreflightPort } from "../ports/preflight";
import { fixFor, type PreflightCheck, type PreflightResult } from "./preflight";

/** Permissions and directory roles that let somebody create applications: by name, or by the id of the role. */
const APPLICATION_RIGHTS: ReadonlySet<string> = new Set([
  ...["Application.ReadWrite.All", "Application.ReadWrite.OwnedBy"],
  "62e90394-69f5-4237-9190-012177145e10", // Global Administrator
  "9b895d92-2cd3-44c7-9d02-a6ac2d5ea5c3", // Application Administrator
  "158c047a-c907-4556-b7ef-446551a6b5f7", // Cloud Application Administrator
  "cf1c38e5-3621-4004-a7cb-879624dced7c", // Application Developer
]);

/** Carries a check out. A service that cannot be asked makes it unknown, never passed. */
export async function runCheck(port: PreflightPort, check: PreflightCheck): Promise<PreflightResult> {
  try {
    const fault = await faultOf(port, check);
    if (fault === undefined) return { check, outcome: "passed", detail: "as it has to be" };
    return { check, outcome: "failed", detail: fault, fix: fixFor(check) };
  } catch (cause) {
    const detail = cause instanceof Error ? cause.message : String(cause);
    return {
      check,
      outcome: "unknown",
      detail,
      fix: (cause instanceof AutomationError && cause.hint) || fixFor(check),
    };
  }
}

async function faultOf(port: PreflightPort, check: PreflightCheck): Promise<string | undefined> {
  switch (check.kind) {
    case "tenant": {
      const tenant = await port.subscriptionTenant(check.subscriptionId);
      if (tenant === undefined) return "you do not see the subscription";
      return tenant === check.tenantId ? undefined : `it belongs to tenant ${tenant}`;
    }
    case "contributor": {
      const actions = await port.allowedActions(check.subscriptionId);
      return actions.includes("*") ? undefined : `your roles allow ${actions.join(", ") || "nothing"}`;
    }
    case "applications":
      return applicationsFault(port, check.tenantId);
    case "workspace-admin": {
      const groups = await port.workspaceGroups(check.host);
      return groups.includes("admins") ? undefined : `you are in ${groups.join(", ") || "no group"}`;
    }
    case "checkout":
      return (await port.canPull(check.repository)) ? undefined : "the token cannot read it";
  }
}

/** Who has no right of its own may still register applications where the tenant lets each of its users do so. */
async function applicationsFault(port: PreflightPort, wanted: string): Promise<string | undefined> {
  const { tenantId, rights, member } = await port.directoryLogin();
  if (tenantId !== undefined && tenantId !== wanted) return `you are logged in at tenant ${tenantId}`;
  if (rights.some((right) => APPLICATION_RIGHTS.has(right))) return undefined;
  if (!member) return "your login has no right to do so";
  const forAll = await port.usersRegisterApplications();
  if (forAll === undefined) throw new Error("you may not read whether users of the tenant register applications");
  return forAll ? undefined : "your login has no right to do so, and the tenant does not let its users do it";
}
