import type { PipelineEvent } from "../events/pipeline-event";
import type { PipelineStep } from "../report/pipeline-report";

/** The part of a push that a job does: planning and applying are two jobs, so that only the second gets to write. */
export const CI_PHASES = ["plan", "apply"] as const;

/** The part of a push that a job does. */
export type CiPhase = (typeof CI_PHASES)[number];

/** What a run of CI does, or why it must not do what it was told. */
export type CiDecision =
  | { readonly kind: "step"; readonly step: Exclude<PipelineStep, "nothing">; readonly reason: string }
  | { readonly kind: "refused"; readonly reason: string };

/**
 * Decides by the event what a run of CI does. Without a phase a push is planned, gated and applied in one job. The code of a
 * fork is rehearsed only, whatever was asked for: it must not see credentials.
 */
export function ciStep(event: PipelineEvent, phase?: CiPhase): CiDecision {
  if (event.fork) {
    if (phase === "apply") return refusal("what comes from a fork is never applied");
    return { kind: "step", step: "rehearse", reason: "what comes from a fork is rehearsed, without credentials" };
  }
  switch (event.kind) {
    case "pull_request":
      if (phase === "apply") return refusal("a pull request is never applied; its merge is");
      return { kind: "step", step: "preview", reason: "a pull request is previewed" };
    case "schedule":
      if (phase !== undefined) return refusal(`a schedule looks for drift and has no ${phase}`);
      return { kind: "step", step: "drift", reason: "a schedule looks for drift" };
    case "push":
    case "manual": {
      const cause = event.kind === "push" ? "a push" : "a run by hand";
      if (phase === "plan") return { kind: "step", step: "plan", reason: `${cause} is planned before it is applied` };
      return { kind: "step", step: "apply", reason: `${cause} is applied once the gate is open` };
    }
  }
}

function refusal(reason: string): CiDecision {
  return { kind: "refused", reason };
}
