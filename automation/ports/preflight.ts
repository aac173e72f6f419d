/** Who a request is made as; each service has a token of its own. */
export type TokenKind = "azure" | "graph" | "databricks" | "git";

/** Who asks Microsoft Entra, and what for. */
export interface DirectoryLogin {
  /** Undefined where the token does not say. */
  readonly tenantId: string | undefined;
  /** Directory roles, application permissions and delegated permissions. */
  readonly rights: readonly string[];
  /** A member of the tenant, for whom what its users may do counts; neither a guest nor an application. */
  readonly member: boolean;
}

/** What the checks before a first update ask of the services. */
export interface PreflightPort {
  /** The subscription's tenant; undefined where the caller does not see the subscription. */
  subscriptionTenant(subscriptionId: string): Promise<string | undefined>;
  /** Actions that the caller's roles allow on a subscription, such as `*`. */
  allowedActions(subscriptionId: string): Promise<readonly string[]>;
  directoryLogin(): Promise<DirectoryLogin>;
  /** Whether the tenant lets each of its users register applications; undefined where the caller may not read that. */
  usersRegisterApplications(): Promise<boolean | undefined>;
  /** Names of the groups that the caller is in, in a workspace. */
  workspaceGroups(host: string): Promise<readonly string[]>;
  /** Whether the Git token may read a repository. */
  canPull(repository: string): Promise<boolean>;
}
