import { runOperation } from "../stack/run-operation";
import { operationResult, withStack, type OperationResult, type VerbDeps, type VerbOptions } from "./verb";

/** Brings an environment to what the program declares. */
export function up(deps: VerbDeps, options: VerbOptions): Promise<OperationResult> {
  return withStack(deps, options, { absent: "create" }, async ({ environment, stack }) =>
    operationResult(environment, await runOperation(stack, "up", deps)),
  );
}
