import { stateDependencies } from "../bundle/resource-dependencies";
import { outputsOf, type StackOutputs } from "../outputs/read-outputs";
import { runOperation, type OperationReport } from "../stack/run-operation";
import type { EnvironmentName } from "../stack/stack-for-branch";
import { withStack, type VerbDeps, type VerbOptions } from "./verb";

/** How a rehearsal ended. */
export type RehearseResult =
  | {
      readonly kind: "rehearsed";
      readonly environment: EnvironmentName;
      /** Preview, update and second preview, in this order. */
      readonly reports: readonly OperationReport[];
      /** What each resource depends on, by URN. */
      readonly dependencies: ReadonlyMap<string, readonly string[]>;
      /** Secrets in clear: mask them before they are printed. */
      readonly outputs: StackOutputs;
      /** Where state lives. */
      readonly statePlace: string;
    }
  | {
      readonly kind: "failed";
      readonly environment: EnvironmentName;
      /** The operation that failed. */
      readonly report: OperationReport;
    }
  | {
      readonly kind: "unsettled";
      readonly environment: EnvironmentName;
      /** The second preview, which has changes although nothing was changed since the update. */
      readonly report: OperationReport;
    };

/**
 * Rehearses an environment: previews it, brings it up, and previews it again, which must find no changes. A branch that
 * deploys nowhere rehearses dev.
 */
export function rehearse(deps: VerbDeps, options: VerbOptions): Promise<RehearseResult> {
  const needs = { absent: "create", fallback: "dev" } as const;
  return withStack(deps, options, needs, async ({ environment, session, stack }) => {
    const reports: OperationReport[] = [];
    for (const operation of ["preview", "up", "preview"] as const) {
      const report = await runOperation(stack, operation, deps);
      deps.ended(report);
      if (report.result !== "succeeded") return { kind: "failed", environment, report };
      reports.push(report);
    }
    const last = reports.at(-1);
    if (last?.changed) return { kind: "unsettled", environment, report: last };
    const state = await stack.exportStack();
    const [dependencies, outputs] = [stateDependencies(state), outputsOf(state)];
    return { kind: "rehearsed", environment, reports, dependencies, outputs, statePlace: session.statePlace };
  });
}
