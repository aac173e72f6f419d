import { PartialFailure } from "../../provider/partial-failure";
import type { ResourceState } from "../../state/deployment-file";
import { mapsEqual } from "../../values/property-equality";
import { isUnknown } from "../../values/unknown-value";
import { asError } from "../as-error";
import type { Deployment } from "../deployment";
import { providerOf } from "../provider-of";
import type { ReadEvent } from "../source-event";
import type { Step, StepOutcome } from "../step";
import { now } from "../timestamp";
import { nameOf } from "../urn";

/** Reads a resource that is not managed here; in previews too, unless its id is not known yet. */
export class ReadStep implements Step {
  readonly internal = false;

  constructor(
    private readonly deployment: Deployment,
    private readonly event: ReadEvent,
    readonly old: ResourceState | undefined,
    readonly next: ResourceState,
    /** A managed resource of that URN gives way: it is deleted at the end. */
    private readonly replacing: boolean,
  ) {}

  get op(): "read" | "read-replacement" {
    return this.replacing ? "read-replacement" : "read";
  }
  get logical(): boolean {
    return !this.replacing;
  }
  get urn(): string {
    return this.next.urn;
  }
  get res(): ResourceState {
    return this.next;
  }

  async apply(): Promise<StepOutcome> {
    let failure: PartialFailure | undefined;
    if (isUnknown(this.next.id)) {
      this.next.outputs = {};
    } else {
      try {
        const found = await this.read();
        if (!found) return { status: "ok", error: new Error(`resource '${this.next.id}' does not exist`) };
      } catch (error) {
        if (!(error instanceof PartialFailure)) return { status: "unknown", error: asError(error) };
        failure = error;
        this.next.outputs = error.outputs;
        if (error.id) this.next.id = error.id;
        this.next.initErrors = [...error.reasons];
      }
    }
    if (this.replacing && this.old) this.old.delete = true;
    this.keepTimes();
    const complete = (): void => this.event.done({ state: this.next, result: "success" });
    return failure ? { status: "partial", error: failure, complete } : { status: "ok", complete };
  }

  fail(): void {
    this.event.done({ state: this.next, result: "failed" });
  }

  skip(): void {
    this.event.done({ state: this.next, result: "skipped" });
  }

  private async read(): Promise<boolean> {
    const inputs = this.next.inputs ?? {};
    const found = await providerOf(this.deployment, this.next).read({
      urn: this.urn,
      type: this.next.type,
      name: nameOf(this.urn),
      id: this.next.id ?? "",
      inputs,
      outputs: inputs,
    });
    if (!found) return false;
    this.next.outputs = found.outputs;
    if (found.id) this.next.id = found.id;
    return true;
  }

  private keepTimes(): void {
    if (!this.old) return;
    this.next.created = this.old.created;
    this.next.modified = this.old.modified;
    const same =
      mapsEqual(this.next.inputs ?? {}, this.old.inputs ?? {}) &&
      mapsEqual(this.next.outputs ?? {}, this.old.outputs ?? {});
    if (!same) this.next.modified = now();
  }
}
