import type { ResourceState } from "../state/deployment-file";
import type { PropertyMap } from "../values/property-value";
import { isSecret, makeSecret } from "../values/secret-value";

/** The outputs with those marked secret that were asked to be, or that repeat a secret input. */
export function withSecretOutputs(state: ResourceState, outputs: PropertyMap): PropertyMap {
  let copy: PropertyMap | undefined;
  const mark = (key: string): void => {
    const value = outputs[key];
    if (value !== undefined && !isSecret(value)) (copy ??= { ...outputs })[key] = makeSecret(value);
  };
  for (const key of state.additionalSecretOutputs ?? []) if (key !== "id") mark(key);
  for (const [key, input] of Object.entries(state.inputs ?? {})) if (isSecret(input)) mark(key);
  return copy ?? outputs;
}
