import type { Stack } from "@pulumi/pulumi/automation";
import type { OwnersPort } from "../ports/owners";
import { runOperation, type OperationReport } from "../stack/run-operation";
import type { RecordedOwner } from "../state/lock-verdict";
import { ownedOperations } from "./owned-operation";
import { settleStack, type SettleDeps } from "./settle-stack";

export interface ApplyDeps extends SettleDeps {
  readonly owners: OwnersPort;
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
  const operate = await ownedOperations(deps.owners, stack, options.before);
  if (options.unknown) {
    const unsettled = await settleStack(deps, stack, operate);
    if (unsettled) return unsettled;
    const preview = await runOperation(stack, "preview", deps);
    if (preview.result !== "succeeded") return preview;
    deps.ended(preview);
  }
  return operate(() => runOperation(stack, "up", deps));
}
