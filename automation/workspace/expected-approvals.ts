import { readStackSettings, settingsFile } from "../engine/stack-settings";
import type { PipelineDecision } from "./decide-pipeline";

/**
 * The approvals that are expected before anything is applied: the reviewers that the settings of a stack give to its
 * GitHub environment, as phrases. Empty where nothing is applied.
 */
export function expectedApprovals({ resolution, stacks }: PipelineDecision): string[] {
  if (resolution.kind !== "environment" || resolution.action !== "deploy") return [];
  const { environment } = resolution;
  const found = stacks.flatMap(({ project }) => {
    const config = readStackSettings(settingsFile(project.directory, environment))?.config ?? {};
    const github = config["trunkline:github"] as { readonly reviewers?: Reviewers } | undefined;
    const { users = [], teams = [] } = github?.reviewers ?? {};
    const reviewers = [...listed("user", users), ...listed("team", teams)];
    return reviewers.length === 0 ? [] : [`the GitHub environment ${environment}: one of ${reviewers.join(", ")}`];
  });
  return found.length > 0 ? [...new Set(found)] : [`none is declared for ${environment}`];
}

interface Reviewers {
  readonly users?: unknown;
  readonly teams?: unknown;
}

function listed(what: string, ids: unknown): string[] {
  return Array.isArray(ids) ? ids.map((id) => `${what} ${String(id)}`) : [];
}
