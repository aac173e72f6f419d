import type { CancelResult } from "../commands/cancel";
import type { LockVerdict } from "../state/lock-verdict";
import { lockOwnerId } from "../state/stack-lock";
import type { Presenter } from "../verbs/verb-definition";

/** Tells which locks are gone, or whose are in the way. */
export const presentCancel: Presenter<CancelResult> = {
  exit: ({ kind }) => (kind === "refused" ? "refused" : "done"),
  lines: (result) => {
    const { kind, environment } = result;
    switch (kind) {
      case "unlocked":
        return [`${environment} is not locked`];
      case "cancelled":
        return [`the lock of ${environment} is removed:`, ...result.removed.map(describe)];
      case "refused":
        return [
          `cancel is refused: whoever holds the lock of ${environment} may be at work`,
          ...result.locks.map(describe),
          "next: wait for it to end; where you know that it is gone, repeat its owner: " +
            `trunkline cancel --force ${result.locks.map(({ lock }) => lockOwnerId(lock)).join(" --force ")}`,
        ];
    }
  },
  json: (result) => result,
};

function describe({ lock, reason }: LockVerdict): string {
  return `  ${lockOwnerId(lock)}  of ${lock.user} since ${lock.since}: ${reason}`;
}
