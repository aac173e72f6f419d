import type { Stack } from "@pulumi/pulumi/automation";
import type { OwnersPort } from "../ports/owners";
import { judgeLock, type LockVerdict, type RecordedOwner } from "./lock-verdict";
import { readLocks } from "./read-locks";

/**
 * The locks of a stack, each with whether its owner is proven to be gone by what is `recorded`; `refusal` is what an engine
 * said that found the stack locked.
 */
export async function judgeLocks(
  owners: OwnersPort,
  stack: Stack,
  recorded: readonly RecordedOwner[],
  refusal?: string,
): Promise<readonly LockVerdict[]> {
  const locks = await readLocks(stack, refusal);
  return Promise.all(locks.map((lock) => judgeLock(owners, lock, recorded)));
}
