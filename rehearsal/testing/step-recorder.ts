import type { EngineEvent as SdkEngineEvent } from "@pulumi/pulumi/automation";
import type { StepOp } from "../engine/deployment/step";
import { nameOf } from "../engine/deployment/urn";
import type { EngineEvent, Severity, StepEventMetadata } from "../engine/events/engine-event";
import type { PropertyDiffKind } from "../engine/provider/provider";
import { isOfProgram } from "./program-resource";

/** What an operation did, or in a preview would do, to one resource. */
export interface RecordedStep {
  /** `create`, `update`, `delete`, `same`, …; a replacement is `create-replacement`, `replace` and `delete-replaced`. */
  readonly op: StepOp;
  readonly urn: string;
  /** Type token, such as `aws:s3/bucket:Bucket`. */
  readonly type: string;
  /** Name of the resource in the program. */
  readonly name: string;
  /** How each changed property differs, by its path; empty where nothing does or the provider does not tell. */
  readonly detailedDiff: Readonly<Record<string, PropertyDiffKind>>;
  /** Top-level properties that made a replacement necessary. */
  readonly replaceKeys: readonly string[];
  /** `begun`: the operation ended before the step did. */
  readonly status: "begun" | "succeeded" | "failed";
}

/** A message that a program, a provider or the engine had for people; secrets in it are masked. */
export interface RecordedMessage {
  readonly severity: Severity;
  /** Empty where the message concerns no resource. */
  readonly urn: string;
  readonly text: string;
}

/** Gathers what the events of one operation tell of the program's resources; the stack itself and default providers are left out. */
export class StepRecorder {
  readonly messages: RecordedMessage[] = [];
  changes: Readonly<Partial<Record<StepOp, number>>> = {};
  private readonly recorded: { -readonly [key in keyof RecordedStep]: RecordedStep[key] }[] = [];

  get steps(): readonly RecordedStep[] {
    return this.recorded;
  }

  readonly record = (received: SdkEngineEvent): void => {
    // The SDK's declaration of an event lags behind what it passes on.
    const event = received as unknown as EngineEvent;
    if (event.resourcePreEvent) this.begin(event.resourcePreEvent.metadata);
    if (event.resOutputsEvent) this.end(event.resOutputsEvent.metadata, "succeeded");
    if (event.resOpFailedEvent) this.end(event.resOpFailedEvent.metadata, "failed");
    if (event.summaryEvent) this.changes = event.summaryEvent.resourceChanges;
    const { diagnosticEvent } = event;
    if (diagnosticEvent && !diagnosticEvent.ephemeral) {
      const { severity, urn = "", message } = diagnosticEvent;
      this.messages.push({ severity, urn, text: message.trimEnd() });
    }
  };

  private begin(metadata: StepEventMetadata): void {
    if (!isOfProgram(metadata.urn)) return;
    const { urn, type } = metadata;
    this.recorded.push({ urn, type, name: nameOf(urn), status: "begun", ...differences(metadata) });
  }

  /** Steps of one resource follow each other, so that the end belongs to the first that has none. */
  private end(metadata: StepEventMetadata, status: RecordedStep["status"]): void {
    const step = this.recorded.find(({ urn, status }) => urn === metadata.urn && status === "begun");
    // A refresh tells only at its end what it was.
    if (step) Object.assign(step, { status, ...differences(metadata) });
  }
}

function differences({
  op,
  keys,
  detailedDiff,
}: StepEventMetadata): Pick<RecordedStep, "op" | "detailedDiff" | "replaceKeys"> {
  const kinds = Object.entries(detailedDiff ?? {}).map(([path, { diffKind }]) => [path, diffKind] as const);
  return { op, detailedDiff: Object.fromEntries(kinds), replaceKeys: keys ?? [] };
}
