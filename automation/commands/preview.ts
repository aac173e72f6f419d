import { runOperation } from "../stack/run-operation";
import { operationResult, withStack, type OperationResult, type VerbDeps, type VerbOptions } from "./verb";

/** Shows what an update of an environment would change, and changes nothing. */
export function preview(deps: VerbDeps, options: VerbOptions): Promise<OperationResult> {
  return withStack(deps, options, { absent: "create", readOnly: true }, async ({ environment, stack }) =>
    operationResult(environment, await runOperation(stack, "preview", deps)),
  );
}
