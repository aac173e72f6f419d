import { AutomationError } from "../errors";
import type { LiveEndpoint, MetricsBySlot, OnlineEndpointPort, Slot, TrafficMap } from "../ports/online-endpoints";
import type { ReleaseJournal } from "./release-journal";
import type { ReleaseRecord } from "./release-record";
import { withoutIdle } from "./traffic";

/** What the program is told to make of an endpoint, in one operation. */
export interface ReleaseIntent {
  /** Every slot that is to exist, with its model as `name:version`. */
  readonly slots: Readonly<Partial<Record<Slot, { readonly model: string }>>>;
  readonly traffic: TrafficMap;
  readonly mirror?: TrafficMap;
}

/** A part of an endpoint. */
export type EndpointPart = "endpoint" | Slot;

/** One change of an endpoint. */
export interface ReleaseStep {
  /** What it does, for people. */
  readonly title: string;
  readonly intent: ReleaseIntent;
  /** The parts that alone may change. */
  readonly touches: readonly EndpointPart[];
  /** The slot that is to go away. */
  readonly removes?: Slot;
  /** The endpoint was removed by others: what is recorded of it is dropped first. @default false */
  readonly anew?: boolean;
}

/** What the slots did between two looks at them. */
export interface TimelinePoint {
  /** ISO 8601, UTC. */
  readonly at: string;
  readonly traffic: TrafficMap;
  readonly perSlot: MetricsBySlot;
}

/** What a release works with. */
export interface ReleasePorts {
  readonly endpoint: OnlineEndpointPort;
  readonly journal: ReleaseJournal;
  /** Carries a step out. Throws AutomationError where it fails, and where it would touch anything else. */
  readonly apply: (step: ReleaseStep) => Promise<void>;
  readonly clock: () => Date;
  /** Rejects when the signal is aborted. */
  readonly sleep: (milliseconds: number, signal: AbortSignal) => Promise<void>;
  readonly signal: AbortSignal;
  /** Is told what a person should know while it runs. */
  readonly note: (text: string) => void;
  /** Is told what the slots did, while new traffic is watched. */
  readonly sampled: (point: TimelinePoint) => void;
}

/** The endpoint as it is. Throws a usage error where there is none. */
export async function existing({ endpoint }: ReleasePorts): Promise<LiveEndpoint> {
  const live = await endpoint.live();
  if (live) return live;
  throw new AutomationError("usage", "the endpoint does not exist yet", {
    hint: "deploy a model first: trunkline release deploy",
  });
}

/** The release that is under way, or was the last. Throws a usage error where none was begun here. */
export function begun({ journal }: ReleasePorts): ReleaseRecord {
  if (journal.record) return journal.record;
  throw new AutomationError("usage", "no release of this endpoint was begun from here", {
    hint: "deploy a model: trunkline release deploy; or take over what is there: trunkline release test",
  });
}

/** What there is, as an intent. */
export function intentOf(live: LiveEndpoint): ReleaseIntent {
  const slots = Object.entries(live.slots).map(([slot, { model }]) => [slot, { model }] as const);
  const mirrors = Object.values(live.mirror).some((percent) => percent > 0);
  // A share of nothing may not name a slot that goes.
  const traffic = withoutIdle(live.traffic);
  return { slots: Object.fromEntries(slots), traffic, ...(mirrors && { mirror: withoutIdle(live.mirror) }) };
}
