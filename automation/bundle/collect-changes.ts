import type { EngineEvent, StepEventMetadata } from "@pulumi/pulumi/automation";
import { nameOf } from "../report/operation-tree";
import type { ChangeAction } from "./change";
import type { PlainObject } from "./property-values";

type EventState = NonNullable<StepEventMetadata["old"]>;

/** What the engine told of one resource, over all steps that it takes. */
export interface CollectedChange {
  readonly urn: string;
  readonly type: string;
  readonly name: string;
  action: ChangeAction | "same";
  custom: boolean;
  old?: EventState;
  new?: EventState;
  detailed: Record<string, { readonly diffKind: string; readonly inputDiff: boolean }>;
  keys: string[];
}

/** The steps of the engine; those of a replacement are parts of one change. Forgetting what was only read changes nothing. */
const ACTION_OF_STEP: Readonly<Record<string, ChangeAction | "same">> = {
  same: "same",
  create: "create",
  update: "update",
  delete: "delete",
  replace: "replace",
  "create-replacement": "replace",
  "delete-replaced": "replace",
  "discard-replaced": "replace",
  "remove-pending-replace": "replace",
  "read-replacement": "replace",
  "import-replacement": "replace",
  import: "import",
  read: "read",
  "read-discard": "read",
  discard: "read",
  refresh: "refresh",
};

/** A later step of a resource counts where it is of a higher rank: what is replaced stays replaced. */
const RANK: readonly (ChangeAction | "same")[] = [
  "same",
  "refresh",
  "read",
  "update",
  "create",
  "import",
  "delete",
  "replace",
];

/** Gathers from the events of a preview what it would do to each resource, and with which providers. */
export class CollectedChanges {
  private readonly byUrn = new Map<string, CollectedChange>();
  private readonly versions = new Map<string, Set<string>>();
  /** How many resources the program registered besides the stack itself. */
  registered = 0;
  /** The stack itself with the outputs that its program hands over; absent until it has. */
  stackOutputs: { readonly urn: string; readonly type: string; readonly outputs: PlainObject } | undefined;
  /** A step that is not known here: it could destroy what nobody was told of. */
  unknownStep: string | undefined;

  /** Every resource that was told of, unchanged ones included. */
  get all(): readonly CollectedChange[] {
    return [...this.byUrn.values()];
  }

  /** Versions of the providers in use, by package, both sorted. */
  get providers(): Record<string, string[]> {
    const sorted = [...this.versions].sort(([a], [b]) => (a < b ? -1 : 1));
    return Object.fromEntries(sorted.map(([name, versions]) => [name, [...versions].sort()]));
  }

  /** Takes in an event. */
  apply(event: EngineEvent): void {
    const ended = event.resOutputsEvent?.metadata;
    if (ended?.type === "pulumi:pulumi:Stack" && ended.new) {
      this.stackOutputs = { urn: ended.urn, type: ended.type, outputs: (ended.new.outputs ?? {}) as PlainObject };
    }
    const metadata = event.resourcePreEvent?.metadata;
    if (!metadata) return;
    const action = ACTION_OF_STEP[metadata.op];
    if (action === undefined) {
      this.unknownStep ??= metadata.op;
      return;
    }
    if (metadata.type.startsWith("pulumi:providers:")) this.noteProvider(metadata);
    // Providers that the engine makes by itself are nobody's resources.
    if (metadata.type.startsWith("pulumi:providers:") && nameOf(metadata.urn).startsWith("default")) return;
    const known = this.byUrn.get(metadata.urn) ?? this.begin(metadata);
    if (RANK.indexOf(action) > RANK.indexOf(known.action)) known.action = action;
    // The engine writes null where there is none.
    const [before, after] = [metadata.old ?? undefined, metadata.new ?? undefined];
    known.old ??= before;
    if (!isRemoval(metadata.op)) known.new = after ?? known.new;
    known.custom ||= before?.custom === true || after?.custom === true;
    Object.assign(known.detailed, metadata.detailedDiff ?? {});
    known.keys = [...new Set([...known.keys, ...(metadata.keys ?? [])])];
  }

  private begin({ urn, type, op }: StepEventMetadata): CollectedChange {
    const change: CollectedChange = {
      urn,
      type,
      name: nameOf(urn),
      action: "same",
      custom: false,
      detailed: {},
      keys: [],
    };
    this.byUrn.set(urn, change);
    if (type !== "pulumi:pulumi:Stack" && !isRemoval(op) && op !== "refresh") this.registered++;
    return change;
  }

  /** Explicit providers say their version in their inputs; default ones of some engines in their name only. */
  private noteProvider({ urn, type, op, new: next }: StepEventMetadata): void {
    if (isRemoval(op) || !next) return;
    const [, named] = /^default_(\d+_\d+_\d+.*)$/.exec(nameOf(urn)) ?? [];
    const told: unknown = (next.inputs as Readonly<Record<string, unknown>> | undefined)?.["version"];
    const version = typeof told === "string" ? told : named?.replaceAll("_", ".");
    const name = type.slice("pulumi:providers:".length);
    const versions = this.versions.get(name) ?? new Set<string>();
    this.versions.set(name, versions.add(version ?? "unknown"));
  }
}

/** Whether a step takes a resource away: in a replacement that is the old one, which may have the new one's URN. */
function isRemoval(op: string): boolean {
  return ["delete", "delete-replaced", "discard", "discard-replaced", "read-discard"].includes(op);
}
