import type { Diagnostics } from "../deployment/diagnostics";
import type { Step, StepOp, StepOutcome } from "../deployment/step";
import { ReadStep } from "../deployment/steps/read-step";
import { RefreshStep } from "../deployment/steps/refresh-step";
import { PartialFailure } from "../provider/partial-failure";
import { mapsEqual } from "../values/property-equality";
import type { EventPayload, Severity } from "./engine-event";
import type { EventLog } from "./event-log";
import type { SecretFilter } from "./secret-filter";
import { stepMetadata } from "./step-metadata";

/** A message that people are to read. */
export interface Diagnostic {
  readonly urn: string;
  readonly severity: Severity;
  readonly message: string;
}

/** Tells what an operation does, to the event log and for the text at its end, and counts it. */
export class EventReporter implements Diagnostics {
  /** How often each kind of step was done. */
  readonly changes: Partial<Record<StepOp, number>> = {};
  readonly diagnostics: Diagnostic[] = [];
  private sequence = 0;
  private steps = 0;

  constructor(
    private readonly log: EventLog | undefined,
    readonly filter: SecretFilter,
    private readonly options: {
      readonly planning: boolean;
      /** A refresh is counted by what it found. */
      readonly refreshing: boolean;
      readonly debug: boolean;
    },
  ) {}

  send(payload: EventPayload): void {
    this.log?.write({ sequence: this.sequence++, timestamp: Math.floor(Date.now() / 1000), ...payload });
  }

  error(urn: string, message: string): void {
    this.diagnose("error", urn, message);
  }

  warning(urn: string, message: string): void {
    this.diagnose("warning", urn, message);
  }

  info(urn: string, message: string): void {
    this.diagnose("info", urn, message);
  }

  /** Reports a message; ephemeral ones are progress, not part of the result. */
  diagnose(severity: Severity, urn: string, text: string, streamID = 0, ephemeral = false): void {
    if (severity === "debug" && !this.options.debug) return;
    const message = this.filter.mask(text);
    if (!ephemeral) this.diagnostics.push({ urn, severity, message });
    if (!this.log) return;
    const prefix = severity === "info" || severity === "info#err" ? "" : `${severity}: `;
    const diagnosticEvent = { urn, prefix, message, color: "raw", severity, streamID, ephemeral };
    this.send({
      diagnosticEvent: {
        ...diagnosticEvent,
        ...(urn ? {} : { urn: undefined }),
        ...(ephemeral ? {} : { ephemeral: undefined }),
      },
    });
  }

  before(step: Step): void {
    if (!this.log) return;
    this.send({ resourcePreEvent: { metadata: stepMetadata(step, this.filter), ...this.planning() } });
  }

  after(step: Step, outcome: StepOutcome): void {
    if (outcome.error) {
      this.failed(step, outcome);
      return;
    }
    const op = step instanceof RefreshStep && this.options.refreshing ? step.resultOp : step.op;
    if (this.counts(step)) {
      this.steps++;
      this.changes[op] = (this.changes[op] ?? 0) + 1;
    }
    const shown = this.options.planning || step.res.custom || step.op === "delete" || op !== step.op;
    if (shown) this.outputs(step, op);
  }

  /** The outputs of a resource are known. */
  outputs(step: Step, op: StepOp = step.op): void {
    if (!this.log) return;
    this.send({ resOutputsEvent: { metadata: stepMetadata(step, this.filter, op), ...this.planning() } });
  }

  /** Closes the operation's report. */
  finish(result: "succeeded" | "failed", startedAt: number): void {
    this.send({
      summaryEvent: {
        maybeCorrupt: false,
        durationSeconds: Math.ceil((Date.now() - startedAt) / 1000),
        resourceChanges: this.changes,
        PolicyPacks: {},
        isPreview: this.options.planning,
        result,
      },
    });
  }

  private failed(step: Step, { error, status }: StepOutcome): void {
    const urn = step.internal ? "" : step.urn;
    const message = describeError(error!);
    if (this.options.planning) {
      this.error(urn, `Preview failed: ${message}`);
      return;
    }
    this.error(urn, message);
    const code = status === "ok" ? 0 : status === "partial" ? 1 : 2;
    this.send({
      resOpFailedEvent: { metadata: stepMetadata(step, this.filter), status: code, steps: this.steps },
    });
  }

  private counts(step: Step): boolean {
    if (step.internal) return false;
    if (step instanceof RefreshStep) return this.options.refreshing;
    // A read that found what is known already is no change.
    if (step instanceof ReadStep && step.op === "read") {
      const { old, next } = step;
      return !!old?.outputs && !!next.outputs && !mapsEqual(old.outputs, next.outputs);
    }
    return step.logical;
  }

  private planning(): { planning?: true } {
    return this.options.planning ? { planning: true } : {};
  }
}

/** The text of a step's error; a partial failure lists what did not become ready. */
function describeError(error: Error): string {
  if (!(error instanceof PartialFailure)) return error.message;
  const count = error.reasons.length;
  return `${count} error${count === 1 ? "" : "s"} occurred:\n${error.reasons.map((reason) => `\t* ${reason}`).join("\n")}\n\n`;
}
