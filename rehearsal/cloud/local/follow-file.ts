import { open } from "node:fs/promises";
import { StringDecoder } from "node:string_decoder";
import { setTimeout as sleep } from "node:timers/promises";

/** How a growing file is read. */
export interface FollowRequest {
  readonly signal: AbortSignal;
  readonly onLine: (line: string) => void;
  /** Whether nothing more will be written. */
  readonly ended: () => Promise<boolean>;
}

const POLL_MS = 100;

/** Hands over the lines of a file as they are written, until nothing more comes or the signal is aborted. */
export async function followFile(path: string, { signal, onLine, ended }: FollowRequest): Promise<void> {
  const file = await open(path, "r");
  const decoder = new StringDecoder("utf8");
  const buffer = Buffer.alloc(64 * 1024);
  let rest = "";
  try {
    for (;;) {
      // Asked before the last read: what was written until then is read by it.
      const last = await ended();
      for (;;) {
        const { bytesRead } = await file.read(buffer, 0, buffer.length, null);
        if (bytesRead === 0) break;
        const lines = (rest + decoder.write(buffer.subarray(0, bytesRead))).split("\n");
        rest = lines.pop() ?? "";
        for (const line of lines) onLine(line);
      }
      if (last || signal.aborted) break;
      await sleep(POLL_MS);
    }
    if (rest !== "") onLine(rest);
  } finally {
    await file.close();
  }
}
