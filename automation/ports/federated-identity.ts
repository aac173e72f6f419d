import { readFile } from "node:fs/promises";
import { AutomationError } from "../errors";
import { requestIdToken } from "./id-token";

/** Where Entra gives tokens out in the public cloud. */
const AUTHORITY = "https://login.microsoftonline.com";

/** An identity that Entra knows by a proof of another party instead of a secret. */
export interface FederatedIdentity {
  readonly clientId: string;
  readonly tenantId: string;
  /** Base of Entra's addresses, without a slash at its end. */
  readonly authority: string;
  /** The proof, which is good for minutes: it is asked for anew each time. */
  readonly assertion: () => Promise<string>;
}

/**
 * The identity of a job, by the variables that Azure's SDKs read: `AZURE_CLIENT_ID` and `AZURE_TENANT_ID`, or those of the
 * providers, `ARM_CLIENT_ID` and `ARM_TENANT_ID`; with the proof in the file that `AZURE_FEDERATED_TOKEN_FILE` names, else
 * from GitHub Actions. `AZURE_AUTHORITY_HOST` names another cloud's Entra. Undefined where any of that is missing. Throws
 * AutomationError for an authority to which a proof would go unencrypted.
 * See https://learn.microsoft.com/entra/workload-id/workload-identity-federation.
 */
export function federatedIdentity(env: NodeJS.ProcessEnv): FederatedIdentity | undefined {
  const clientId = env.AZURE_CLIENT_ID || env.ARM_CLIENT_ID;
  const tenantId = env.AZURE_TENANT_ID || env.ARM_TENANT_ID;
  const file = env.AZURE_FEDERATED_TOKEN_FILE;
  if (!clientId || !tenantId || !(file || env.ACTIONS_ID_TOKEN_REQUEST_URL)) return undefined;
  const authority = authorityOf(env.AZURE_AUTHORITY_HOST || AUTHORITY);
  const assertion = () => (file ? proofIn(file) : requestIdToken(env, "api://AzureADTokenExchange"));
  return { clientId, tenantId, authority, assertion };
}

function authorityOf(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const isOfThisMachine = url?.protocol === "http:" && ["127.0.0.1", "[::1]", "localhost"].includes(url.hostname);
  if (url?.protocol === "https:" || isOfThisMachine) return text.replace(/\/+$/, "");
  throw new AutomationError("usage", `AZURE_AUTHORITY_HOST is ${JSON.stringify(text)}, which is no https address`, {
    hint: `give one such as ${AUTHORITY}, or leave it out`,
  });
}

async function proofIn(file: string): Promise<string> {
  const hint = "AZURE_FEDERATED_TOKEN_FILE has to name a file with a token of the job's CI system or cluster";
  const text = await readFile(file, "utf8").catch((cause: Error) => {
    throw new AutomationError("fault", `the federated token cannot be read: ${cause.message}`, {
      hint,
      cause,
      errorCode: "no-entra-token",
    });
  });
  if (text.trim() !== "") return text.trim();
  throw new AutomationError("fault", `the file ${file} holds no federated token`, {
    hint,
    errorCode: "no-entra-token",
  });
}
