import type { OwnersPort } from "../ports/owners";
import type { RunOwner } from "./run-owner";
import { ownerId } from "./run-owner";
import type { StackLock } from "./stack-lock";

/** Whether the owner of a lock is proven to be gone, with what tells so or is missing. */
export interface LockVerdict {
  readonly lock: StackLock;
  readonly gone: boolean;
  readonly reason: string;
}

/** Who was about to lock the stack last, as a journal or the state's own tag has recorded. */
export interface RecordedOwner {
  readonly owner: RunOwner;
  /** When that was, ISO 8601; a lock of that owner is not older. */
  readonly at: string;
}

/** How far clocks of one network may differ, in milliseconds. */
const CLOCK_SKEW = 60_000;

/**
 * Judges whether the owner of a lock is gone. That is proven in three ways only: the lock names its process, and this
 * machine knows that it ended; the run that was about to take it ended here, and its engine's process too; or the run of
 * CI that was about to take it has ended, as CI says.
 */
export async function judgeLock(
  owners: OwnersPort,
  lock: StackLock,
  recorded: readonly RecordedOwner[],
): Promise<LockVerdict> {
  const verdict = (gone: boolean, reason: string) => ({ lock, gone, reason });
  if (lock.process) {
    if (await owners.isProcessGone(lock.process, lock.pid)) return verdict(true, "its process has ended");
    if (await owners.sharesNumbers(lock.process)) return verdict(false, "its process is alive");
  }
  for (const { owner, at } of recorded.filter((record) => isOf(lock, record))) {
    if (owner.process && (await owners.isProcessGone(owner.process, owner.pid))) {
      // The run is gone, its engine need not be: a killed CLI's children go on.
      if (owners.hasProcess(lock.pid)) return verdict(false, `process ${lock.pid} of a run that has ended is alive`);
      return verdict(true, `the run ${ownerId(owner)} that took it at ${at} has ended, and process ${lock.pid} too`);
    }
    if (owner.ciRun) {
      const ended = await owners.hasEnded(owner.ciRun);
      if (ended !== undefined)
        return verdict(ended, `the run ${ownerId(owner)} ${ended ? "has ended" : "is going on"}`);
    }
  }
  return verdict(
    false,
    lock.host === owners.host ? notOfOurs(owners, lock) : `nobody here can tell about ${lock.host}`,
  );
}

function isOf(lock: StackLock, { owner, at }: RecordedOwner): boolean {
  return owner.host === lock.host && Date.parse(at) <= Date.parse(lock.since) + CLOCK_SKEW;
}

function notOfOurs(owners: OwnersPort, { pid }: StackLock): string {
  if (owners.hasProcess(pid)) return `process ${pid} is alive`;
  return `there is no process ${pid} here, but a container of the same name may have one`;
}
