import type { CancelResult } from "../commands/cancel";
import type { Presenter } from "../verbs/verb-definition";

/** Tells that a lock is gone. */
export const presentCancel: Presenter<CancelResult> = {
  exit: () => "done",
  lines: ({ environment }) => [`the lock of ${environment} is removed`],
  json: (result) => result,
};
