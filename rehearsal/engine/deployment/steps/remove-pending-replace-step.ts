import type { ResourceState } from "../../state/deployment-file";
import type { Step, StepOutcome } from "../step";

/** Forgets a resource that was deleted for a replacement which never came. */
export class RemovePendingReplaceStep implements Step {
  readonly op = "remove-pending-replace";
  readonly logical = false;
  readonly internal = true;
  readonly next = undefined;

  constructor(readonly old: ResourceState) {}

  get urn(): string {
    return this.old.urn;
  }
  get res(): ResourceState {
    return this.old;
  }

  async apply(): Promise<StepOutcome> {
    return { status: "ok" };
  }

  fail(): void {
    // No program waits for it.
  }

  skip(): void {
    // No program waits for it.
  }
}
