import { SLOTS, type LiveEndpoint, type Slot, type TrafficMap } from "../ports/online-endpoints";

/** Largest share of requests that may be mirrored. See https://learn.microsoft.com/azure/machine-learning/how-to-safely-rollout-online-endpoints */
export const LARGEST_MIRROR = 50;

/** The other slot. */
export function otherSlot(slot: Slot): Slot {
  return slot === "blue" ? "green" : "blue";
}

/** Slots that get requests. */
export function liveSlots(traffic: TrafficMap): Slot[] {
  return SLOTS.filter((slot) => (traffic[slot] ?? 0) > 0);
}

/** The same map without slots that get nothing. */
export function withoutIdle(traffic: TrafficMap): TrafficMap {
  return Object.fromEntries(liveSlots(traffic).map((slot) => [slot, traffic[slot]]));
}

/** Whether two maps send requests the same way. */
export function sameTraffic(one: TrafficMap, other: TrafficMap): boolean {
  return SLOTS.every((slot) => (one[slot] ?? 0) === (other[slot] ?? 0));
}

/** A map for people, as in `blue 90 %, green 10 %`. */
export function trafficText(traffic: TrafficMap): string {
  const shares = liveSlots(traffic).map((slot) => `${slot} ${traffic[slot]} %`);
  return shares.join(", ") || "nobody";
}

/** The map in which a slot has a share and the other the rest. */
export function split(slot: Slot, percent: number): TrafficMap {
  return withoutIdle({ [slot]: percent, [otherSlot(slot)]: 100 - percent });
}

/**
 * Why a map may not be set on an endpoint; undefined where it may. Traffic adds up to 100, or to 0 where nothing was ever
 * served; all of it goes to healthy slots; at most one slot is mirrored to, one without traffic, with at most 50 percent.
 */
export function trafficFault(live: LiveEndpoint, traffic: TrafficMap, mirror: TrafficMap = {}): string | undefined {
  const shares = SLOTS.map((slot) => traffic[slot] ?? 0);
  const wrong = shares.find((share) => !Number.isInteger(share) || share < 0 || share > 100);
  if (wrong !== undefined) return `a share of traffic is a whole number from 0 to 100, got ${wrong}`;
  const sum = shares.reduce((all, share) => all + share, 0);
  const serves = liveSlots(live.traffic).length > 0;
  if (sum !== 100 && (sum !== 0 || serves)) {
    return `traffic has to add up to 100${serves ? "" : " or 0"}, got ${sum} (${trafficText(traffic)})`;
  }
  for (const slot of liveSlots(traffic)) {
    const found = live.slots[slot];
    if (!found) return `${slot} does not exist and can get no traffic`;
    if (found.state !== "healthy") return `${slot} is ${found.state} and can get no traffic`;
  }
  return mirrorFault(live, traffic, mirror);
}

function mirrorFault(live: LiveEndpoint, traffic: TrafficMap, mirror: TrafficMap): string | undefined {
  const mirrored = liveSlots(mirror);
  const [slot] = mirrored;
  if (slot === undefined) return undefined;
  if (mirrored.length > 1) return "requests are mirrored to one slot only";
  const percent = mirror[slot] ?? 0;
  if (!Number.isInteger(percent) || percent > LARGEST_MIRROR) {
    return `at most ${LARGEST_MIRROR} percent are mirrored, got ${percent}`;
  }
  if ((traffic[slot] ?? 0) > 0) return `${slot} gets traffic, and a slot is either live or mirrored to`;
  if (liveSlots(traffic).length === 0) return "nothing is served that could be mirrored";
  const found = live.slots[slot];
  if (found?.state !== "healthy") return `${slot} is ${found?.state ?? "not there"} and cannot be mirrored to`;
  return undefined;
}
