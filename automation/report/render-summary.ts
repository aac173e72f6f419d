import type { OperationName, OperationReport } from "../stack/run-operation";
import { CHANGE_WORDS } from "./change-words";
import type { ResourceChange } from "./operation-tree";

/** What an operation is called in a heading. */
export const OPERATION_TITLES: Readonly<Record<OperationName, string>> = {
  preview: "Preview",
  up: "Up",
  refresh: "Refresh",
  destroy: "Destroy",
};

/** One line that counts what an operation did or would do: `3 created, 1 updated, 12 unchanged in 0.8 s`. */
export function renderSummary({ operation, counts, changed, durationMs }: OperationReport): string {
  const planned = operation === "preview";
  const parts = Object.entries(CHANGE_WORDS).flatMap(([change, words]) => {
    const count = counts[change as ResourceChange] ?? 0;
    if (count === 0) return [];
    return [planned && change !== "same" ? `${count} to ${words.planned}` : `${count} ${words.done}`];
  });
  const told = parts.length > 0 ? parts.join(", ") : "nothing to do";
  return `${changed ? "" : "no changes: "}${told} in ${(durationMs / 1000).toFixed(1)} s`;
}
