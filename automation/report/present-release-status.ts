import type { ReleaseStatusResult } from "../commands/release-status";
import { SLOTS } from "../ports/online-endpoints";
import { trafficText } from "../release/traffic";
import type { Presenter } from "../verbs/verb-definition";

/** Tells an endpoint, its last release, and what comes next. */
export const presentReleaseStatus: Presenter<ReleaseStatusResult> = {
  exit: () => "done",
  lines: ({ environment, endpoint, live, release, next }, { colours }) => [
    colours.bold(`Endpoint ${endpoint} of ${environment}`),
    ...(live
      ? SLOTS.map((slot) => {
          const found = live.slots[slot];
          const mirrored = live.mirror[slot] ? `, copies of ${live.mirror[slot]} %` : "";
          return found
            ? `  ${slot.padEnd(5)}  ${found.model}  ${found.state}  ${live.traffic[slot] ?? 0} %${mirrored}`
            : `  ${slot.padEnd(5)}  not there`;
        })
      : ["  not there yet"]),
    ...(release
      ? [
          `release ${release.release} of ${release.at}: ${release.model} to ${release.slot}, ${release.outcome ?? "under way"}`,
          `  before it requests went to ${trafficText(release.previous)}`,
        ]
      : []),
    `next: ${next.step === "none" ? "nothing" : `trunkline release ${next.step}`}: ${next.reason}`,
  ],
  json: (result) => result,
};
