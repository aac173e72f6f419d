import type { ReleaseEndResult } from "../commands/release-end";
import { trafficText } from "../release/traffic";
import type { Presenter } from "../verbs/verb-definition";

/** Tells where requests go after a release was ended. */
export const presentReleaseEnd: Presenter<ReleaseEndResult> = {
  exit: () => "done",
  lines: ({ kind, endpoint, traffic, removed }) => [
    `the release is ${kind}; requests to ${endpoint} go to ${trafficText(traffic)}`,
    ...removed.map((slot) => `${slot} is removed`),
  ],
  json: (result) => result,
};
