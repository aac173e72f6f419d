import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { setTimeout as sleep } from "node:timers/promises";
import { AutomationError } from "../errors";
import { federatedIdentity, type FederatedIdentity } from "./federated-identity";

/** How long before its end a token is not used any more, in milliseconds. */
const MARGIN_MS = 300_000;

const ATTEMPTS = 4;

/** Gives a token for a resource of Azure, as long as it is valid the same. */
export type EntraToken = (resource: string) => Promise<string>;

export interface EntraTokenOptions {
  readonly env: NodeJS.ProcessEnv;
  readonly addSecrets: (secrets: readonly string[]) => void;
  readonly now?: () => number;
  readonly pause?: (milliseconds: number) => Promise<unknown>;
}

/**
 * Tokens of Entra: those of the job's federated identity where it has one, else those of the login of `az`. Throws
 * AutomationError where there is neither; the text holds no token.
 * See https://learn.microsoft.com/entra/identity-platform/v2-oauth2-client-creds-grant-flow#third-case-access-token-request-with-a-federated-credential.
 */
export function entraToken({ env, addSecrets, now = Date.now, pause = sleep }: EntraTokenOptions): EntraToken {
  const known = new Map<string, { readonly token: string; readonly until: number }>();
  return async (resource) => {
    const found = known.get(resource);
    if (found && found.until > now()) return found.token;
    const identity = federatedIdentity(env);
    const { token, seconds } = await (identity
      ? exchanged(identity, resource, addSecrets, pause)
      : ofAzureCli(resource));
    addSecrets([token]);
    known.set(resource, { token, until: now() + seconds * 1000 - MARGIN_MS });
    return token;
  };
}

interface Granted {
  readonly token: string;
  readonly seconds: number;
}

async function exchanged(
  { clientId, tenantId, authority, assertion }: FederatedIdentity,
  resource: string,
  addSecrets: EntraTokenOptions["addSecrets"],
  pause: (milliseconds: number) => Promise<unknown>,
): Promise<Granted> {
  const url = `${authority}/${encodeURIComponent(tenantId)}/oauth2/v2.0/token`;
  for (let attempt = 1; ; attempt++) {
    const proof = await assertion();
    addSecrets([proof]);
    const body = new URLSearchParams({
      grant_type: "client_credentials",
      client_id: clientId,
      scope: `${resource}/.default`,
      client_assertion_type: "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
      client_assertion: proof,
    });
    const { granted, reason, passing } = await ask(url, body);
    if (granted) return granted;
    if (passing && attempt < ATTEMPTS) {
      await pause(2 ** attempt * 250);
      continue;
    }
    throw new AutomationError("fault", `Entra gives no token for ${resource}: ${reason}`, {
      hint: "see that the identity trusts this environment of the repository: trunkline up creates the federated credential",
    });
  }
}

async function ask(
  url: string,
  body: URLSearchParams,
): Promise<{ readonly granted?: Granted; readonly reason?: string; readonly passing?: boolean }> {
  const request = { method: "POST", body, redirect: "error", signal: AbortSignal.timeout(30_000) } as const;
  const response = await fetch(url, request).catch((cause: Error) => cause);
  if (response instanceof Error) return { reason: `it cannot be reached: ${response.message}`, passing: true };
  const answer = (await response.json().catch(() => ({}))) as {
    readonly access_token?: string;
    readonly expires_in?: number;
    readonly error?: string;
    readonly error_description?: string;
  };
  if (response.ok && answer.access_token) {
    return { granted: { token: answer.access_token, seconds: Number(answer.expires_in ?? 0) } };
  }
  const reason = answer.error_description?.split(/\r?\n/)[0] ?? answer.error ?? `it answers ${response.status}`;
  return { reason, passing: response.status === 429 || response.status >= 500 };
}

async function ofAzureCli(resource: string): Promise<Granted> {
  const args = ["account", "get-access-token", "--resource", resource, "--output", "json"];
  try {
    const { stdout } = await promisify(execFile)("az", args);
    const { accessToken, expires_on } = JSON.parse(stdout) as { accessToken: string; expires_on?: number };
    return { token: accessToken, seconds: expires_on === undefined ? 600 : expires_on - Date.now() / 1000 };
  } catch (cause) {
    throw new AutomationError("fault", `there is no token of Entra for ${resource}`, {
      hint:
        "log in with az login; in CI set AZURE_CLIENT_ID and AZURE_TENANT_ID, with AZURE_FEDERATED_TOKEN_FILE or, in " +
        "GitHub Actions, the permission id-token: write",
      cause,
    });
  }
}
