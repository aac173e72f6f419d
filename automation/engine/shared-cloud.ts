import type { SimulatedCloud } from "../../rehearsal/cloud/simulated-cloud";

interface OpenCloud {
  readonly cloud: Promise<SimulatedCloud>;
  users: number;
}

/** A simulated cloud that is used together with other sessions of this process. */
export interface CloudLease {
  readonly cloud: SimulatedCloud;
  /** Gives it up; the last user closes it. */
  close(): Promise<void>;
}

const opened = new Map<string, OpenCloud>();
const closing = new Map<string, Promise<void>>();

/**
 * The simulated cloud in a file, opened once for all sessions of this process: stacks that run at the same time are
 * created in one cloud, which no two processes may have open.
 */
export async function shareCloud(file: string, open: () => Promise<SimulatedCloud>): Promise<CloudLease> {
  await closing.get(file);
  const entry = opened.get(file) ?? { cloud: open(), users: 0 };
  opened.set(file, entry);
  entry.users += 1;
  let given = false;
  try {
    return {
      cloud: await entry.cloud,
      close: async () => {
        if (given) return;
        given = true;
        await release(file, entry);
      },
    };
  } catch (error) {
    if (opened.get(file) === entry) opened.delete(file);
    throw error;
  }
}

async function release(file: string, entry: OpenCloud): Promise<void> {
  entry.users -= 1;
  if (entry.users > 0) return;
  opened.delete(file);
  const closed = entry.cloud.then((cloud) => cloud.close()).finally(() => closing.delete(file));
  closing.set(file, closed);
  await closed;
}
