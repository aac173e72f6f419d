import { ConcurrentUpdateError, type Stack } from "@pulumi/pulumi/automation";
import { AutomationError } from "../errors";
import type { OwnersPort } from "../ports/owners";
import type { OperationReport } from "../stack/run-operation";
import { judgeLocks } from "../state/judge-locks";
import type { RecordedOwner } from "../state/lock-verdict";
import { removeLocks } from "../state/remove-locks";
import { readTag, tagStack } from "../state/run-tag";
import { lockOwnerId } from "../state/stack-lock";

/** Carries an operation out that locks the stack. */
export type OwnedOperation = (operation: () => Promise<OperationReport>) => Promise<OperationReport>;

/**
 * Prepares operations on a stack that lock it: each records beside the state whose lock it is. A lock of a run that is proven
 * to be gone, by its stack's own record or by what is known `before`, is removed, and the operation carried out once more;
 * one whose owner may be at work makes it throw AutomationError.
 */
export async function ownedOperations(
  owners: OwnersPort,
  stack: Stack,
  before?: RecordedOwner,
): Promise<OwnedOperation> {
  const tagged = await readTag(stack);
  const recorded = [tagged, before].filter((record) => record !== undefined);
  return async (operation) => {
    // A lock that turns up now is of a run after this record: whoever finds it later can ask about this run.
    const record = async () => tagStack(stack, { owner: await owners.own(), at: new Date().toISOString() });
    await record();
    try {
      return await operation();
    } catch (fault) {
      if (!(fault instanceof AutomationError && fault.cause instanceof ConcurrentUpdateError)) throw fault;
      if (tagged) await tagStack(stack, tagged);
      await removeGoneLocks(owners, stack, recorded, fault);
      await record();
      return operation();
    }
  };
}

/** Removes the locks of a stack where every owner is proven to be gone; else throws a refusal that names them. */
async function removeGoneLocks(
  owners: OwnersPort,
  stack: Stack,
  recorded: readonly RecordedOwner[],
  refusal: AutomationError,
): Promise<void> {
  const verdicts = await judgeLocks(owners, stack, recorded, String(refusal.cause));
  const held = verdicts.filter(({ gone }) => !gone);
  if (held.length > 0) {
    const who = held.map(({ lock, reason }) => `${lockOwnerId(lock)} of ${lock.user} since ${lock.since} (${reason})`);
    throw new AutomationError("fault", `${refusal.message}\nheld by ${who.join(", ")}`, refusal);
  }
  await removeLocks(
    stack,
    verdicts.map(({ lock }) => lock),
  );
}
