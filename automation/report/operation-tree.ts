import { isDeepStrictEqual } from "node:util";
import type { EngineEvent, StepEventMetadata } from "@pulumi/pulumi/automation";

/** What may happen to a resource, over all steps that it takes. */
export const RESOURCE_CHANGES = [
  "same",
  "create",
  "update",
  "replace",
  "delete",
  "read",
  "refresh",
  "import",
  "discard",
] as const;

/** What happens to a resource, over all steps that it takes. */
export type ResourceChange = (typeof RESOURCE_CHANGES)[number];

/** A resource of an operation. */
export interface ResourceRow {
  readonly urn: string;
  readonly type: string;
  readonly name: string;
  readonly parent: string;
  change: ResourceChange;
  status: "running" | "done" | "failed";
  /** Time on the clock that was handed in, in milliseconds. */
  readonly startedAt: number;
  endedAt?: number;
  /** What it was to be made with, where that failed; secrets are marked as Pulumi does. */
  inputs?: Readonly<Record<string, unknown>>;
}

/** A violation of a policy. */
export interface PolicyViolation {
  readonly policy: string;
  readonly pack: string;
  readonly level: "advisory" | "mandatory";
  readonly urn?: string;
  readonly message: string;
}

/** A message of the engine or of the program. */
export interface OperationMessage {
  readonly severity: "info" | "info#err" | "warning" | "error";
  readonly urn: string;
  readonly text: string;
}

/** Steps of a replacement and of a refresh, by the change that they are part of. */
const CHANGE_OF_STEP: Readonly<Record<string, ResourceChange>> = {
  "create-replacement": "replace",
  "delete-replaced": "replace",
  "read-replacement": "replace",
  "read-discard": "discard",
  "discard-replaced": "replace",
  "remove-pending-replace": "replace",
  "import-replacement": "replace",
};

const CHANGES: readonly string[] = RESOURCE_CHANGES;

/** The CLI also sends what it shows with `--debug` alone, such as each request of the program with its values. */
const SHOWN: readonly string[] = ["info", "info#err", "warning", "error"] satisfies OperationMessage["severity"][];

/** Gathers the events of one operation into its resources, messages and counts. */
export class OperationTree {
  readonly messages: OperationMessage[] = [];
  readonly policies: PolicyViolation[] = [];
  /** How often each change was made or is planned; known at the end. */
  counts: Readonly<Record<string, number>> = {};
  planning = false;
  /** Whether outputs of the stack, known so far, are other ones than before; the values of secrets are not compared. */
  outputsChanged = false;
  private readonly rows = new Map<string, ResourceRow>();

  /** The resources in the order in which they began. */
  get resources(): readonly ResourceRow[] {
    return [...this.rows.values()];
  }

  /** Takes in an event that came at `now`; answers the resource whose work it ended. */
  apply(event: EngineEvent, now: number): ResourceRow | undefined {
    const { resourcePreEvent, resOutputsEvent, resOpFailedEvent, diagnosticEvent, summaryEvent, policyEvent } = event;
    if (resourcePreEvent) {
      this.planning ||= resourcePreEvent.planning === true;
      this.begin(resourcePreEvent.metadata, now);
    }
    if (diagnosticEvent && !diagnosticEvent.ephemeral && diagnosticEvent.message.trim() !== "") {
      const { severity, urn = "", message } = diagnosticEvent;
      const told = { severity, urn, text: message.trimEnd() };
      // The SDK tells an error of an output again for each that is made of it.
      const again = severity === "error" && this.messages.some((one) => isDeepStrictEqual(one, told));
      if (SHOWN.includes(severity) && !again) this.messages.push(told);
    }
    if (policyEvent) {
      const { policyName: policy, policyPackName: pack, enforcementLevel, resourceUrn, message } = policyEvent;
      const level = enforcementLevel === "mandatory" ? "mandatory" : "advisory";
      this.policies.push({ policy, pack, level, ...(resourceUrn && { urn: resourceUrn }), message: message.trimEnd() });
    }
    if (summaryEvent) this.counts = summaryEvent.resourceChanges ?? {};
    if (resOutputsEvent?.metadata.type === "pulumi:pulumi:Stack") {
      const { old, new: next } = resOutputsEvent.metadata;
      this.outputsChanged = next !== undefined && !isDeepStrictEqual(old?.outputs ?? {}, next.outputs ?? {});
    }
    if (resOutputsEvent) return this.end(resOutputsEvent.metadata, "done", now);
    if (resOpFailedEvent) return this.end(resOpFailedEvent.metadata, "failed", now);
    return undefined;
  }

  private begin(metadata: StepEventMetadata, now: number): ResourceRow | undefined {
    if (isDefaultProvider(metadata)) return undefined;
    const change = changeOf(metadata.op);
    const known = this.rows.get(metadata.urn);
    if (known) {
      // A refresh before an update, and the steps of a replacement, belong to one resource.
      if (known.change === "refresh" || known.change === "same" || change === "replace") known.change = change;
      known.status = "running";
      return known;
    }
    const parent = metadata.new?.parent || metadata.old?.parent || "";
    const [type, name] = [metadata.type, nameOf(metadata.urn)];
    const row: ResourceRow = { urn: metadata.urn, type, name, parent, change, status: "running", startedAt: now };
    this.rows.set(metadata.urn, row);
    return row;
  }

  private end(metadata: StepEventMetadata, status: "done" | "failed", now: number): ResourceRow | undefined {
    const row = this.rows.get(metadata.urn) ?? this.begin(metadata, now);
    if (!row) return undefined;
    // A refresh tells at its end what it found.
    if (row.change === "refresh") row.change = changeOf(metadata.op);
    if (row.status !== "failed") row.status = status;
    if (status === "failed") row.inputs = metadata.new?.inputs;
    row.endedAt = now;
    return row;
  }
}

/** The name of a resource, the last part of its URN. */
export function nameOf(urn: string): string {
  return urn.split("::").slice(3).join("::");
}

function changeOf(step: string): ResourceChange {
  const change = CHANGE_OF_STEP[step] ?? step;
  return CHANGES.includes(change) ? (change as ResourceChange) : "same";
}

/** Providers that the engine makes by itself are nobody's resources. */
function isDefaultProvider({ type, urn }: StepEventMetadata): boolean {
  return type.startsWith("pulumi:providers:") && nameOf(urn).startsWith("default");
}
