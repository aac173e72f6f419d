import type { PropertyDiffKind } from "../provider/provider";
import type { StepOp } from "../deployment/step";
import type { PropertyMap } from "../values/property-value";

/** A resource before or after a step, as an event shows it. */
export interface EventState {
  readonly type: string;
  readonly urn: string;
  readonly custom?: boolean;
  readonly delete?: boolean;
  readonly id: string;
  readonly parent: string;
  readonly provider: string;
  readonly protect?: boolean;
  readonly external?: boolean;
  readonly retainOnDelete?: boolean;
  readonly inputs: PropertyMap;
  readonly outputs: PropertyMap;
  readonly initErrors?: readonly string[];
}

/** What an event tells of a step (`apitype.StepEventMetadata`). */
export interface StepEventMetadata {
  readonly op: StepOp;
  readonly urn: string;
  readonly type: string;
  readonly old: EventState | null;
  readonly new: EventState | null;
  readonly keys?: readonly string[];
  readonly diffs?: readonly string[];
  readonly detailedDiff: Readonly<Record<string, { diffKind: PropertyDiffKind; inputDiff: boolean }>> | null;
  readonly logical?: boolean;
  readonly provider: string;
}

export type Severity = "info" | "info#err" | "warning" | "error" | "debug";

/**
 * An engine event as the CLI writes it (`apitype.EngineEvent`); exactly one payload is set.
 * @see https://github.com/pulumi/pulumi/blob/master/sdk/go/common/apitype/events.go
 */
export interface EngineEvent {
  readonly sequence: number;
  /** Unix time in seconds. */
  readonly timestamp: number;
  readonly cancelEvent?: Record<string, never>;
  readonly diagnosticEvent?: {
    readonly urn?: string;
    readonly prefix?: string;
    readonly message: string;
    readonly color: string;
    readonly severity: Severity;
    readonly streamID?: number;
    readonly ephemeral?: boolean;
  };
  readonly preludeEvent?: { readonly config: Readonly<Record<string, string>> };
  readonly summaryEvent?: {
    readonly maybeCorrupt: boolean;
    readonly durationSeconds: number;
    readonly resourceChanges: Readonly<Partial<Record<StepOp, number>>>;
    readonly PolicyPacks: Readonly<Record<string, string>>;
    readonly isPreview: boolean;
    readonly result?: string;
  };
  readonly resourcePreEvent?: { readonly metadata: StepEventMetadata; readonly planning?: boolean };
  readonly resOutputsEvent?: { readonly metadata: StepEventMetadata; readonly planning?: boolean };
  readonly resOpFailedEvent?: { readonly metadata: StepEventMetadata; readonly status: number; readonly steps: number };
}

/** What an event carries; number and time are added when it is sent. */
export type EventPayload = Omit<EngineEvent, "sequence" | "timestamp">;
