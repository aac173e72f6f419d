import { ownedOperations } from "../run/owned-operation";
import { runOperation } from "../stack/run-operation";
import { settlePendingCreations } from "../state/settle-pending";
import { operationResult, withStack, type OperationResult, type VerbDeps, type VerbOptions } from "./verb";

/**
 * Takes over into the state what the environment is like in the cloud, and finds out what became of creations that a killed
 * run has left pending, which the CLI's own refresh leaves as they are. Throws a refusal where nobody can tell.
 */
export function refresh(deps: VerbDeps, options: VerbOptions): Promise<OperationResult> {
  return withStack(deps, options, { absent: "refuse" }, async ({ environment, stack }) => {
    const operate = await ownedOperations(deps.owners, stack);
    const once = () => operate(() => runOperation(stack, "refresh", deps));
    let report = await once();
    if (report.result === "succeeded") {
      await settlePendingCreations(stack, async () => {
        deps.ended(report);
        return (report = await once());
      });
    }
    return operationResult(environment, report);
  });
}
