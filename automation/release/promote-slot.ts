import { AutomationError } from "../errors";
import type { Slot, SlotMetrics, TrafficMap } from "../ports/online-endpoints";
import { begun, existing, type ReleasePorts, type TimelinePoint } from "./release-ports";
import type { ReleaseRecord } from "./release-record";
import { setTraffic } from "./set-traffic";
import { liveSlots, otherSlot, split, trafficText } from "./traffic";
import { watchStep, type WatchedStep } from "./watch-step";
import { errorBudget, type ErrorBudget, type WatchLimits } from "./watch-rule";

export interface PromoteOptions {
  /** Percents that the new slot gets one after the other; the last is 100. */
  readonly steps: readonly number[];
  /** How long each of them is held, in milliseconds. */
  readonly holdMs: number;
  readonly sampleMs: number;
  readonly limits: WatchLimits;
}

/** How a promotion ended. */
export interface Promotion {
  /** `returned`: a limit was crossed, and requests go where they went before. `stopped`: traffic stays, and it can go on. */
  readonly kind: "promoted" | "returned" | "stopped";
  readonly slot: Slot;
  readonly model: string;
  readonly reason?: string;
  readonly traffic: TrafficMap;
  readonly budget: ErrorBudget;
  readonly timeline: readonly TimelinePoint[];
}

/**
 * Gives the new slot all traffic, by steps that are each watched. Where a limit is crossed, requests go back at once to
 * where they went before the release. A promotion that died goes on with the step that it was at.
 */
export async function promoteSlot(ports: ReleasePorts, options: PromoteOptions): Promise<Promotion> {
  const record = begun(ports);
  refuseUntested(record);
  const { slot, model, previous } = record;
  const timeline: TimelinePoint[] = [];
  const watched: ReleasePorts = {
    ...ports,
    sampled: (point) => {
      timeline.push(point);
      ports.sampled(point);
    },
  };
  const ended = async (kind: Promotion["kind"], reason?: string): Promise<Promotion> => {
    const { traffic } = await existing(ports);
    const budget = errorBudget(totalOf(timeline, slot), options.limits);
    return { kind, slot, model, ...(reason !== undefined && { reason }), traffic, budget, timeline };
  };
  const share = (await existing(ports)).traffic[slot] ?? 0;
  for (const percent of stepsOf(options.steps, record, share)) {
    if (ports.signal.aborted) return ended("stopped");
    const step = await takeStep(watched, record, percent, options);
    if (step.kind === "stopped") return ended("stopped");
    if (step.kind === "crossed") {
      if (liveSlots(previous).length === 0) throw nowhereToReturn(slot, step.reason);
      await setTraffic(watched, previous);
      await ports.journal.add({ kind: "outcome", outcome: "returned", reason: step.reason });
      return ended("returned", step.reason);
    }
    await ports.journal.add({ kind: "held", percent });
  }
  if (record.outcome !== "promoted") await ports.journal.add({ kind: "outcome", outcome: "promoted" });
  return ended("promoted");
}

/** Gives the slot a share and watches it; a slot that is not healthy any more gets none, and loses what it has. */
async function takeStep(
  ports: ReleasePorts,
  { slot }: ReleaseRecord,
  percent: number,
  options: PromoteOptions,
): Promise<WatchedStep> {
  const state = (await existing(ports)).slots[slot]?.state;
  if (state !== "healthy") return { kind: "crossed", reason: `${slot} is ${state ?? "not there any more"}` };
  const traffic = split(slot, percent);
  await setTraffic(ports, traffic);
  ports.note(`requests go to ${trafficText(traffic)}`);
  return watchStep(ports, { slot, traffic, ...options });
}

/** What is left to do: shares above the one that it has, and that one where it was not held to the end. */
function stepsOf(
  steps: readonly number[],
  { previous, held, outcome }: ReleaseRecord,
  share: number,
): readonly number[] {
  if (outcome === "promoted" && share === 100) return [];
  // Where nothing else serves there is nobody to share with.
  const all = liveSlots(previous).length === 0 ? [100] : steps;
  return all.filter((percent) => percent > share || (percent === share && !held.includes(percent)));
}

function refuseUntested({ slot, model, tested, outcome }: ReleaseRecord): void {
  if (outcome !== undefined && outcome !== "promoted") {
    throw new AutomationError("refused", `the release of ${model} in ${slot} was ${outcome}`, {
      hint: "deploy a model anew: trunkline release deploy",
    });
  }
  if (tested) return;
  throw new AutomationError("refused", `${slot} with ${model} has not passed its test`, {
    hint: "test it first: trunkline release test",
  });
}

function nowhereToReturn(slot: Slot, reason: string): AutomationError {
  return new AutomationError("fault", `${reason}; nothing was served before, so ${slot} keeps its traffic`, {
    hint: `deploy a better model to ${otherSlot(slot)}: trunkline release deploy`,
  });
}

/** All that a slot answered over a timeline. */
function totalOf(timeline: readonly TimelinePoint[], slot: Slot): SlotMetrics {
  const all = timeline.map(({ perSlot }) => perSlot[slot]);
  const sum = (of: (metrics: SlotMetrics) => number) => all.reduce((total, one) => total + (one ? of(one) : 0), 0);
  return { requests: sum(({ requests }) => requests), errors: sum(({ errors }) => errors) };
}
