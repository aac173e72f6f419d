import { SLOTS, type MetricsBySlot, type Slot, type SlotMetrics } from "./online-endpoints";

const MINUTE_MS = 60_000;

/** Looks further back than the longest step, of a day, are of no use. */
const MOST_LOOKS = 10_000;

interface Look {
  readonly at: number;
  readonly perSlot: MetricsBySlot;
}

/**
 * Adds up what a cloud tells of the last minute alone. Looks that are less than a minute apart tell the same requests: of
 * these the latest counts. What comes between looks that are further apart is not known, and not guessed.
 */
export class MetricMinutes {
  private readonly looks: Look[] = [];

  /** Remembers what the minute before a moment had. */
  add(at: Date, perSlot: MetricsBySlot): void {
    this.looks.push({ at: at.getTime(), perSlot });
    if (this.looks.length > MOST_LOOKS) this.looks.shift();
  }

  /** What the minutes had that ended after a moment; times to answer are those of the worst of them. */
  since(from: Date): MetricsBySlot {
    const chosen: Look[] = [];
    for (const look of [...this.looks].reverse()) {
      const next = chosen.at(-1)?.at ?? Infinity;
      if (look.at > from.getTime() && next - look.at >= MINUTE_MS) chosen.push(look);
    }
    return Object.fromEntries(
      SLOTS.flatMap((slot): [Slot, SlotMetrics][] => {
        const all = chosen.flatMap(({ perSlot }) => perSlot[slot] ?? []);
        return all.length === 0 ? [] : [[slot, all.reduce(added)]];
      }),
    );
  }
}

function added(one: SlotMetrics, other: SlotMetrics): SlotMetrics {
  const worst = (key: "p50Ms" | "p95Ms") => {
    const values = [one[key], other[key]].filter((value) => value !== undefined);
    return values.length === 0 ? {} : { [key]: Math.max(...values) };
  };
  const counts = { requests: one.requests + other.requests, errors: one.errors + other.errors };
  return { ...counts, ...worst("p50Ms"), ...worst("p95Ms") };
}
