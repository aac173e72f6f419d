import type { ReleaseShiftResult } from "../commands/release-shift";
import { liveSlots, trafficText } from "../release/traffic";
import type { Presenter } from "../verbs/verb-definition";

/** Tells where requests go. */
export const presentReleaseShift: Presenter<ReleaseShiftResult> = {
  exit: () => "done",
  lines: ({ endpoint, traffic, mirror, approvedBy }) => [
    ...(approvedBy.length > 0 ? [`approved by ${approvedBy.join(", ")}`] : []),
    `requests to ${endpoint} go to ${trafficText(traffic)}${liveSlots(mirror).length > 0 ? `, copies to ${trafficText(mirror)}` : ""}`,
    "next: trunkline release promote, or abort",
  ],
  json: (result) => result,
};
