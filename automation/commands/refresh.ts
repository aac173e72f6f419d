import { runOperation } from "../stack/run-operation";
import { operationResult, withStack, type OperationResult, type VerbDeps, type VerbOptions } from "./verb";

/** Takes over into the state what the environment is like in the cloud. */
export function refresh(deps: VerbDeps, options: VerbOptions): Promise<OperationResult> {
  return withStack(deps, options, { absent: "refuse" }, async ({ environment, stack }) =>
    operationResult(environment, await runOperation(stack, "refresh", deps)),
  );
}
