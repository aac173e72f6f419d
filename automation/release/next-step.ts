import type { LiveEndpoint } from "../ports/online-endpoints";
import type { ReleaseRecord } from "./release-record";
import { isOwnTraffic } from "./release-record";
import { liveSlots, otherSlot, trafficText } from "./traffic";

/** The verb that comes next, and why. */
export interface NextStep {
  readonly step: "deploy" | "test" | "promote" | "rollback" | "none";
  readonly reason: string;
}

/** What comes next for an endpoint, from what is recorded and what is there; also after a run that died at any point. */
export function nextReleaseStep(record: ReleaseRecord | undefined, live: LiveEndpoint | undefined): NextStep {
  if (!live) return { step: "deploy", reason: "the endpoint does not exist yet" };
  const served = liveSlots(live.traffic);
  if (!record) {
    return served.length > 1
      ? {
          step: "rollback",
          reason: `both slots are live (${trafficText(live.traffic)}) by a release that is not recorded here`,
        }
      : { step: "deploy", reason: "no release was begun here" };
  }
  const { slot, model, previous, deployed, tested, outcome, reason } = record;
  if (!isOwnTraffic(record, live.traffic)) {
    return {
      step: "rollback",
      reason: `traffic was changed outside of the release: it is ${trafficText(live.traffic)}`,
    };
  }
  if (outcome === "promoted" && (live.traffic[slot] ?? 0) < 100) {
    return { step: "rollback", reason: `a rollback has begun: requests go to ${trafficText(live.traffic)}` };
  }
  if (outcome === "promoted") {
    const kept = live.slots[otherSlot(slot)] ? `; ${otherSlot(slot)} is kept for a rollback` : "";
    return { step: "none", reason: `${model} serves from ${slot}${kept}` };
  }
  if (outcome !== undefined) {
    const why = reason === undefined ? "" : `: ${reason}`;
    return { step: "deploy", reason: `${model} was ${outcome}${why}; requests go to ${trafficText(live.traffic)}` };
  }
  const found = live.slots[slot];
  if (found && found.state !== "healthy" && (live.traffic[slot] ?? 0) > 0 && liveSlots(previous).length > 0) {
    return { step: "rollback", reason: `${slot} is ${found.state} and gets requests` };
  }
  if (!deployed || found?.model !== model || found.state !== "healthy") {
    return { step: "deploy", reason: `${model} is not up in ${slot} yet` };
  }
  if (!tested) return { step: "test", reason: `${model} is up in ${slot} and not tested` };
  return { step: "promote", reason: `${model} in ${slot} passed its test and gets ${live.traffic[slot] ?? 0} %` };
}
