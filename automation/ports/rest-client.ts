import { setTimeout } from "node:timers/promises";
import { AutomationError } from "../errors";

const ATTEMPTS = 4;

const TIMEOUT_MS = 30_000;

/** Longest time that is waited because a service asks for it, in milliseconds. */
const LONGEST_WAIT_MS = 60_000;

/** Asks a JSON API with a token. */
export interface RestClient {
  /** Undefined where there is nothing at the address. Throws AutomationError where the service refuses or does not answer. */
  ask(method: "GET" | "POST", url: string, body?: unknown): Promise<unknown>;
  /** The answer as text. */
  text(url: string): Promise<string>;
}

export interface RestClientOptions {
  /** How the service is called in messages. */
  readonly name: string;
  readonly token: () => Promise<string>;
  readonly pause?: (milliseconds: number) => Promise<unknown>;
}

/** A client that tries again what was not answered for a passing reason, and sends its token to no other address. */
export function restClient({ name, token, pause = setTimeout }: RestClientOptions): RestClient {
  const send = async (method: string, url: string, body: unknown): Promise<Response> => {
    for (let attempt = 1; ; attempt++) {
      const headers = {
        authorization: `Bearer ${await token()}`,
        accept: "application/json, text/plain",
        ...(body !== undefined && { "content-type": "application/json" }),
      };
      const request = {
        method,
        headers,
        redirect: "error",
        ...(body !== undefined && { body: JSON.stringify(body) }),
      } as const;
      const response = await fetch(url, { ...request, signal: AbortSignal.timeout(TIMEOUT_MS) }).catch(
        (cause: Error) => cause,
      );
      const passing = response instanceof Error || response.status === 429 || response.status >= 500;
      if (!passing) return response;
      if (attempt === ATTEMPTS) {
        const reason = response instanceof Error ? response.message : `it answers ${response.status}`;
        throw new AutomationError("fault", `${name} does not answer: ${reason}`, { hint: "do it again later" });
      }
      const asked = response instanceof Error ? 0 : Number(response.headers.get("retry-after")) * 1000;
      await pause(Math.min(asked || 2 ** attempt * 500, LONGEST_WAIT_MS));
    }
  };
  const refused = async (response: Response, url: string): Promise<AutomationError> => {
    const text = (await response.text()).slice(0, 500);
    const { message = text } = errorOf(text);
    const { pathname } = new URL(url);
    return new AutomationError("fault", `${name} answers ${response.status} to ${pathname}: ${message}`, {
      errorCode: "serving-service-refuses",
      hint:
        response.status === 403 ? "the identity lacks a role: see docs/runbooks/release.md" : "see the message above",
    });
  };
  return {
    async ask(method, url, body) {
      const response = await send(method, url, body);
      if (response.status === 404) return undefined;
      if (!response.ok) throw await refused(response, url);
      return response.json();
    },
    async text(url) {
      const response = await send("GET", url, undefined);
      if (!response.ok) throw await refused(response, url);
      return response.text();
    },
  };
}

function errorOf(text: string): { readonly message?: string } {
  try {
    const { error, message } = JSON.parse(text) as { error?: { code?: string; message?: string }; message?: string };
    const told = error?.message ?? message;
    return told === undefined ? {} : { message: error?.code ? `${error.code}: ${told}` : told };
  } catch {
    return {};
  }
}
