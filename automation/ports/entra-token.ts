import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { AutomationError } from "../errors";
import { requestIdToken } from "./id-token";

/** Where Entra gives tokens out; tests have it elsewhere. */
const AUTHORITY = "https://login.microsoftonline.com";

/** How long before its end a token is not used any more, in milliseconds. */
const MARGIN_MS = 300_000;

/** Gives a token for a resource of Azure, as long as it is valid the same. */
export type EntraToken = (resource: string) => Promise<string>;

export interface EntraTokenOptions {
  readonly env: NodeJS.ProcessEnv;
  readonly addSecrets: (secrets: readonly string[]) => void;
  readonly authority?: string;
  readonly now?: () => number;
}

/**
 * Tokens of Entra: in a job of GitHub Actions with `ARM_CLIENT_ID` and `ARM_TENANT_ID` for its own proof of identity, else
 * those of the login of `az`. Throws AutomationError where there is neither; the text holds no token.
 * See https://learn.microsoft.com/entra/identity-platform/v2-oauth2-client-creds-grant-flow#third-case-access-token-request-with-a-federated-credential.
 */
export function entraToken({ env, addSecrets, authority = AUTHORITY, now = Date.now }: EntraTokenOptions): EntraToken {
  const known = new Map<string, { readonly token: string; readonly until: number }>();
  return async (resource) => {
    const found = known.get(resource);
    if (found && found.until > now()) return found.token;
    const federated = env.ACTIONS_ID_TOKEN_REQUEST_URL && env.ARM_CLIENT_ID && env.ARM_TENANT_ID;
    const { token, seconds } = await (federated ? exchanged(env, authority, resource) : ofAzureCli(resource));
    addSecrets([token]);
    known.set(resource, { token, until: now() + seconds * 1000 - MARGIN_MS });
    return token;
  };
}

interface Granted {
  readonly token: string;
  readonly seconds: number;
}

async function exchanged(env: NodeJS.ProcessEnv, authority: string, resource: string): Promise<Granted> {
  const { ARM_CLIENT_ID = "", ARM_TENANT_ID = "" } = env;
  const assertion = await requestIdToken(env, "api://AzureADTokenExchange");
  const body = new URLSearchParams({
    grant_type: "client_credentials",
    client_id: ARM_CLIENT_ID,
    scope: `${resource}/.default`,
    client_assertion_type: "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
    client_assertion: assertion,
  });
  const url = `${authority}/${encodeURIComponent(ARM_TENANT_ID)}/oauth2/v2.0/token`;
  const response = await fetch(url, { method: "POST", body, redirect: "error", signal: AbortSignal.timeout(30_000) });
  const answer = (await response.json().catch(() => ({}))) as {
    readonly access_token?: string;
    readonly expires_in?: number;
    readonly error?: string;
    readonly error_description?: string;
  };
  if (response.ok && answer.access_token)
    return { token: answer.access_token, seconds: Number(answer.expires_in ?? 0) };
  const reason = answer.error_description?.split("\r\n")[0] ?? answer.error ?? `it answers ${response.status}`;
  throw new AutomationError("fault", `Entra gives no token for ${resource}: ${reason}`, {
    hint: "see that the identity trusts this environment of the repository: trunkline up creates the federated credential",
  });
}

async function ofAzureCli(resource: string): Promise<Granted> {
  const args = ["account", "get-access-token", "--resource", resource, "--output", "json"];
  try {
    const { stdout } = await promisify(execFile)("az", args);
    const { accessToken, expires_on } = JSON.parse(stdout) as { accessToken: string; expires_on?: number };
    return { token: accessToken, seconds: expires_on === undefined ? 600 : expires_on - Date.now() / 1000 };
  } catch (cause) {
    throw new AutomationError("fault", `there is no token of Entra for ${resource}`, {
      hint: "log in with az login; in GitHub Actions set ARM_CLIENT_ID and ARM_TENANT_ID and give the job id-token: write",
      cause,
    });
  }
}
