import { setTimeout } from "node:timers/promises";
import { AutomationError } from "../errors";
import { azureCliToken } from "./azure-cli-token";
import type { PreflightPort, TokenKind } from "./preflight";

/** Where the services are; tests have them elsewhere. */
export interface ServiceAddresses {
  readonly azure: string;
  readonly graph: string;
  readonly github: string;
}

const PUBLIC: ServiceAddresses = {
  azure: "https://management.azure.com",
  graph: "https://graph.microsoft.com",
  github: "https://api.github.com",
};

/** Variables with a token for each service, and for which resource `az` makes one where none is set. */
const TOKENS: Readonly<Record<TokenKind, { readonly variable: string; readonly resource?: string }>> = {
  azure: { variable: "AZURE_ACCESS_TOKEN", resource: "https://management.azure.com" },
  graph: { variable: "GRAPH_ACCESS_TOKEN", resource: "https://graph.microsoft.com" },
  // The application of Azure Databricks, the same in every tenant.
  databricks: { variable: "DATABRICKS_TOKEN", resource: "2ff814a6-3304-4ab8-85cb-cd0e6f879c1d" },
  git: { variable: "GIT_TOKEN" },
};

/** What a token for Microsoft Graph says of whom it was given to. */
interface DirectoryClaims {
  readonly tid?: string;
  /** Delegated permissions; only a user's token has them. */
  readonly scp?: string;
  readonly roles?: string[];
  readonly wids?: string[];
  /** 1 for a guest of the tenant. */
  readonly acct?: number;
}

interface AuthorizationPolicy {
  readonly defaultUserRolePermissions?: { readonly allowedToCreateApps?: boolean };
}

const ATTEMPTS = 4;

const sleep = (milliseconds: number): Promise<unknown> => setTimeout(milliseconds);

/** Asks the services over HTTP with tokens of the environment, or else of the login of `az`. */
export function httpPreflight(
  env: Readonly<Record<string, string | undefined>>,
  addSecrets: (secrets: readonly string[]) => void,
  { addresses = PUBLIC, pause = sleep }: { addresses?: ServiceAddresses; pause?: typeof sleep } = {},
): PreflightPort {
  const tokenFor = async (kind: TokenKind): Promise<string> => {
    const { variable, resource } = TOKENS[kind];
    const token = env[variable] || (resource === undefined ? undefined : await azureCliToken(resource));
    if (!token) {
      const hint = resource === undefined ? `set ${variable}` : `set ${variable}, or log in with az login`;
      throw new AutomationError("fault", `there is no token for ${kind}`, { hint });
    }
    addSecrets([token]);
    return token;
  };
  const get = async (kind: TokenKind, url: string): Promise<{ status: number; body: unknown }> => {
    const headers = { Authorization: `Bearer ${await tokenFor(kind)}`, Accept: "application/json" };
    for (let attempt = 1; ; attempt++) {
      const response = await fetch(url, { headers, redirect: "error", signal: AbortSignal.timeout(30_000) });
      if ((response.status !== 429 && response.status < 500) || attempt === ATTEMPTS) {
        if (response.status === 429 || response.status >= 500) throw new Error(`${url} answers ${response.status}`);
        return { status: response.status, body: await response.json().catch(() => undefined) };
      }
      await pause(Math.min(Number(response.headers.get("retry-after")) || 2 ** attempt, 30) * 1000);
    }
  };
  const required = async (kind: TokenKind, url: string): Promise<unknown> => {
    const { status, body } = await get(kind, url);
    if (status !== 200) throw new Error(`${url} answers ${status}`);
    return body;
  };
  return {
    // https://learn.microsoft.com/en-us/rest/api/resources/subscriptions/get
    async subscriptionTenant(id) {
      const { status, body } = await get("azure", `${addresses.azure}/subscriptions/${id}?api-version=2022-12-01`);
      if (status === 403 || status === 404) return undefined;
      if (status !== 200) throw new Error(`the subscription answers ${status}`);
      return (body as { tenantId?: string }).tenantId;
    },
    // https://learn.microsoft.com/en-us/rest/api/authorization/permissions/list-for-subscription
    async allowedActions(id) {
      const path = `/subscriptions/${id}/providers/Microsoft.Authorization/permissions?api-version=2022-04-01`;
      const body = (await required("azure", addresses.azure + path)) as { value: { actions: string[] }[] };
      return body.value.flatMap(({ actions }) => actions);
    },
    // https://learn.microsoft.com/en-us/entra/identity-platform/access-token-claims-reference
    async directoryLogin() {
      const [, payload = ""] = (await tokenFor("graph")).split(".");
      const claims = JSON.parse(Buffer.from(payload, "base64url").toString("utf8") || "{}") as DirectoryClaims;
      return {
        tenantId: claims.tid,
        rights: [...(claims.scp?.split(" ") ?? []), ...(claims.roles ?? []), ...(claims.wids ?? [])],
        member: claims.scp !== undefined && claims.acct !== 1,
      };
    },
    // https://learn.microsoft.com/en-us/graph/api/authorizationpolicy-get
    async usersRegisterApplications() {
      const { status, body } = await get("graph", `${addresses.graph}/v1.0/policies/authorizationPolicy`);
      if (status === 401 || status === 403) return undefined;
      if (status !== 200) throw new Error(`the tenant's authorization policy answers ${status}`);
      return (body as AuthorizationPolicy).defaultUserRolePermissions?.allowedToCreateApps;
    },
    // https://docs.databricks.com/api/azure/workspace/currentuser/me
    async workspaceGroups(host) {
      const body = await required("databricks", `${host}/api/2.0/preview/scim/v2/Me`);
      return ((body as { groups?: { display: string }[] }).groups ?? []).map(({ display }) => display);
    },
    // https://docs.github.com/en/rest/repos/repos#get-a-repository
    async canPull(repository) {
      const { status, body } = await get("git", `${addresses.github}/repos/${repository}`);
      return status === 200 && (body as { permissions?: { pull?: boolean } }).permissions?.pull !== false;
    },
  };
}
