import { PlanViolation } from "../plan/plan-violation";
import { BailError } from "./bail-error";
import type { Deployment } from "./deployment";
import type { SourceEvent } from "./source-event";
import type { StepExecutor } from "./step-executor";

/**
 * Takes the outputs of a component or of the stack in. Where they are not as planned the operation fails: the CLI does so
 * without a word; here a warning says why, so that there are as many errors as the CLI has.
 */
export async function takeOutputs(
  { diagnostics }: Deployment,
  executor: StepExecutor,
  event: SourceEvent & { readonly kind: "outputs" },
): Promise<void> {
  try {
    await executor.outputs(event);
  } catch (thrown) {
    if (!(thrown instanceof PlanViolation)) throw thrown;
    diagnostics.warning(event.urn, thrown.message);
    throw new BailError(thrown.message);
  }
}
