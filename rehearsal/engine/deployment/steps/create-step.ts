import { PartialFailure } from "../../provider/partial-failure";
import type { PropertyDiff } from "../../provider/provider";
import type { ResourceState } from "../../state/deployment-file";
import type { PropertyMap } from "../../values/property-value";
import { asError } from "../as-error";
import type { Deployment } from "../deployment";
import { providerOf } from "../provider-of";
import type { RegisterEvent } from "../source-event";
import type { Step, StepOutcome } from "../step";
import { now } from "../timestamp";
import { isDefaultProvider, nameOf } from "../urn";

/** What a creation replaces, and why. */
export interface Replacement {
  readonly old: ResourceState;
  readonly keys: readonly string[] | undefined;
  readonly diffs: readonly string[] | undefined;
  readonly detailedDiff: Readonly<Record<string, PropertyDiff>> | undefined;
  /** The old resource is deleted at the end of the operation; it has been deleted already otherwise. */
  readonly pendingDelete: boolean;
}

/** Creates a resource, or the replacement of one. */
export class CreateStep implements Step {
  readonly logical: boolean;
  readonly internal: boolean;

  constructor(
    private readonly deployment: Deployment,
    private readonly event: RegisterEvent,
    readonly next: ResourceState,
    private readonly replacement?: Replacement,
  ) {
    this.logical = !replacement;
    this.internal = isDefaultProvider(this.next.urn);
  }

  get op(): "create" | "create-replacement" {
    return this.replacement ? "create-replacement" : "create";
  }
  get urn(): string {
    return this.next.urn;
  }
  get old(): ResourceState | undefined {
    return this.replacement?.old;
  }
  get res(): ResourceState {
    return this.next;
  }
  get keys(): readonly string[] | undefined {
    return this.replacement?.keys;
  }
  get diffs(): readonly string[] | undefined {
    return this.replacement?.diffs;
  }
  get detailedDiff(): Readonly<Record<string, PropertyDiff>> | undefined {
    return this.replacement?.detailedDiff;
  }

  async apply(): Promise<StepOutcome> {
    let failure: PartialFailure | undefined;
    if (this.next.custom) {
      try {
        const { id, outputs } = await providerOf(this.deployment, this.next).create({
          urn: this.urn,
          type: this.next.type,
          name: nameOf(this.urn),
          inputs: this.next.inputs ?? {},
          preview: this.deployment.options.dryRun,
          timeoutSeconds: this.next.customTimeouts?.create ?? 0,
        });
        this.created(id, outputs);
      } catch (error) {
        if (!(error instanceof PartialFailure)) return { status: "unknown", error: asError(error) };
        failure = error;
        this.created(error.id, error.outputs);
        this.next.initErrors = [...error.reasons];
      }
    }
    this.next.created = this.next.modified = now();
    if (this.replacement?.pendingDelete) this.replacement.old.delete = true;
    if (failure) return { status: "partial", error: failure };
    return { status: "ok", complete: () => this.event.done({ state: this.next, result: "success" }) };
  }

  fail(): void {
    this.event.done({ state: this.next, result: "failed" });
  }

  skip(): void {
    this.event.done({ state: this.next, result: "skipped" });
  }

  private created(id: string, outputs: PropertyMap): void {
    if (id) this.next.id = id;
    this.next.outputs = outputs;
    // The answer would ask for it again: none of the providers here does.
    delete this.next.refreshBeforeUpdate;
  }
}
