import { AutomationError } from "../errors";
import type { LiveEndpoint, Slot, TrafficMap } from "../ports/online-endpoints";
import { begun, existing, intentOf, type ReleasePorts } from "./release-ports";
import { setTraffic } from "./set-traffic";
import { liveSlots, otherSlot, sameTraffic, trafficText } from "./traffic";

/** How a release was ended. */
export interface EndedRelease {
  readonly traffic: TrafficMap;
  /** Slots that were removed. */
  readonly removed: readonly Slot[];
}

/**
 * Sends requests back to where they went before the release, or to a slot that is named; both slots stay. What goes there
 * already is left alone.
 */
export async function rollBack(ports: ReleasePorts, to?: Slot): Promise<EndedRelease> {
  if (to !== undefined) return rollBackTo(ports, to);
  const { previous, slot, model, removed } = begun(ports);
  const [before] = liveSlots(previous);
  if (before === undefined) {
    throw new AutomationError("refused", `nothing was served before ${model}: there is no map to go back to`, {
      hint: `deploy another model to ${otherSlot(slot)}: trunkline release deploy`,
    });
  }
  if (removed.includes(before)) {
    throw new AutomationError("refused", `${before}, which served before ${model}, was removed`, {
      hint: "deploy its model again: trunkline release deploy --model name:version",
    });
  }
  await setTraffic(ports, previous);
  await ports.journal.add({ kind: "outcome", outcome: "rolled back" });
  return { traffic: previous, removed: [] };
}

/** Ends a release that was not promoted: requests go where they went, and the new slot is removed. */
export async function abortRelease(ports: ReleasePorts): Promise<EndedRelease> {
  const { outcome, previous, slot, model } = begun(ports);
  if (outcome === "promoted") {
    throw new AutomationError("refused", `${model} in ${slot} is promoted: there is nothing to abort`, {
      hint: "go back to the slot before: trunkline release rollback",
    });
  }
  const live = await existing(ports);
  const returns = liveSlots(previous).length > 0;
  if (!returns && (live.traffic[slot] ?? 0) > 0) {
    throw new AutomationError("refused", `only ${slot} serves: to remove it would leave nobody`, {
      hint: `deploy another model to ${otherSlot(slot)}: trunkline release deploy`,
    });
  }
  if (returns) await setTraffic(ports, previous);
  const removed = await removeSlot(ports, slot);
  if (outcome !== "aborted") await ports.journal.add({ kind: "outcome", outcome: "aborted" });
  return { traffic: previous, removed };
}

/** Removes the slot without traffic, once the other has all of it. */
export async function retireSlot(ports: ReleasePorts): Promise<EndedRelease> {
  const live = await existing(ports);
  const [served, ...more] = liveSlots(live.traffic);
  if (served === undefined || more.length > 0) {
    throw new AutomationError(
      "refused",
      `no slot has all traffic (${trafficText(live.traffic)}): none can be removed`,
      {
        hint: "end the release first: trunkline release promote, or rollback",
      },
    );
  }
  return { traffic: live.traffic, removed: await removeSlot(ports, otherSlot(served)) };
}

async function removeSlot(ports: ReleasePorts, slot: Slot): Promise<Slot[]> {
  const live = await existing(ports);
  if (!live.slots[slot]) return [];
  if ((live.traffic[slot] ?? 0) > 0) {
    throw new AutomationError("refused", `${slot} gets traffic and is not removed: ${trafficText(live.traffic)}`, {
      hint: "send requests to the other slot first: trunkline release rollback",
    });
  }
  // Azure deletes no deployment that requests are copied to.
  const { slots, traffic } = intentOf(live);
  const kept = Object.fromEntries(Object.entries(slots).filter(([name]) => name !== slot));
  if ((live.mirror[slot] ?? 0) > 0) {
    await ports.apply({ title: `stop copies to ${slot}`, intent: { slots, traffic }, touches: ["endpoint"] });
  }
  await ports.apply({ title: `remove ${slot}`, intent: { slots: kept, traffic }, touches: [slot], removes: slot });
  if (ports.journal.record) await ports.journal.add({ kind: "removed", slot });
  return [slot];
}

/** Sends all requests to a slot that a person names, whatever is recorded; it has to be healthy. */
async function rollBackTo(ports: ReleasePorts, to: Slot): Promise<EndedRelease> {
  const live: LiveEndpoint = await existing(ports);
  const found = live.slots[to];
  if (found?.state !== "healthy") {
    throw new AutomationError("refused", `${to} is ${found?.state ?? "not there"} and can get no traffic`, {
      hint: `traffic stays as it is: ${trafficText(live.traffic)}`,
    });
  }
  const traffic = { [to]: 100 };
  if (!sameTraffic(live.traffic, traffic) || liveSlots(live.mirror).length > 0) {
    const { slots } = intentOf(live);
    await ports.apply({ title: `send requests to ${to} 100 %`, intent: { slots, traffic }, touches: ["endpoint"] });
  }
  if (ports.journal.record) {
    await ports.journal.add({ kind: "traffic", state: "done", traffic, mirror: {} });
    await ports.journal.add({ kind: "outcome", outcome: "rolled back", reason: `${to} was named` });
  }
  return { traffic, removed: [] };
}
