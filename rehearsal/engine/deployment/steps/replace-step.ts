import type { PropertyDiff } from "../../provider/provider";
import type { ResourceState } from "../../state/deployment-file";
import type { Step, StepOutcome } from "../step";
import { isDefaultProvider } from "../urn";

/** Stands for a replacement as a whole in reports; creation and deletion are steps of their own. */
export class ReplaceStep implements Step {
  readonly op = "replace";
  readonly logical = true;
  readonly internal: boolean;

  constructor(
    readonly old: ResourceState,
    readonly next: ResourceState,
    readonly keys?: readonly string[],
    readonly diffs?: readonly string[],
    readonly detailedDiff?: Readonly<Record<string, PropertyDiff>>,
  ) {
    this.internal = isDefaultProvider(this.next.urn);
  }

  get urn(): string {
    return this.next.urn;
  }
  get res(): ResourceState {
    return this.next;
  }

  async apply(): Promise<StepOutcome> {
    return { status: "ok" };
  }

  fail(): void {
    // The creation tells the program.
  }

  skip(): void {
    // The creation tells the program.
  }
}
