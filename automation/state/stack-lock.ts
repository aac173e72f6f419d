import { z } from "zod";
import { runOwnerSchema } from "./run-owner";

/** A lock of a stack as its backend keeps it: the engine's own, one a run. */
export interface StackLock {
  /** Where it lies. */
  readonly url: string;
  readonly host: string;
  readonly pid: number;
  readonly user: string;
  /** ISO 8601. */
  readonly since: string;
  /** Known of locks of the embedded engine. */
  readonly process?: z.infer<typeof runOwnerSchema.shape.process>;
}

const contentSchema = z.object({
  pid: z.number(),
  username: z.string(),
  hostname: z.string(),
  timestamp: z.string(),
  owner: runOwnerSchema.shape.process.catch(undefined),
});

/**
 * Reads a lock's file; undefined where it is not one, so that nobody can be named.
 * @see https://github.com/pulumi/pulumi/blob/master/pkg/backend/diy/lock.go
 */
export function parseLockFile(url: string, text: string): StackLock | undefined {
  try {
    const { pid, username, hostname, timestamp, owner } = contentSchema.parse(JSON.parse(text));
    return { url, host: hostname, pid, user: username, since: timestamp, process: owner };
  } catch {
    return undefined;
  }
}

/**
 * The locks that an engine names when it refuses a locked stack, each once though the Automation API tells an error twice;
 * the text is the CLI's and the embedded engine's.
 */
export function locksInRefusal(text: string): StackLock[] {
  const pattern = /^\s+(\S+): created by (.*)@(\S+) \(pid (\d+)\) at (\S+?);?(?:\s|$)/gm;
  const named = [...text.matchAll(pattern)].map(([, url = "", user = "", host = "", pid, since = ""]) => {
    return { url, host, pid: Number(pid), user, since };
  });
  return [...new Map(named.map((lock) => [lock.url, lock])).values()];
}

/** How a lock's owner is named, and has to be repeated to break it by force. */
export function lockOwnerId({ host, pid }: StackLock): string {
  return `${host}:${pid}`;
}
