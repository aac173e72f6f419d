import type { PendingOperation } from "../state/deployment-file";
import type { Diagnostics } from "./diagnostics";

/** Warns that an earlier operation was interrupted, and of which resources nobody knows what became. */
export function warnOfPendingOperations(diagnostics: Diagnostics, pending: readonly PendingOperation[]): void {
  if (pending.length === 0) return;
  const list = pending.map(({ resource, type }) => `  * ${resource.urn}, interrupted while ${type}\n`).join("");
  diagnostics.warning(
    "",
    `Attempting to deploy or update resources with ${pending.length} pending operations from previous deployment.\n` +
      list +
      "These resources are in an unknown state because the engine was interrupted while it waited for changes to them to " +
      "complete. Check with the provider whether the operations completed, then repair the stack with a refresh, which " +
      "clears pending operations; pending creations are kept until a refresh is told to clear them.",
  );
}
