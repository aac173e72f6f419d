import assert from "node:assert/strict";
import { ciStep, type CiPhase } from "../../../automation/ci/ci-step";
import { resolveEvent, type PipelineAction } from "../../../automation/stack/resolve-event";
import type { PipelineEvent } from "../../../automation/events/pipeline-event";

describe("the step of a run of CI", () => {
  const table: readonly [action: PipelineAction, phase: CiPhase | undefined, decision: string][] = [
    ["preview", undefined, "preview"],
    ["preview", "plan", "preview"],
    ["preview", "apply", "refused"],
    ["rehearse", undefined, "rehearse"],
    ["rehearse", "plan", "rehearse"],
    ["rehearse", "apply", "refused"],
    ["deploy", undefined, "apply"],
    ["deploy", "plan", "plan"],
    ["deploy", "apply", "apply"],
    ["drift", undefined, "drift"],
    ["preview", "drift", "refused"],
    ["rehearse", "drift", "rehearse"],
    ["deploy", "drift", "drift"],
    ["drift", "drift", "drift"],
    ["drift", "plan", "refused"],
    ["drift", "apply", "refused"],
  ];
  for (const [action, phase, expected] of table) {
    it(`of ${action}${phase ? ` told to ${phase}` : ""} is ${expected}`, () => {
      const decision = ciStep(action, phase);
      assert.equal(decision.kind === "step" ? decision.step : decision.kind, expected);
      assert.ok(decision.reason.length > 0);
    });
  }

  it("never applies what comes from a fork or a pull request, whatever event brings it", () => {
    for (const kind of ["push", "pull_request", "manual", "schedule"] as const) {
      for (const fork of [false, true]) {
        const event: PipelineEvent = { kind, source: "github", branch: "main", baseBranch: "main", fork };
        const resolution = resolveEvent(event);
        assert.ok(resolution.kind === "environment");
        const steps = [undefined, "plan" as const, "apply" as const].map((phase) => {
          const decision = ciStep(resolution.action, phase);
          return decision.kind === "step" ? decision.step : decision.kind;
        });
        const writes = steps.includes("apply");
        assert.equal(writes, !fork && (kind === "push" || kind === "manual"), `${kind} ${fork}: ${steps.join()}`);
      }
    }
  });
});
