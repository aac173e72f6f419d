/** Who a request is made as; each service has a token of its own. */
export type TokenKind = "azure" | "graph" | "databricks" | "git";

/** What the checks before a first update ask of the services. */
export interface PreflightPort {
  /** The subscription's tenant; undefined where the caller does not see the subscription. */
  subscriptionTenant(subscriptionId: string): Promise<string | undefined>;
  /** Actions that the caller's roles allow on a subscription, such as `*`. */
  allowedActions(subscriptionId: string): Promise<readonly string[]>;
  /** Directory roles, application permissions and delegated permissions of the caller. */
  directoryRights(): Promise<readonly string[]>;
  /** Names of the groups that the caller is in, in a workspace. */
  workspaceGroups(host: string): Promise<readonly string[]>;
  /** Whether the Git token may read a repository. */
  canPull(repository: string): Promise<boolean>;
}
