import assert from "node:assert/strict";
import { ciStep, type CiPhase } from "../../../automation/ci/ci-step";
import type { PipelineEvent } from "../../../automation/events/pipeline-event";

describe("the step of a run of CI", () => {
  const table: readonly [kind: PipelineEvent["kind"], fork: boolean, phase: CiPhase | undefined, decision: string][] = [
    ["pull_request", false, undefined, "preview"],
    ["pull_request", false, "plan", "preview"],
    ["pull_request", false, "apply", "refused"],
    ["pull_request", true, undefined, "rehearse"],
    ["pull_request", true, "plan", "rehearse"],
    ["pull_request", true, "apply", "refused"],
    ["push", false, undefined, "apply"],
    ["push", false, "plan", "plan"],
    ["push", false, "apply", "apply"],
    ["push", true, undefined, "rehearse"],
    ["push", true, "apply", "refused"],
    ["manual", false, undefined, "apply"],
    ["manual", false, "plan", "plan"],
    ["schedule", false, undefined, "drift"],
    ["schedule", false, "plan", "refused"],
    ["schedule", false, "apply", "refused"],
    ["schedule", true, undefined, "rehearse"],
  ];
  for (const [kind, fork, phase, expected] of table) {
    it(`of ${kind}${fork ? " from a fork" : ""}${phase ? ` told to ${phase}` : ""} is ${expected}`, () => {
      const decision = ciStep({ kind, source: "github", fork }, phase);
      assert.equal(decision.kind === "step" ? decision.step : decision.kind, expected);
      assert.ok(decision.reason.length > 0);
    });
  }
});
