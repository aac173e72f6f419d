import { ruleName, rulesFor } from "../gate/gate-policy";
import type { PipelineDecision } from "./decide-pipeline";

/**
 * What is expected before anything is applied, one of which is enough, as phrases; empty where nothing is applied and
 * where nobody has to approve.
 */
export function expectedApprovals({
  resolution,
  settings,
}: Pick<PipelineDecision, "resolution" | "settings">): string[] {
  if (resolution.kind !== "environment" || resolution.action !== "deploy") return [];
  const { environment } = resolution;
  return rulesFor(environment, settings.gate).map((rule) => ruleName(rule, environment));
}
