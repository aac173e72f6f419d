import type { OutputMap } from "@pulumi/pulumi/automation";
import type { EnvironmentName } from "../stack/stack-for-branch";
import { withStack, type VerbDeps, type VerbOptions } from "./verb";

/** The outputs of an environment. */
export interface OutputsResult {
  readonly kind: "outputs";
  readonly environment: EnvironmentName;
  /** Secrets in clear: mask them before they are printed. */
  readonly outputs: OutputMap;
}

/** Reads the outputs that the last update of an environment recorded. */
export function outputs(deps: VerbDeps, options: VerbOptions): Promise<OutputsResult> {
  return withStack(
    deps,
    options,
    { absent: "refuse", stateOnly: true, readOnly: true },
    async ({ environment, stack }) => ({
      kind: "outputs",
      environment,
      outputs: await stack.outputs(),
    }),
  );
}
