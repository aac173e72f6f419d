import { isDefaultProvider, isRootStack } from "../engine/deployment/urn";

/** Whether a resource is the program's own: not the stack, and not a provider that the engine made by itself. */
export function isOfProgram(urn: string): boolean {
  return !isRootStack(urn) && !isDefaultProvider(urn);
}
