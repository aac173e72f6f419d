import { AutomationError } from "../errors";
import { judgeLocks } from "../state/judge-locks";
import type { LockVerdict } from "../state/lock-verdict";
import { removeLocks } from "../state/remove-locks";
import { readTag } from "../state/run-tag";
import { lockOwnerId } from "../state/stack-lock";
import type { EnvironmentName } from "../stack/stack-for-branch";
import { withStack, type VerbDeps, type VerbOptions } from "./verb";

export interface CancelOptions extends VerbOptions {
  /** Ids of owners whose locks are removed although they may be at work. @default only locks whose owner is proven gone */
  readonly force?: readonly string[];
}

/** How a cancellation ended. */
export type CancelResult =
  | { readonly kind: "cancelled"; readonly environment: EnvironmentName; readonly removed: readonly LockVerdict[] }
  | { readonly kind: "unlocked"; readonly environment: EnvironmentName }
  /** An owner may be at work: nothing was removed. */
  | { readonly kind: "refused"; readonly environment: EnvironmentName; readonly locks: readonly LockVerdict[] };

/**
 * Removes the locks that a run which ended early has left on an environment: those whose owner is proven to be gone, and
 * those whose owner's id is repeated. All of them or none. Throws a usage error for an id that no lock has.
 */
export function cancel(deps: VerbDeps, options: CancelOptions): Promise<CancelResult> {
  return withStack(deps, options, { absent: "refuse", stateOnly: true }, async ({ environment, stack }) => {
    const recorded = await readTag(stack);
    const locks = await judgeLocks(deps.owners, stack, recorded ? [recorded] : []);
    const forced = new Set(options.force);
    const foreign = [...forced].find((id) => !locks.some(({ lock }) => lockOwnerId(lock) === id));
    if (foreign !== undefined) {
      const there = locks.map(({ lock }) => lockOwnerId(lock)).join(", ") || "none";
      throw new AutomationError(
        "usage",
        `no lock of ${environment} belongs to "${foreign}", the owners are: ${there}`,
        {
          hint: "look again who holds it: trunkline cancel without --force changes nothing while an owner may be at work",
        },
      );
    }
    if (locks.length === 0) return { kind: "unlocked", environment };
    const held = locks.filter(({ lock, gone }) => !gone && !forced.has(lockOwnerId(lock)));
    if (held.length > 0) return { kind: "refused", environment, locks: held };
    await removeLocks(
      stack,
      locks.map(({ lock }) => lock),
    );
    return { kind: "cancelled", environment, removed: locks };
  });
}
