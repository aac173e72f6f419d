import { AutomationError } from "../errors";
import { protectedResources, removeProtection } from "../stack/protection";
import { runOperation } from "../stack/run-operation";
import type { EnvironmentName } from "../stack/stack-for-branch";
import { operationResult, withStack, type OperationResult, type VerbDeps, type VerbOptions } from "./verb";

export interface DestroyOptions extends VerbOptions {
  /** Deletes protected resources and what a destroy would leave in the cloud as well; rehearsals only. @default false */
  readonly removeProtection?: boolean;
}

/** How a destroy ended. */
export type DestroyResult =
  | OperationResult
  | {
      readonly kind: "refused";
      readonly environment: EnvironmentName;
      /** URNs of the resources that are protected. */
      readonly protected: readonly string[];
    };

/** Deletes an environment. It is refused, before anything is deleted, while resources are protected. */
export function destroy(deps: VerbDeps, options: DestroyOptions): Promise<DestroyResult> {
  if (options.removeProtection && options.target === "cloud") {
    throw new AutomationError("usage", "--remove-protection works on a rehearsal only", {
      hint: "in a cloud, take protection off in the program and apply that first: it is reviewed there",
    });
  }
  return withStack(deps, options, { absent: "refuse" }, async ({ environment, session, stack }) => {
    if (options.removeProtection) await removeProtection(stack, session);
    else {
      const found = await protectedResources(stack);
      if (found.length > 0) return { kind: "refused", environment, protected: found };
    }
    return operationResult(environment, await runOperation(stack, "destroy", deps));
  });
}
