import type { PipelineStep } from "../report/pipeline-report";
import type { PipelineAction } from "../stack/resolve-event";

/**
 * The part of a push that a job does: planning and applying are two jobs, so that only the second gets to write. A schedule
 * starts a run by hand on each branch, which then looks for drift.
 */
export const CI_PHASES = ["plan", "apply", "drift"] as const;

/** The part of a push that a job does. */
export type CiPhase = (typeof CI_PHASES)[number];

/** What a run of CI does, or why it must not do what it was told. */
export type CiDecision =
  | { readonly kind: "step"; readonly step: Exclude<PipelineStep, "nothing">; readonly reason: string }
  | { readonly kind: "refused"; readonly reason: string };

/**
 * Decides what a run of CI does, of what its event is there for. Without a phase a deployment is planned, gated and applied
 * in one job. The code of a fork is rehearsed only, whatever was asked for: it must not see credentials.
 */
export function ciStep(action: PipelineAction, phase?: CiPhase): CiDecision {
  switch (action) {
    case "rehearse":
      if (phase === "apply") return refusal("what comes from a fork is never applied");
      return { kind: "step", step: "rehearse", reason: "what comes from a fork is rehearsed, without credentials" };
    case "preview":
      if (phase === "apply") return refusal("a pull request is never applied; its merge is");
      if (phase === "drift") return refusal("a pull request is previewed and not compared with the cloud");
      return { kind: "step", step: "preview", reason: "a pull request is previewed" };
    case "drift":
      if (phase === "plan" || phase === "apply") return refusal(`a schedule looks for drift and has no ${phase}`);
      return { kind: "step", step: "drift", reason: "a schedule looks for drift" };
    case "deploy":
      if (phase === "drift") return { kind: "step", step: "drift", reason: "it was asked to look for drift" };
      if (phase === "plan") return { kind: "step", step: "plan", reason: "it is planned before it is applied" };
      return { kind: "step", step: "apply", reason: "it is applied once the gate is open" };
  }
}

function refusal(reason: string): CiDecision {
  return { kind: "refused", reason };
}
