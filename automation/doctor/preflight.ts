/** One thing that has to be right before anything is created. */
export type PreflightCheck =
  | { readonly kind: "tenant"; readonly subscriptionId: string; readonly tenantId: string }
  | { readonly kind: "contributor"; readonly subscriptionId: string }
  | { readonly kind: "applications"; readonly tenantId: string }
  | { readonly kind: "workspace-admin"; readonly host: string }
  | { readonly kind: "checkout"; readonly repository: string };

/** How a check ended; `fix` says what to do about it. */
export interface PreflightResult {
  readonly check: PreflightCheck;
  readonly outcome: "passed" | "failed" | "unknown";
  readonly detail: string;
  readonly fix?: string;
}

/** What a check wants, in one line. */
export function describeCheck(check: PreflightCheck): string {
  switch (check.kind) {
    case "tenant":
      return `subscription ${check.subscriptionId} belongs to tenant ${check.tenantId}`;
    case "contributor":
      return `you are at least Contributor on subscription ${check.subscriptionId}`;
    case "applications":
      return `you may create applications in tenant ${check.tenantId}`;
    case "workspace-admin":
      return `you are an administrator of workspace ${check.host}`;
    case "checkout":
      return `the Git token can check out ${check.repository}`;
  }
}

/** What to do where a check fails. */
export function fixFor(check: PreflightCheck): string {
  switch (check.kind) {
    case "tenant":
      return `log in with az login --tenant ${check.tenantId}, or correct trunkline:azure in the settings of the environment`;
    case "contributor":
      return `ask an owner: az role assignment create --role Contributor --scope /subscriptions/${check.subscriptionId} --assignee <you>`;
    case "applications":
      return `log in with az login --tenant ${check.tenantId}, and ask a directory administrator for Application Developer or Application.ReadWrite.All, or use azure.identity.mode federated`;
    case "workspace-admin":
      return `ask an administrator to add you to the group admins: ${check.host}/#setting/accounts`;
    case "checkout":
      return "make a token that can read the contents of the repository, and authorise it for single sign-on where the owner asks for that";
  }
}
