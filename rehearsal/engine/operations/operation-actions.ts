import type { StepActions } from "../deployment/deployment";
import type { StateRecorder } from "../deployment/state-recorder";
import type { Step, StepOutcome } from "../deployment/step";
import type { EventReporter } from "../events/event-reporter";
import type { StateWriter } from "./state-writer";

/** Reports each step, and, unless nothing may be changed, brings it into the state before anything relies on it. */
export class OperationActions implements StepActions {
  constructor(
    private readonly reporter: EventReporter,
    private readonly recorder: StateRecorder,
    /** Absent in previews. */
    private readonly writer: StateWriter | undefined,
  ) {}

  async before(step: Step): Promise<void> {
    this.reporter.before(step);
    if (this.writer && this.recorder.begin(step)) await this.writer.write();
  }

  async after(step: Step, outcome: StepOutcome): Promise<void> {
    this.reporter.after(step, outcome);
    if (outcome.status === "partial" && step.op === "update" && step.next) {
      // The next update has to see the difference again, and go on with it.
      step.next.inputs = { ...step.old?.inputs };
    }
    if (!this.writer) return;
    if (this.recorder.end(step, outcome)) await this.writer.write();
    else this.writer.postpone();
  }

  async outputs(step: Step): Promise<void> {
    this.reporter.outputs(step);
    if (!this.writer) return;
    if (this.recorder.outputsChanged(step)) await this.writer.write();
    else this.writer.postpone();
  }

  async rebuilt(): Promise<void> {
    await this.writer?.rewrite();
  }
}
