import type { ResourceState } from "../../state/deployment-file";
import { asError } from "../as-error";
import type { Deployment } from "../deployment";
import type { RegisterEvent } from "../source-event";
import type { Step, StepOutcome } from "../step";
import { isDefaultProvider, isProviderType } from "../urn";

/** Why a resource stays as it is. */
export type SameReason =
  /** It was compared and found unchanged. */
  | "unchanged"
  /** It is not among the targets. */
  | "untargeted"
  /** It would have been created, but is not among the targets, or the operation creates nothing. */
  | "skipped-create";

/** A resource stays as it is; what only the engine knows of it (parent, options, dependencies) may change. */
export class SameStep implements Step {
  readonly op = "same";
  readonly logical = true;
  readonly internal: boolean;

  constructor(
    private readonly deployment: Deployment,
    private readonly event: RegisterEvent | undefined,
    readonly old: ResourceState,
    readonly next: ResourceState,
    readonly reason: SameReason,
  ) {
    this.internal = isDefaultProvider(this.urn);
  }

  get urn(): string {
    return this.next.urn;
  }
  get res(): ResourceState {
    return this.next;
  }

  async apply(): Promise<StepOutcome> {
    if (this.old.id === undefined) delete this.next.id;
    else this.next.id = this.old.id;
    this.next.outputs = this.old.outputs;
    if (isProviderType(this.next.type) && this.reason === "unchanged") {
      // With the old inputs: a provider that calls a change of its configuration none has to go on with what it had.
      try {
        await this.deployment.registry.same({ ...this.next, inputs: this.old.inputs }, true);
      } catch (thrown) {
        throw new Error(`bad provider state for resource ${this.urn}: ${asError(thrown).message}`, { cause: thrown });
      }
    }
    const unknown = this.reason === "skipped-create";
    return { status: "ok", complete: () => this.event?.done({ state: this.next, result: "success", unknown }) };
  }

  fail(): void {
    this.event?.done({ state: this.next, result: "failed" });
  }

  skip(): void {
    this.event?.done({ state: this.next, result: "skipped" });
  }
}
