import { PartialFailure } from "../../provider/partial-failure";
import type { DiffResult, PropertyDiff } from "../../provider/provider";
import type { ResourceState } from "../../state/deployment-file";
import { asError } from "../as-error";
import type { Deployment } from "../deployment";
import { providerOf } from "../provider-of";
import type { RegisterEvent } from "../source-event";
import type { Step, StepOutcome } from "../step";
import { now } from "../timestamp";
import { isDefaultProvider, nameOf } from "../urn";

/** Changes a resource in place. */
export class UpdateStep implements Step {
  readonly op = "update";
  readonly logical = true;
  readonly internal: boolean;

  constructor(
    private readonly deployment: Deployment,
    private readonly event: RegisterEvent,
    readonly old: ResourceState,
    readonly next: ResourceState,
    private readonly diff: DiffResult,
    private readonly ignoreChanges: readonly string[],
  ) {
    this.internal = isDefaultProvider(this.next.urn);
  }

  get urn(): string {
    return this.next.urn;
  }
  get res(): ResourceState {
    return this.next;
  }
  get diffs(): readonly string[] | undefined {
    return this.diff.changedKeys;
  }
  get detailedDiff(): Readonly<Record<string, PropertyDiff>> | undefined {
    return this.diff.detailedDiff;
  }

  async apply(): Promise<StepOutcome> {
    if (this.old.id !== undefined) this.next.id = this.old.id;
    this.next.created = this.old.created;
    this.next.modified = this.old.modified;
    let failure: PartialFailure | undefined;
    if (this.next.custom) {
      try {
        const { outputs } = await providerOf(this.deployment, this.next).update({
          urn: this.urn,
          type: this.next.type,
          name: nameOf(this.urn),
          id: this.old.id ?? "",
          oldInputs: this.old.inputs ?? {},
          oldOutputs: this.old.outputs ?? {},
          newInputs: this.next.inputs ?? {},
          ignoreChanges: this.ignoreChanges,
          preview: this.deployment.options.dryRun,
          timeoutSeconds: this.next.customTimeouts?.update ?? 0,
        });
        this.next.outputs = outputs;
      } catch (error) {
        if (!(error instanceof PartialFailure)) return { status: "unknown", error: asError(error) };
        failure = error;
        this.next.outputs = error.outputs;
        this.next.initErrors = [...error.reasons];
      }
      delete this.next.refreshBeforeUpdate;
      this.next.modified = now();
    }
    if (failure) return { status: "partial", error: failure };
    return { status: "ok", complete: () => this.event.done({ state: this.next, result: "success" }) };
  }

  fail(): void {
    this.event.done({ state: this.next, result: "failed" });
  }

  skip(): void {
    this.event.done({ state: this.next, result: "skipped" });
  }
}
