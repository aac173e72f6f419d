import { request as httpRequest, type IncomingMessage } from "node:http";
import { request as httpsRequest } from "node:https";
import { setTimeout as sleep } from "node:timers/promises";
import { AutomationError } from "../errors";
import { execCredential, type ExecCredential } from "./exec-credential";
import type { ClusterAccess } from "./kubeconfig";

/** An answer of the API server that is no success, in its words. */
export class KubernetesError extends Error {
  override readonly name = "KubernetesError";

  constructor(
    /** HTTP status. */
    readonly status: number,
    /** Such as AlreadyExists or Forbidden. */
    readonly reason: string,
    message: string,
  ) {
    super(message);
  }
}

/** What a client works with besides the cluster. */
export interface KubernetesClientOptions {
  readonly env: NodeJS.ProcessEnv;
  /** Is told of each token before it is used. */
  readonly learned: (secrets: readonly string[]) => void;
  readonly pause?: (milliseconds: number) => Promise<unknown>;
}

export type Method = "GET" | "POST" | "PATCH" | "DELETE";

const ATTEMPTS = 4;
const PATIENCE_MS = 30_000;
/** A token that ends sooner is replaced first. */
const MARGIN_MS = 60_000;

/**
 * Speaks to an API server as the user of a kubeconfig with an exec login. Reading is tried again where the server is busy
 * or the connection breaks; a change never is, since it may have been made.
 * See https://kubernetes.io/docs/reference/using-api/api-concepts/.
 */
export class KubernetesClient {
  private credential: ExecCredential | undefined;

  constructor(
    private readonly access: ClusterAccess,
    private readonly options: KubernetesClientOptions,
  ) {}

  /** Answers the object, undefined for one that is not there. Throws KubernetesError for any other refusal. */
  async call(method: Method, path: string, body?: unknown): Promise<unknown> {
    const pause = this.options.pause ?? sleep;
    for (let attempt = 1; ; attempt++) {
      try {
        const response = await this.send(method, path, body, AbortSignal.timeout(PATIENCE_MS));
        const text = await textOf(response);
        const status = response.statusCode ?? 0;
        if (status === 404 && method !== "POST") return undefined;
        if (status < 400) return JSON.parse(text);
        throw refusalOf(status, text);
      } catch (error) {
        if (attempt === ATTEMPTS || method !== "GET" || !isPassing(error)) throw this.named(error);
        await pause(2 ** attempt * 250);
      }
    }
  }

  /** Hands over the body of an answer as it comes, until it ends or the signal is aborted. */
  async stream(path: string, signal: AbortSignal, onText: (text: string) => void): Promise<void> {
    try {
      const response = await this.send("GET", path, undefined, signal);
      if ((response.statusCode ?? 0) >= 400) throw refusalOf(response.statusCode ?? 0, await textOf(response));
      response.setEncoding("utf8");
      for await (const text of response) onText(text as string);
    } catch (error) {
      if (!signal.aborted) throw this.named(error);
    }
  }

  private async send(method: Method, path: string, body: unknown, signal: AbortSignal): Promise<IncomingMessage> {
    const token = await this.token();
    const url = new URL(path, this.access.server);
    const text = body === undefined ? undefined : JSON.stringify(body);
    const type = method === "PATCH" ? "application/merge-patch+json" : "application/json";
    const headers = {
      Authorization: `Bearer ${token}`,
      Accept: "application/json, */*",
      ...(text !== undefined && { "Content-Type": type, "Content-Length": Buffer.byteLength(text) }),
    };
    const { authority } = this.access;
    const send = url.protocol === "http:" ? httpRequest : httpsRequest;
    return new Promise((resolve, reject) => {
      send(url, { method, headers, signal, ...(authority !== undefined && { ca: authority }) }, resolve)
        .once("error", reject)
        .end(text);
    });
  }

  private async token(): Promise<string> {
    const { expiresAt = Infinity } = this.credential ?? {};
    if (this.credential === undefined || expiresAt < Date.now() + MARGIN_MS) {
      this.credential = await execCredential(this.access.exec, this.options.env);
      this.options.learned([this.credential.token]);
    }
    return this.credential.token;
  }

  /** What the network refuses, as an error that says which cluster. */
  private named(error: unknown): unknown {
    if (error instanceof AutomationError || error instanceof KubernetesError) return error;
    const reason = error instanceof Error ? error.message || (error as NodeJS.ErrnoException).code : String(error);
    return new AutomationError("fault", `the cluster ${this.access.name} cannot be reached: ${reason}`, {
      hint: `check the network, and whether ${this.access.server} may be reached from here: azure.mlflow.cluster.authorizedIpRanges`,
      cause: error,
    });
  }
}

function isPassing(error: unknown): boolean {
  if (error instanceof AutomationError) return false;
  return !(error instanceof KubernetesError) || error.status === 429 || error.status >= 500;
}

function refusalOf(status: number, text: string): KubernetesError {
  let told: { reason?: string; message?: string } = {};
  try {
    told = JSON.parse(text) as typeof told;
  } catch {
    // A proxy answers something else.
  }
  return new KubernetesError(status, told.reason ?? "", told.message ?? `the API server answers ${status}`);
}

async function textOf(response: IncomingMessage): Promise<string> {
  let text = "";
  response.setEncoding("utf8");
  for await (const part of response) text += part as string;
  return text;
}
