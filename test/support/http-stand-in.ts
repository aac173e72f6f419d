import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

const LARGEST_PAGE = 100;

/** A request as it came in. */
export interface ReceivedRequest {
  readonly method: string;
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  readonly headers: IncomingMessage["headers"];
  readonly body: any;
}

/** An answer that is given in the place of the real one. */
export interface Fault {
  /** Method and path, as in `POST /repos/o/r/issues/1/comments`. */
  readonly request: RegExp;
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly message?: string;
  /** How often. @default 1 */
  times?: number;
  /** The work is done and only its answer is lost. @default false */
  readonly done?: boolean;
}

/** Answers a request: a list is given out in pages, a buffer as text. */
export type Respond = (line: string, request: ReceivedRequest) => readonly [status: number, body: unknown];

/** A JSON API on a local port, with faults and pages. */
export class HttpStandIn {
  readonly requests: ReceivedRequest[] = [];
  readonly faults: Fault[] = [];

  private constructor(
    private readonly server: Server,
    private readonly respond: Respond,
  ) {
    server.on("request", (request, response) => void this.serve(request, response));
  }

  /** Listens on a free port of this machine. */
  static async start(respond: Respond): Promise<HttpStandIn> {
    const server = createServer();
    await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
    return new HttpStandIn(server, respond);
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((closed) => this.server.close(closed));
  }

  private async serve(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const request = await this.read(incoming);
    const line = `${request.method} ${request.path}`;
    this.requests.push(request);
    const fault = this.faults.find(({ request: pattern, times = 1 }) => times > 0 && pattern.test(line));
    if (fault) fault.times = (fault.times ?? 1) - 1;
    if (fault && !fault.done) return answer(response, fault.status, { message: fault.message ?? "" }, fault.headers);
    const [status, body] = this.respond(line, request);
    if (fault) return answer(response, fault.status, { message: fault.message ?? "" }, fault.headers);
    if (!Array.isArray(body)) return answer(response, status, body);
    const size = Math.min(Number(request.query["per_page"] ?? 30), LARGEST_PAGE);
    const page = Number(request.query["page"] ?? 1);
    const items = body.slice((page - 1) * size, page * size) as unknown[];
    const next = new URL(request.path, this.url);
    next.search = new URLSearchParams({ per_page: String(size), page: String(page + 1) }).toString();
    return answer(response, status, items, page * size < body.length ? { link: `<${next.href}>; rel="next"` } : {});
  }

  private async read(incoming: IncomingMessage): Promise<ReceivedRequest> {
    const chunks: Buffer[] = [];
    for await (const chunk of incoming) chunks.push(chunk as Buffer);
    const { pathname, searchParams } = new URL(incoming.url ?? "/", this.url);
    const text = Buffer.concat(chunks).toString("utf8");
    return {
      method: incoming.method ?? "",
      path: pathname,
      query: Object.fromEntries(searchParams),
      headers: incoming.headers,
      body: text === "" ? undefined : JSON.parse(text),
    };
  }
}

function answer(response: ServerResponse, status: number, body: unknown, headers: Record<string, string> = {}): void {
  if (Buffer.isBuffer(body)) {
    response.writeHead(status, { "content-type": "text/plain; charset=utf-8", ...headers });
    response.end(body);
    return;
  }
  response.writeHead(status, { "content-type": "application/json; charset=utf-8", ...headers });
  response.end(body === undefined ? undefined : JSON.stringify(body));
}
