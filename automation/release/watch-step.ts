import { SLOTS, type MetricsBySlot, type Slot, type SlotMetrics, type TrafficMap } from "../ports/online-endpoints";
import type { ReleasePorts } from "./release-ports";
import { judge, type WatchLimits } from "./watch-rule";

/** How often in a row metrics may be missing before traffic that nobody can watch is taken back. */
const BLIND_LOOKS = 3;

export interface WatchOptions {
  readonly slot: Slot;
  readonly traffic: TrafficMap;
  /** How long the share is held, in milliseconds. */
  readonly holdMs: number;
  /** How often the slots are looked at, in milliseconds. */
  readonly sampleMs: number;
  readonly limits: WatchLimits;
}

/** How a share of traffic fared. */
export type WatchedStep =
  | { readonly kind: "held" }
  /** A limit was crossed, or nobody could tell. */
  | { readonly kind: "crossed"; readonly reason: string }
  /** It was told to stop; traffic is as it was. */
  | { readonly kind: "stopped" };

/** Looks at the slots until the share was held long enough, a limit is crossed, or it is told to stop. */
export async function watchStep(ports: ReleasePorts, options: WatchOptions): Promise<WatchedStep> {
  const { slot, traffic, holdMs, sampleMs, limits } = options;
  const from = ports.clock();
  const until = from.getTime() + holdMs;
  let blind = 0;
  let unjudged: string | undefined;
  let before: MetricsBySlot = {};
  for (let since = from; since.getTime() < until;) {
    const stopped = await ports.sleep(Math.min(sampleMs, until - since.getTime()), ports.signal).then(
      () => ports.signal.aborted,
      () => true,
    );
    if (stopped) return { kind: "stopped" };
    const now = ports.clock();
    try {
      const all = await ports.endpoint.metrics(from, now);
      ports.sampled({ at: now.toISOString(), traffic, perSlot: sinceThen(all, before) });
      before = all;
      const judged = judge(all[slot], limits);
      if (judged.kind === "crossed") return judged;
      unjudged = judged.kind === "unjudged" ? judged.reason : undefined;
      blind = 0;
    } catch (fault) {
      const reason = fault instanceof Error ? fault.message : String(fault);
      if (++blind === BLIND_LOOKS) return { kind: "crossed", reason: `metrics cannot be read: ${reason}` };
    }
    since = now;
  }
  if (unjudged !== undefined) ports.note(`${unjudged}: it is not judged`);
  return { kind: "held" };
}

/**
 * What came after an earlier look at the same span of time. It is counted from two looks, and not asked for: a cloud that
 * counts by whole minutes would tell what lies on both sides of a look twice. The times to answer are those of the whole span.
 */
function sinceThen(all: MetricsBySlot, before: MetricsBySlot): MetricsBySlot {
  return Object.fromEntries(
    SLOTS.flatMap((slot): [Slot, SlotMetrics][] => {
      const { [slot]: now } = all;
      if (!now) return [];
      const { requests = 0, errors = 0 } = before[slot] ?? {};
      // What a cloud corrects downwards later was told already.
      const more = { requests: Math.max(0, now.requests - requests), errors: Math.max(0, now.errors - errors) };
      return [[slot, { ...now, ...more }]];
    }),
  );
}
