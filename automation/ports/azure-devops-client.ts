import { Agent, request, RetryAgent } from "undici";
import { AutomationError } from "../errors";

/** How Azure DevOps is reached. */
export interface AzureDevopsAccess {
  /** Address of the organization, with a `/` at its end: https://dev.azure.com/acme/. */
  readonly collection: string;
  /** Of a job: `$(System.AccessToken)`. */
  readonly token: string;
  /** Length in milliseconds of the unit in which waits are counted. @default a second */
  readonly unitMs?: number;
}

/** Asks for a path below the organization; answers the JSON of it. */
export type AskAzureDevops = (
  method: "GET" | "POST" | "PATCH" | "DELETE",
  path: string,
  body?: unknown,
) => Promise<unknown>;

const RETRIES = 3;

/** A request without an answer is given up after this time. */
const TIMEOUT_MS = 30_000;

/** No longer is waited for, whatever the service asks for: nobody waits an hour for a comment. */
const LONGEST_WAIT_S = 120;

const VERSION = "7.1";

/**
 * Opens the REST API of Azure DevOps. Answers of 429 and 5xx and broken connections are tried again three times, with more
 * time between them or as much as the service asks for; what makes something is not, since it may be made already.
 * @see https://learn.microsoft.com/en-us/azure/devops/integrate/concepts/rate-limits
 */
export function azureDevopsClient({ collection, token, unitMs = 1000 }: AzureDevopsAccess): AskAzureDevops {
  return async (method, path, body) => {
    const agent = new Agent({ headersTimeout: TIMEOUT_MS, bodyTimeout: TIMEOUT_MS });
    const dispatcher = new RetryAgent(agent, {
      maxRetries: RETRIES,
      minTimeout: unitMs,
      maxTimeout: LONGEST_WAIT_S * unitMs,
      methods: ["GET", "PATCH", "DELETE"],
      statusCodes: [429, 500, 502, 503, 504],
      retryAfter: true,
    });
    const url = new URL(path, collection.endsWith("/") ? collection : `${collection}/`);
    if (!url.searchParams.has("api-version")) url.searchParams.set("api-version", VERSION);
    try {
      const { statusCode, body: answer } = await request(url, {
        method,
        dispatcher,
        headers: {
          authorization: `Bearer ${token}`,
          accept: "application/json",
          ...(body !== undefined && { "content-type": "application/json" }),
        },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      });
      const text = await answer.text();
      // A redirection leads to a page to log in at, and is no answer.
      if (statusCode < 200 || statusCode > 299) throw Object.assign(new Error(messageOf(text)), { statusCode });
      return text === "" ? undefined : (JSON.parse(text) as unknown);
    } catch (cause) {
      const status = azureDevopsStatus(cause);
      const reason = [status ?? "no connection", reasonOf(cause)].filter((part) => part !== "").join(": ");
      throw new AutomationError("fault", `Azure DevOps has no answer for ${method} ${url.pathname}: ${reason}`, {
        hint: hintFor(status),
        cause,
      });
    } finally {
      await agent.destroy();
    }
  };
}

/** The HTTP status of a failed request; undefined where nothing answered. */
export function azureDevopsStatus(fault: unknown): number | undefined {
  const statuses = chainOf(fault).map((one) => (one as { statusCode?: unknown }).statusCode);
  return statuses.find((status): status is number => typeof status === "number");
}

function hintFor(status: number | undefined): string {
  if (status === 401) return "give the step SYSTEM_ACCESSTOKEN: $(System.AccessToken)";
  if (status === 403) return "let the build service contribute to pull requests, see docs/pipeline.md";
  return "run the job again when Azure DevOps answers";
}

function messageOf(text: string): string {
  try {
    const { message } = JSON.parse(text) as { message?: unknown };
    return typeof message === "string" ? message : "";
  } catch {
    return "";
  }
}

/** The causes of a failed fetch, down to the one of the retries, which has the status. */
function chainOf(fault: unknown): unknown[] {
  return fault instanceof Error ? [fault, ...chainOf(fault.cause)] : [];
}

function reasonOf(fault: unknown): string {
  const last = chainOf(fault).at(-1);
  return last instanceof Error ? last.message : String(fault);
}
