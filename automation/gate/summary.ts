import type { Bundle } from "../bundle/bundle";
import { CHANGE_ACTIONS } from "../bundle/change";
import { brokenText } from "../outputs/output-readers";
import { lossesOf } from "./acknowledgements";

/** What a bundle does, for who is asked to approve it: counts, and each loss of data by its URN. */
export function summaryOf({ project, stack, commit, changes, brokenOutputs = [] }: Bundle): string[] {
  const counts = CHANGE_ACTIONS.flatMap((action) => {
    const count = changes.filter((change) => change.action === action).length;
    return count > 0 ? [`${count} ${action}`] : [];
  });
  return [
    `${project}, ${stack}, commit ${commit.slice(0, 12)}: ${counts.join(", ") || "no changes"}`,
    ...lossesOf(changes).map(({ urn, action }) => `${action} that loses data: ${urn}`),
    ...brokenOutputs.map(brokenText),
  ];
}
