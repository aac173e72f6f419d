import type { Stack } from "@pulumi/pulumi/automation";
import { runOperation, type OperationOptions, type OperationReport } from "../stack/run-operation";
import { settlePendingCreations } from "../state/settle-pending";
import type { OwnedOperation } from "./owned-operation";

export interface SettleDeps extends OperationOptions {
  /** Is told how each operation before the last one ended. */
  readonly ended: (report: OperationReport) => void;
}

/**
 * Finds out what became of a stack of which nobody knows: it is refreshed, and rid of pending creations. Answers the refresh
 * where it did not succeed; throws a refusal where nobody can tell what became of a creation.
 */
export async function settleStack(
  deps: SettleDeps,
  stack: Stack,
  operate: OwnedOperation,
): Promise<OperationReport | undefined> {
  const refresh = () => operate(() => runOperation(stack, "refresh", deps));
  const refreshed = await refresh();
  if (refreshed.result !== "succeeded") return refreshed;
  deps.ended(refreshed);
  await settlePendingCreations(stack, refresh);
  return undefined;
}
