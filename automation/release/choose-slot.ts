import { AutomationError } from "../errors";
import type { LiveEndpoint, Slot } from "../ports/online-endpoints";
import { liveSlots, trafficText } from "./traffic";

/** Green first: an endpoint begins with it. */
const ORDER: readonly Slot[] = ["green", "blue"];

/** The slot that a new model is deployed to: one without traffic. Refuses where both have some. */
export function chooseSlot(live: LiveEndpoint | undefined): Slot {
  const served = liveSlots(live?.traffic ?? {});
  const slot = ORDER.find((one) => !served.includes(one));
  if (slot !== undefined) return slot;
  throw new AutomationError("refused", `both slots are live (${trafficText(live?.traffic ?? {})}): none is free`, {
    hint: "end the release that is under way: trunkline release promote, rollback or abort",
  });
}
