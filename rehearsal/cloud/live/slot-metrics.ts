/** How requests to a slot went within a period. */
export interface SlotMetrics {
  readonly requests: number;
  /** Requests that the slot failed to answer, not those that a caller got wrong. */
  readonly errors: number;
  /** Of these requests, copies of live ones whose answers nobody saw. */
  readonly mirrored: number;
  /** Milliseconds within which half of the answers came; 0 without a request. */
  readonly p50Ms: number;
  /** Milliseconds within which 95 of 100 answers came; 0 without a request. */
  readonly p95Ms: number;
}

/** Length of the shortest period that is counted by itself, in milliseconds. */
const STEP_MS = 100;

/** Periods that are remembered: an hour. */
const MOST_STEPS = 36_000;

/** Each class of latencies ends a tenth higher than the one before it. */
const GROWTH = 1.1;

interface Step {
  requests: number;
  errors: number;
  mirrored: number;
  /** Answers by class of latency. */
  readonly latencies: Map<number, number>;
}

/** Counts the requests to one slot, an hour back. */
export class SlotCounter {
  private readonly steps = new Map<number, Step>();

  /** Counts one request; `at` in milliseconds since 1970. */
  count(at: number, latencyMs: number, outcome: { readonly failed: boolean; readonly mirrored: boolean }): void {
    const start = Math.floor(at / STEP_MS);
    let step = this.steps.get(start);
    if (step === undefined) {
      this.steps.set(start, (step = { requests: 0, errors: 0, mirrored: 0, latencies: new Map() }));
      if (this.steps.size > MOST_STEPS) this.steps.delete(this.steps.keys().next().value!);
    }
    step.requests += 1;
    if (outcome.failed) step.errors += 1;
    if (outcome.mirrored) step.mirrored += 1;
    const kind = latencyMs <= 1 ? 0 : Math.ceil(Math.log(latencyMs) / Math.log(GROWTH));
    step.latencies.set(kind, (step.latencies.get(kind) ?? 0) + 1);
  }

  /**
   * What was counted from one moment up to another, in milliseconds since 1970, to a tenth of a second: what is counted in the
   * period of `to` belongs to the look that begins with it, so that looks one after the other count each request once.
   */
  between(from: number, to: number): SlotMetrics {
    const [first, end] = [Math.floor(from / STEP_MS), Math.floor(to / STEP_MS)];
    const steps = [...this.steps].filter(([start]) => start >= first && start < end).map(([, step]) => step);
    const latencies = new Map<number, number>();
    for (const step of steps) {
      for (const [kind, count] of step.latencies) latencies.set(kind, (latencies.get(kind) ?? 0) + count);
    }
    const sum = (part: "requests" | "errors" | "mirrored") => steps.reduce((total, step) => total + step[part], 0);
    const [p50Ms, p95Ms] = [percentile(latencies, 0.5), percentile(latencies, 0.95)];
    return { requests: sum("requests"), errors: sum("errors"), mirrored: sum("mirrored"), p50Ms, p95Ms };
  }
}

/** The upper end of the class in which the percentile lies, to a tenth of a millisecond. */
function percentile(latencies: ReadonlyMap<number, number>, part: number): number {
  const total = [...latencies.values()].reduce((sum, count) => sum + count, 0);
  let left = Math.ceil(total * part);
  for (const [kind, count] of [...latencies].sort(([a], [b]) => a - b)) {
    left -= count;
    if (left <= 0) return Math.round(GROWTH ** kind * 10) / 10;
  }
  return 0;
}
