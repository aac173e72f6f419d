import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** What a request was, as far as tests look at it. */
export interface ShareRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingMessage["headers"];
}

/**
 * A stand-in for the REST interface of one file share, as far as uploads use it.
 * @see https://learn.microsoft.com/rest/api/storageservices/file-service-rest-api
 */
export class ShareStandIn {
  readonly files = new Map<string, { content: Buffer; etag: string }>();
  readonly folders = new Set<string>();
  readonly requests: ShareRequest[] = [];
  /** Refuses what it is asked, where it answers a status and a code. */
  refuse: (request: ShareRequest) => readonly [status: number, code: string] | undefined = () => undefined;
  private etags = 0;
  private readonly server: Server;

  private constructor(private readonly share: string) {
    this.server = createServer((request, response) => {
      const parts: Buffer[] = [];
      request.on("data", (part: Buffer) => parts.push(part));
      request.on("end", () => this.answer(request, Buffer.concat(parts), response));
    });
  }

  static async start(share: string): Promise<ShareStandIn> {
    const standIn = new ShareStandIn(share);
    await new Promise<void>((listening) => standIn.server.listen(0, "127.0.0.1", listening));
    return standIn;
  }

  stop(): void {
    this.server.closeAllConnections();
    this.server.close();
  }

  /** Sends what the SDK would send to Azure to this server instead: tokens may go over TLS only. */
  get httpClient() {
    const { port } = this.server.address() as AddressInfo;
    return {
      sendRequest: async (request: any) => {
        const url = new URL(request.url);
        const headers = Object.fromEntries(request.headers.headersArray().map((h: any) => [h.name, h.value]));
        delete headers["content-length"];
        const response = await fetch(`http://127.0.0.1:${port}${url.pathname}${url.search}`, {
          method: request.method,
          headers: { ...headers, "x-host": url.host },
          body: request.method === "GET" || request.method === "HEAD" ? undefined : request.body,
        });
        const content = Buffer.from(await response.arrayBuffer());
        const given = request.headers.clone();
        for (const { name } of given.headersArray()) given.remove(name);
        response.headers.forEach((value: string, name: string) => given.set(name, value));
        const { Readable } = await import("node:stream");
        return {
          ...{ request, status: response.status, headers: given, bodyAsText: content.toString("utf8") },
          readableStreamBody: Readable.from([content]),
        };
      },
    } as any;
  }

  private answer(request: IncomingMessage, body: Buffer, response: ServerResponse): void {
    const url = new URL(request.url ?? "", "http://a");
    const path = decodeURIComponent(url.pathname).slice(this.share.length + 2);
    const asked = {
      method: `${request.method} ${url.searchParams.get("comp") ?? ""}`.trim(),
      path,
      headers: request.headers,
    };
    this.requests.push(asked);
    const fail = (status: number, code: string) =>
      response
        .writeHead(status, { "x-ms-error-code": code, "Content-Type": "application/xml" })
        .end(`<?xml version="1.0"?><Error><Code>${code}</Code><Message>${code}</Message></Error>`);
    const refusal = this.refuse(asked);
    if (refusal) return void fail(...refusal);
    const common = {
      etag: `"${(this.etags += 1)}"`,
      "last-modified": new Date(0).toUTCString(),
      "x-ms-request-server-encrypted": "true",
    };
    const done = (status: number, headers: Record<string, string> = {}) =>
      void response.writeHead(status, { ...common, ...headers }).end();
    const file = this.files.get(path);
    switch (asked.method) {
      case "PUT rename": {
        const source = decodeURIComponent(new URL(String(request.headers["x-ms-file-rename-source"])).pathname);
        const from = source.slice(this.share.length + 2);
        const moved = this.files.get(from);
        if (!moved) return void fail(404, "ResourceNotFound");
        if (file && request.headers["x-ms-file-rename-replace-if-exists"] !== "true")
          return void fail(409, "ResourceAlreadyExists");
        this.files.delete(from);
        this.files.set(path, { content: moved.content, etag: common.etag });
        return done(200);
      }
      case "PUT range": {
        const [, start = "0"] =
          /bytes=(\d+)-/.exec(String(request.headers["x-ms-range"] ?? request.headers.range)) ?? [];
        if (!file) return void fail(404, "ResourceNotFound");
        body.copy(file.content, Number(start));
        return done(201);
      }
      case "GET list":
        if (path !== "" && !this.folders.has(path)) return void fail(404, "ResourceNotFound");
        return void response.writeHead(200, { ...common, "Content-Type": "application/xml" }).end(this.listing(path));
      case "GET": {
        if (!file) return void fail(404, "ResourceNotFound");
        const [, from = "0", to] =
          /bytes=(\d+)-(\d*)/.exec(String(request.headers["x-ms-range"] ?? request.headers.range)) ?? [];
        const part = file.content.subarray(Number(from), to ? Number(to) + 1 : undefined);
        return void response.writeHead(206, { ...common, etag: file.etag, "content-length": part.length }).end(part);
      }
      case "HEAD":
        return file
          ? done(200, { etag: file.etag, "content-length": String(file.content.length) })
          : void fail(404, "ResourceNotFound");
      case "DELETE":
        return this.files.delete(path) ? done(202) : void fail(404, "ResourceNotFound");
      case "PUT": {
        const parent = path.slice(0, Math.max(path.lastIndexOf("/"), 0));
        if (parent !== "" && !this.folders.has(parent)) return void fail(404, "ParentNotFound");
        if (url.searchParams.get("restype") === "directory") {
          if (this.folders.has(path)) return void fail(409, "ResourceAlreadyExists");
          this.folders.add(path);
        } else {
          this.files.set(path, {
            content: Buffer.alloc(Number(request.headers["x-ms-content-length"])),
            etag: common.etag,
          });
        }
        return done(201);
      }
      default:
        return void fail(400, "UnsupportedHttpVerb");
    }
  }

  private listing(folder: string): string {
    const prefix = folder === "" ? "" : `${folder}/`;
    const inside = (path: string) =>
      path.startsWith(prefix) && !path.slice(prefix.length).includes("/") && path !== folder;
    const files = [...this.files].filter(([path]) => inside(path));
    const folders = [...this.folders].filter(inside);
    const entries = [
      ...files.map(
        ([path, { content, etag }]) =>
          `<File><Name>${path.slice(prefix.length)}</Name><Properties><Content-Length>${content.length}</Content-Length>` +
          `<Etag>${etag}</Etag></Properties></File>`,
      ),
      ...folders.map((path) => `<Directory><Name>${path.slice(prefix.length)}</Name><Properties/></Directory>`),
    ];
    return (
      `<?xml version="1.0" encoding="utf-8"?><EnumerationResults ServiceEndpoint="https://a/" ShareName="${this.share}" ` +
      `DirectoryPath="${folder}"><Entries>${entries.join("")}</Entries><NextMarker/></EnumerationResults>`
    );
  }
}
