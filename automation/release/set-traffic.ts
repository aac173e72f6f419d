import { AutomationError } from "../errors";
import type { TrafficMap } from "../ports/online-endpoints";
import { begun, existing, intentOf, type ReleasePorts } from "./release-ports";
import { isOwnTraffic } from "./release-record";
import { sameTraffic, trafficFault, trafficText, withoutIdle } from "./traffic";

/**
 * Sends requests by a map, and proves that the endpoint has it. What has it already is left alone, so that a run that died
 * goes on. Refuses a map that would not serve everybody from healthy slots, and one over traffic that somebody else has set.
 */
export async function setTraffic(ports: ReleasePorts, map: TrafficMap, mirror: TrafficMap = {}): Promise<void> {
  const record = begun(ports);
  const live = await existing(ports);
  const traffic = withoutIdle(map);
  if (!isOwnTraffic(record, live.traffic)) {
    const set = record.maps.map(trafficText).join(", or ");
    throw new AutomationError(
      "refused",
      `traffic was changed outside of this release: it is ${trafficText(live.traffic)}, the release has set ${set}`,
      {
        hint: "see who did: trunkline release status; then begin anew, or name the slot: trunkline release rollback --to SLOT",
      },
    );
  }
  const fault = trafficFault(live, traffic, mirror);
  if (fault !== undefined) {
    throw new AutomationError("refused", fault, {
      hint: `traffic stays as it is: ${trafficText(live.traffic)}`,
      errorCode: "traffic-fault",
    });
  }
  const entry = { kind: "traffic", traffic, mirror: withoutIdle(mirror) } as const;
  if (!sameTraffic(live.traffic, traffic) || !sameTraffic(live.mirror, mirror)) {
    await ports.journal.add({ ...entry, state: "doing" });
    const { slots } = intentOf(live);
    const mirrors = Object.keys(entry.mirror).length > 0;
    await ports.apply({
      title: `send requests to ${trafficText(traffic)}${mirrors ? `, copies to ${trafficText(mirror)}` : ""}`,
      intent: { slots, traffic, ...(mirrors && { mirror: entry.mirror }) },
      touches: ["endpoint"],
    });
    const now = await existing(ports);
    if (!sameTraffic(now.traffic, traffic)) {
      throw new AutomationError(
        "fault",
        `traffic is ${trafficText(now.traffic)} after it was set to ${trafficText(traffic)}`,
        {
          hint: "see trunkline release status, and do it again",
        },
      );
    }
  }
  await ports.journal.add({ ...entry, state: "done" });
}
