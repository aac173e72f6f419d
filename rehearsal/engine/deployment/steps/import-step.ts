import { PartialFailure } from "../../provider/partial-failure";
import type { ReadResult } from "../../provider/provider";
import type { ResourceState } from "../../state/deployment-file";
import { copyResource } from "../resource-copy";
import { asError } from "../as-error";
import { BailError } from "../bail-error";
import type { Deployment } from "../deployment";
import { providerOf } from "../provider-of";
import type { RegisterEvent } from "../source-event";
import type { Step, StepOutcome } from "../step";
import { now } from "../timestamp";
import { nameOf, packageOf } from "../urn";

/** Takes an existing resource of the cloud into the state; what the program wants else comes in further steps. */
export class ImportStep implements Step {
  readonly internal = false;
  private imported: ResourceState | undefined;

  constructor(
    private readonly deployment: Deployment,
    private readonly event: RegisterEvent,
    /** A managed resource of that URN that gives way: it is deleted at the end. */
    private readonly original: ResourceState | undefined,
    readonly next: ResourceState,
    private readonly onImported: (outcome: ResourceState | Error) => void,
  ) {}

  get op(): "import" | "import-replacement" {
    return this.original ? "import-replacement" : "import";
  }
  get logical(): boolean {
    return !this.original;
  }
  get urn(): string {
    return this.next.urn;
  }
  /** The resource as it was found; there is no other old one to compare with. */
  get old(): ResourceState | undefined {
    return this.imported;
  }
  get res(): ResourceState {
    return this.next;
  }

  async apply(): Promise<StepOutcome> {
    try {
      await this.import();
    } catch (thrown) {
      const error = asError(thrown);
      this.onImported(error);
      return { status: "unknown", error };
    }
    return { status: "ok", complete: () => this.onImported(this.next) };
  }

  fail(): void {
    this.event.done({ state: this.next, result: "failed" });
  }

  skip(): void {
    this.event.done({ state: this.next, result: "skipped" });
    this.onImported(new BailError(`the import of ${this.urn} was skipped`));
  }

  private async import(): Promise<void> {
    const state = this.next;
    const importId = state.importID ?? "";
    const found = await this.read(importId);
    if (!found) throw new Error(`resource '${importId}' does not exist`);
    if (!found.inputs) {
      throw new Error(
        `provider does not support importing resources; please try updating the '${packageOf(state.type)}' plugin`,
      );
    }
    state.id = found.id || importId;
    state.inputs = found.inputs;
    state.outputs = found.outputs;
    this.imported = copyResource(state);
    state.created = state.modified = now();
    if (this.original) this.original.delete = true;
  }

  private async read(id: string): Promise<ReadResult | undefined> {
    const { urn, type, customTimeouts } = this.next;
    try {
      return await providerOf(this.deployment, this.next).read({
        urn,
        type,
        name: nameOf(urn),
        id,
        inputs: {},
        outputs: {},
        timeoutSeconds: customTimeouts?.read ?? 0,
      });
    } catch (error) {
      if (!(error instanceof PartialFailure)) throw error;
      this.next.initErrors = [...error.reasons];
      return { id: error.id, inputs: error.inputs, outputs: error.outputs };
    }
  }
}
