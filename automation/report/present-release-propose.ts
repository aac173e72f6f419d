import type { ReleaseProposeResult } from "../commands/release-propose";
import type { Presenter } from "../verbs/verb-definition";

/** Tells which pull request proposes a release. */
export const presentReleasePropose: Presenter<ReleaseProposeResult> = {
  exit: () => "done",
  lines: ({ kind, number, url, model }) => [`pull request ${number}, which proposes ${model}, is ${kind}: ${url}`],
  json: (result) => result,
};
