import type { ReleasePromoteResult } from "../commands/release-promote";
import { trafficText } from "../release/traffic";
import { budgetText } from "../release/watch-rule";
import type { Presenter } from "../verbs/verb-definition";

/** Tells how a promotion ended, and what it cost. */
export const presentReleasePromote: Presenter<ReleasePromoteResult> = {
  exit: ({ kind }) => (kind === "promoted" ? "done" : "fault"),
  lines: ({ kind, endpoint, model, slot, reason, traffic, budget, removed, approvedBy, timeline }) => [
    ...(approvedBy.length > 0 ? [`approved by ${approvedBy.join(", ")}`] : []),
    ...(reason === undefined ? [] : [reason]),
    `${model} in ${slot} ${WORDS[kind]}; requests to ${endpoint} go to ${trafficText(traffic)}`,
    ...(timeline.length > 0 ? [budgetText(budget)] : []),
    ...removed.map((one) => `${one} is removed`),
    ...NEXT[kind],
  ],
  json: (result) => result,
};

const WORDS: Readonly<Record<ReleasePromoteResult["kind"], string>> = {
  promoted: "is promoted",
  returned: "crossed a limit and was taken back",
  stopped: "was told to stop in its midst",
};

const NEXT: Readonly<Record<ReleasePromoteResult["kind"], readonly string[]>> = {
  promoted: [],
  returned: ["next: correct the model, then trunkline release deploy"],
  stopped: ["next: trunkline release promote goes on, trunkline release rollback goes back"],
};
