import type { Deployment, Stack } from "@pulumi/pulumi/automation";
import { SECRET_PARTS, withSecretParts } from "../../components/secret-parts";
import { ExportedState } from "../bundle/exported-state";
import { holdsSecret, isObject, masked, revealed, SecretValue, type PlainObject } from "../bundle/property-values";

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
  const outputs = withParts(new ExportedState(deployment).outputs);
  return Object.fromEntries(
    Object.entries(outputs).map(([name, value]) => [
      name,
      { value: revealed(value), secret: holdsSecret(value), masked: masked(value) },
    ]),
  );
}

/** Puts secret parts back into the sections that an environment took them out of. */
function withParts(outputs: PlainObject): PlainObject {
  const { [SECRET_PARTS]: secret, ...sections } = outputs;
  const values: unknown = secret instanceof SecretValue ? secret.value : undefined;
  if (!isObject(values)) return outputs;
  const parts = Object.entries(values).map(([pointer, value]) => [pointer, new SecretValue(value)] as const);
  return withSecretParts(sections, Object.fromEntries(parts)) as PlainObject;
}
