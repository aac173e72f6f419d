import type { IncomingMessage, ServerResponse } from "node:http";

/** Most bytes of a request that Azure's endpoints take, see https://learn.microsoft.com/azure/machine-learning/how-to-manage-quotas. */
const MOST_BYTES = 1.5 * 1024 * 1024;

/** A request that is answered with an error. */
export class Refusal extends Error {
  override readonly name = "Refusal";

  constructor(
    readonly status: number,
    message: string,
    /** Slot that failed; absent where none was asked. */
    readonly slot?: string,
  ) {
    super(message);
  }
}

/** The body of a request as text. Throws a {@link Refusal} where it is larger than an endpoint takes. */
export async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size <= MOST_BYTES) chunks.push(chunk);
  }
  if (size > MOST_BYTES) throw new Refusal(413, `a request has at most ${MOST_BYTES} bytes, got ${size}`);
  return Buffer.concat(chunks).toString("utf8");
}

/** Answers with JSON, and with further headers. */
export function reply(
  response: ServerResponse,
  status: number,
  json: string,
  headers: Readonly<Record<string, string>> = {},
): void {
  response.writeHead(status, {
    "content-type": "application/json",
    "content-length": Buffer.byteLength(json),
    ...headers,
  });
  response.end(json);
}
