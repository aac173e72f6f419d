import assert from "node:assert/strict";
import { lastDeploy, type RecordedUpdate } from "../../../automation/changes/last-deploy";

const [A, B] = ["a".repeat(40), "b".repeat(40)];
const update = (head?: string, result = "succeeded", dirty = "false", kind = "update"): RecordedUpdate => ({
  kind,
  result,
  environment: { ...(head ? { "git.head": head } : {}), "git.dirty": dirty },
});

describe("what a stack was last deployed from", () => {
  for (const [what, history, expected] of [
    ["the commit of its last update", [update(B), update(A)], B],
    [
      "the last update's, whatever was refreshed, imported or renamed since",
      [update(A, "succeeded", "false", "refresh"), update(B)],
      B,
    ],
    ["unknown without a history", [], /never deployed/],
    ["unknown where it was only refreshed", [update(A, "failed", "false", "refresh")], /never deployed/],
    [
      "unknown after a failed update, which may have done a part",
      [update(B, "failed"), update(A)],
      /last update failed/,
    ],
    ["unknown while an update is going on", [update(B, "in-progress"), update(A)], /last update has not ended/],
    ["unknown after it was destroyed", [update(B, "succeeded", "false", "destroy"), update(A)], /was destroyed/],
    ["unknown after a failed destroy", [update(B, "failed", "false", "destroy"), update(A)], /last destroy failed/],
    ["unknown where files were in no commit", [update(B, "succeeded", "true"), update(A)], /modified working tree/],
    ["unknown where no commit is recorded", [update(undefined), update(A)], /does not say which commit/],
    ["unknown where what is recorded is no commit", [update("--output=x"), update(A)], /does not say which commit/],
    ["unknown without facts about the run", [{ kind: "update", result: "succeeded" }], /does not say which commit/],
  ] as const) {
    it(`is ${what}`, () => {
      const base = lastDeploy(history);
      if (base.kind === "commit") assert.equal(base.commit, expected);
      else assert.match(base.reason, expected as RegExp);
    });
  }
});
