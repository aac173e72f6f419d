import { AutomationError } from "../errors";

const ATTEMPTS = 4;

const TIMEOUT_MS = 15_000;

/**
 * Asks GitHub Actions for a token of the job. Answers of 5xx and broken connections are tried again. Throws AutomationError
 * where there is none to be had; its text never holds the token or the secret with which it was asked for.
 * See https://docs.github.com/en/actions/reference/security/oidc#methods-for-requesting-the-oidc-token.
 */
export async function requestIdToken(env: NodeJS.ProcessEnv, audience: string, unitMs = 1000): Promise<string> {
  const { ACTIONS_ID_TOKEN_REQUEST_URL: address, ACTIONS_ID_TOKEN_REQUEST_TOKEN: secret } = env;
  if (!address || !secret) {
    throw new AutomationError("usage", "this job can ask for no token of GitHub Actions", {
      hint: "give the job the permission id-token: write",
    });
  }
  const url = new URL(address);
  url.searchParams.set("audience", audience);
  let reason = "";
  for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
    try {
      const response = await fetch(url, {
        headers: { authorization: `bearer ${secret}`, accept: "application/json; api-version=2.0" },
        signal: AbortSignal.timeout(TIMEOUT_MS),
      });
      const { value } = response.ok ? ((await response.json()) as { value?: unknown }) : {};
      if (typeof value === "string" && value !== "") return value;
      reason = response.ok ? "the answer holds no token" : `it answered ${response.status}`;
      if (response.status < 500) break;
    } catch (error) {
      reason = error instanceof Error ? error.message : String(error);
    }
    await new Promise((resume) => setTimeout(resume, attempt ** 2 * unitMs));
  }
  throw new AutomationError("fault", `GitHub gave no token for ${audience}: ${reason}`, {
    hint: "run the job again; if it fails again, see the permissions of the job",
  });
}
