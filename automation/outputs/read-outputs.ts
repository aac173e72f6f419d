import type { Deployment, Stack } from "@pulumi/pulumi/automation";
import { ExportedState } from "../bundle/exported-state";
import { holdsSecret, masked, revealed } from "../bundle/property-values";

/** An output of a stack. */
export interface StackOutput {
  /** In clear. */
  readonly value: unknown;
  /** Whether it is a secret, or has one in it. */
  readonly secret: boolean;
  /** The value with each secret in it masked. */
  readonly masked: unknown;
}

/** The outputs of a stack by name. */
export type StackOutputs = Readonly<Record<string, StackOutput>>;

/**
 * Reads the outputs of a stack from its state, with the secrets inside of them: the Automation API's `outputs` says of an
 * output only whether all of it is one.
 */
export async function readOutputs(stack: Pick<Stack, "exportStack">): Promise<StackOutputs> {
  return outputsOf(await stack.exportStack());
}

/** The outputs that an exported state has, secrets in clear. */
export function outputsOf(deployment: Deployment): StackOutputs {
  const { outputs } = new ExportedState(deployment);
  return Object.fromEntries(
    Object.entries(outputs).map(([name, value]) => [
      name,
      { value: revealed(value), secret: holdsSecret(value), masked: masked(value) },
    ]),
  );
}
