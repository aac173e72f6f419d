import type { Deployment, Stack } from "@pulumi/pulumi/automation";
import { AutomationError } from "../errors";
import { resourcesOf, sameState } from "./same-state";

/**
 * Puts a stack's exported state into the same stack of another backend, and reads it back; one that is there already is
 * left as it is. Throws a refusal, with nothing changed, where the other backend has another state of that stack, and a
 * fault where what is read back differs.
 */
export async function moveState(state: Deployment, to: Stack, step: (text: string) => void): Promise<void> {
  const there = await to.exportStack();
  if (resourcesOf(there).length > 0 && !sameState(there, state)) {
    throw new AutomationError("refused", `the new backend has another state of ${to.name} already`, {
      hint: "see whose it is; where it is the right one, remove the local state and write the backend's URL by hand",
    });
  }
  if (resourcesOf(there).length === 0) {
    step("importing the state into the new backend");
    await to.importStack(state);
  }
  step("comparing the new backend's state with the local one");
  if (!sameState(await to.exportStack(), state)) {
    throw new AutomationError("fault", `the state of ${to.name} in the new backend differs from the one put there`, {
      hint: "the local state is untouched: see what wrote to the new backend, then run bootstrap again",
    });
  }
}
