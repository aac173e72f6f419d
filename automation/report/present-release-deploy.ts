import type { ReleaseDeployResult } from "../commands/release-deploy";
import { trafficText } from "../release/traffic";
import type { Presenter } from "../verbs/verb-definition";

/** Tells which model is up in which slot. */
export const presentReleaseDeploy: Presenter<ReleaseDeployResult> = {
  exit: () => "done",
  lines: ({ environment, endpoint, model, slot, live }) => [
    `${model} is up in ${slot} of ${endpoint} in ${environment}, without traffic; requests go to ${trafficText(live.traffic)}`,
    "next: trunkline release test",
  ],
  json: (result) => result,
};
