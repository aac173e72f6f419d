import { rm } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import type { Stack } from "@pulumi/pulumi/automation";
import type { StackLock } from "./stack-lock";

/**
 * Removes locks of a stack. In a directory just these: whoever takes the lock at this moment keeps it. Elsewhere the engine
 * removes all that the stack has.
 */
export async function removeLocks(stack: Stack, locks: readonly StackLock[]): Promise<void> {
  if (!locks.every(({ url }) => url.startsWith("file://"))) return stack.cancel();
  for (const { url } of locks) await rm(fileURLToPath(url), { force: true });
}
