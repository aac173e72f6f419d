import type { Stack } from "@pulumi/pulumi/automation";
import type { OwnersPort } from "../ports/owners";
import { judgeLock, type LockVerdict, type RecordedOwner } from "./lock-verdict";
import { readLocks } from "./read-locks";
import { readTag } from "./run-tag";

/** The locks of a stack, each with whether its owner is proven to be gone. */
export async function judgeLocks(
  owners: OwnersPort,
  stack: Stack,
  recorded: readonly RecordedOwner[] = [],
): Promise<readonly LockVerdict[]> {
  const locks = await readLocks(stack);
  if (locks.length === 0) return [];
  const tagged = await readTag(stack);
  const known = tagged ? [tagged, ...recorded] : recorded;
  return Promise.all(locks.map((lock) => judgeLock(owners, lock, known)));
}
