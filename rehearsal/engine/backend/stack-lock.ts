import { randomUUID } from "node:crypto";
import { hostname, userInfo } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { EngineError } from "../engine-error";
import { listBlobs, readBlob, removeBlob } from "./blob";
import { writeFileDurably } from "./durable-file";
import { foldJournal } from "./fold-journal";
import { isProvenGone, ownProcess, type ProcessIdentity } from "./process-identity";
import { removeLeftovers } from "./remove-leftovers";
import type { StackReference } from "./stack-reference";
import type { StateDirectory } from "./state-directory";

/** Who holds a lock. */
interface LockContent {
  readonly pid: number;
  readonly username: string;
  readonly hostname: string;
  /** RFC 3339 */
  readonly timestamp: string;
  /** Not in locks of the CLI, which ignores it in ours. Undefined where the system does not say. */
  readonly owner?: ProcessIdentity;
}

/** A lock that is held until it is released. */
export interface StackLock {
  release(): Promise<void>;
}

/** How often a lock is tried for where others try at the same moment. */
const ATTEMPTS = 6;

/**
 * Takes the lock of a stack, and brings what an interrupted operation left behind into its checkpoint. Of those that try
 * at the same time at most one succeeds: each looks, writes its own lock file, and looks again. A lock is taken over where
 * its owner is proven to be gone, unless the directory refuses that; `warn` is told. Throws EngineError with the CLI's text and exit code 1 where others
 * hold it; `cancel` removes such a lock.
 * @see https://github.com/pulumi/pulumi/blob/master/pkg/backend/diy/lock.go
 */
export async function lockStack(
  directory: StateDirectory,
  stack: StackReference,
  warn: (message: string) => void,
): Promise<StackLock> {
  const file = await takeLock(directory, stack, warn);
  try {
    await removeLeftovers(directory, stack);
    await foldJournal(directory, stack, warn);
  } catch (fault) {
    await removeBlob(file);
    throw fault;
  }
  return { release: () => removeBlob(file) };
}

async function takeLock(
  directory: StateDirectory,
  stack: StackReference,
  warn: (message: string) => void,
): Promise<string> {
  const name = `${randomUUID()}.json`;
  const file = join(directory.lockDirectory(stack), name);
  const content = JSON.stringify(await ownLock());
  for (let attempt = 1; ; attempt++) {
    if (directory.staleLocks === "take-over") await takeOver(directory, stack, warn);
    await refuseOthers(directory, stack, name);
    await writeFileDurably(file, content);
    try {
      await refuseOthers(directory, stack, name);
      return file;
    } catch (fault) {
      await removeBlob(file);
      if (attempt === ATTEMPTS) throw fault;
    }
    // Another has tried at the same moment, and gives way too: whoever comes back first has the lock.
    await setTimeout(Math.random() * 20 * attempt);
  }
}

/** Removes locks whose owners are gone; each has a name of its own, so that none can be another's by now. */
async function takeOver(
  directory: StateDirectory,
  stack: StackReference,
  warn: (message: string) => void,
): Promise<void> {
  const folder = directory.lockDirectory(stack);
  for (const name of await listBlobs(folder)) {
    const lock = parseLock(await readBlob(join(folder, name)));
    if (!lock?.owner || !(await isProvenGone(lock.owner, lock.pid))) continue;
    await removeBlob(join(folder, name));
    warn(`the lock of a process that has ended was taken over: ${describe(lock)}`);
  }
}

/** Removes all locks of a stack, whoever holds them. */
export async function cancelLocks(directory: StateDirectory, stack: StackReference): Promise<void> {
  const folder = directory.lockDirectory(stack);
  for (const name of await listBlobs(folder)) await removeBlob(join(folder, name));
}

async function ownLock(): Promise<LockContent> {
  return {
    pid: process.pid,
    username: userInfo().username,
    hostname: hostname(),
    timestamp: new Date().toISOString(),
    owner: await ownProcess(),
  };
}

async function refuseOthers(directory: StateDirectory, stack: StackReference, own: string): Promise<void> {
  const folder = directory.lockDirectory(stack);
  const others = (await listBlobs(folder)).filter((name) => name.endsWith(".json") && name !== own);
  if (others.length === 0) return;
  const lines = await Promise.all(
    others.map(async (name) => {
      const file = join(folder, name);
      return `\n  ${directory.urlOf(file)}: ${describe(parseLock(await readBlob(file)))}`;
    }),
  );
  throw new EngineError(
    `the stack is currently locked by ${others.length} lock(s). Either wait for the other process(es) to end or delete ` +
      `the lock file with \`pulumi cancel\`.${lines.join("")}`,
  );
}

function parseLock(text: string | undefined): LockContent | undefined {
  try {
    return JSON.parse(text ?? "") as LockContent;
  } catch {
    return undefined;
  }
}

function describe(lock: LockContent | undefined): string {
  if (!lock) return "created by an unknown process (the file is not readable as a lock)";
  const time = String(lock.timestamp ?? "").replace(/\.\d+/, "");
  const ended = isGone(lock) ? "; that process has ended" : "";
  return `created by ${lock.username}@${lock.hostname} (pid ${lock.pid}) at ${time}${ended}`;
}

/** Whether the owner is known to be gone: only a process of this machine can be asked. */
function isGone(lock: LockContent): boolean {
  if (lock.hostname !== hostname() || !lock.pid) return false;
  try {
    process.kill(lock.pid, 0);
    return false;
  } catch (fault) {
    return (fault as NodeJS.ErrnoException).code === "ESRCH";
  }
}
