import { link, readFile, rename, rm, writeFile } from "node:fs/promises";
import { hostname } from "node:os";
import { isProvenGone, ownProcess, type ProcessIdentity } from "../../engine/backend/process-identity";
import { removeTemporaries, temporaryOf } from "../../engine/backend/temporary-file";
import { CloudError } from "../cloud-error";

interface Owner {
  readonly pid: number;
  readonly host: string;
  /** ISO 8601, UTC. */
  readonly since: string;
  /** Tells the process from a later one of its number; undefined where the system does not say. */
  readonly process?: ProcessIdentity;
}

/**
 * Makes this process the only one that may use the file, through `<file>.lock`; answers how to give that up.
 * The lock of a process that has died on this machine is taken over; any other makes it throw CloudError.
 */
export async function lockDocument(file: string): Promise<() => Promise<void>> {
  const lock = `${file}.lock`;
  const mine = temporaryOf(lock);
  const since = new Date().toISOString();
  const owner: Owner = { pid: process.pid, host: hostname(), since, process: await ownProcess() };
  const text = JSON.stringify(owner);
  try {
    for (let attempt = 0; attempt < 5; attempt++) {
      // Who has the lock removes what killed processes have left, and may take this for it.
      await writeFile(mine, text);
      if (await linked(mine, lock)) {
        await removeTemporaries(lock);
        return async () => {
          if ((await contentOf(lock)) === text) await rm(lock, { force: true });
        };
      }
      await removeIfStale(file, lock);
    }
  } finally {
    await rm(mine, { force: true });
  }
  throw new CloudError(`the simulated cloud in ${file} could not be locked: other processes keep taking it; try again`);
}

async function removeIfStale(file: string, lock: string): Promise<void> {
  const text = await contentOf(lock);
  if (text === undefined) return;
  const owner = ownerOf(text);
  if (owner === undefined) {
    throw new CloudError(`the lock ${lock} does not say who holds it; remove it if no rehearsal is running`);
  }
  if (!(await isGone(owner))) {
    const who =
      owner.pid === process.pid && owner.host === hostname() ? "this process" : `process ${owner.pid} on ${owner.host}`;
    throw new CloudError(
      `the simulated cloud in ${file} is in use by ${who} since ${owner.since}; ` +
        `wait until it has finished, or remove ${lock} if that process is gone`,
    );
  }
  const aside = temporaryOf(`${lock}.stale`);
  try {
    await rename(lock, aside);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return;
    throw error;
  }
  // Between reading and moving, another process may have taken the lock over: then it gets it back.
  if ((await contentOf(aside)) !== text) await linked(aside, lock);
  await rm(aside, { force: true });
}

/** False where the name is taken, or what was to get it is gone. */
async function linked(from: string, to: string): Promise<boolean> {
  try {
    await link(from, to);
    return true;
  } catch (error) {
    if (["EEXIST", "ENOENT"].includes((error as NodeJS.ErrnoException).code ?? "")) return false;
    throw error;
  }
}

async function contentOf(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
}

function ownerOf(text: string): Owner | undefined {
  try {
    const owner = JSON.parse(text) as Partial<Owner>;
    return typeof owner.pid === "number" && typeof owner.host === "string" ? (owner as Owner) : undefined;
  } catch {
    return undefined;
  }
}

/** Whether the owner is certainly gone. Without an identity only a number that no process of this machine has proves it. */
async function isGone({ pid, host, process: identity }: Owner): Promise<boolean> {
  if (identity) return await isProvenGone(identity, pid);
  if (host !== hostname()) return false;
  try {
    process.kill(pid, 0);
    return false;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "ESRCH";
  }
}
