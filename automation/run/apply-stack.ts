import { ConcurrentUpdateError, type Stack } from "@pulumi/pulumi/automation";
import { AutomationError } from "../errors";
import type { OwnersPort } from "../ports/owners";
import { runOperation, type OperationName, type OperationOptions, type OperationReport } from "../stack/run-operation";
import { judgeLocks } from "../state/judge-locks";
import type { RecordedOwner } from "../state/lock-verdict";
import { removeLocks } from "../state/remove-locks";
import { readTag, tagStack } from "../state/run-tag";
import { settlePendingCreations } from "../state/settle-pending";
import { lockOwnerId } from "../state/stack-lock";

export interface ApplyDeps extends OperationOptions {
  readonly owners: OwnersPort;
  /** Is told how each operation before the last one ended. */
  readonly ended: (report: OperationReport) => void;
}

export interface ApplyOptions {
  /** Nobody knows what became of it: it is refreshed and previewed before. @default false */
  readonly unknown?: boolean;
  /** Who was at work on it last, where a journal says so. @default what the stack itself says */
  readonly before?: RecordedOwner;
}

/**
 * Brings a stack to what its program declares. A lock of a run that is proven to be gone is removed; one whose owner may be
 * at work makes it throw AutomationError. An unknown stack is refreshed, rid of pending creations and previewed before.
 */
export async function applyStack(deps: ApplyDeps, stack: Stack, options: ApplyOptions = {}): Promise<OperationReport> {
  const tagged = await readTag(stack);
  const recorded = [tagged, options.before].filter((record) => record !== undefined);
  const operate = async (operation: OperationName): Promise<OperationReport> => {
    // A lock that turns up now is of a run after this record: whoever finds it later can ask about this run.
    await tagStack(stack, { owner: await deps.owners.own(), at: new Date().toISOString() });
    try {
      return await runOperation(stack, operation, deps);
    } catch (fault) {
      if (!(fault instanceof AutomationError && fault.cause instanceof ConcurrentUpdateError)) throw fault;
      if (tagged) await tagStack(stack, tagged);
      await removeGoneLocks(deps.owners, stack, recorded, fault);
      return runOperation(stack, operation, deps);
    }
  };
  if (options.unknown) {
    const refreshed = await operate("refresh");
    if (refreshed.result !== "succeeded") return refreshed;
    deps.ended(refreshed);
    await settlePendingCreations(stack, () => operate("refresh"));
    const preview = await runOperation(stack, "preview", deps);
    if (preview.result !== "succeeded") return preview;
    deps.ended(preview);
  }
  return operate("up");
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
