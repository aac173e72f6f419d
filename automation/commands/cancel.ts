import type { EnvironmentName } from "../stack/stack-for-branch";
import { withStack, type VerbDeps, type VerbOptions } from "./verb";

/** The lock of an environment is gone. */
export interface CancelResult {
  readonly kind: "cancelled";
  readonly environment: EnvironmentName;
}

/** Removes the lock that a run which ended early has left on an environment. */
export function cancel(deps: VerbDeps, options: VerbOptions): Promise<CancelResult> {
  return withStack(deps, options, { absent: "refuse", stateOnly: true }, async ({ environment, stack }) => {
    await stack.cancel();
    return { kind: "cancelled", environment };
  });
}
