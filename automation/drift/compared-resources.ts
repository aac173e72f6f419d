import type { Deployment } from "@pulumi/pulumi/automation";
import type { Change } from "../bundle/change";
import { stateDependencies } from "../bundle/resource-dependencies";
import type { OperationTree } from "../report/operation-tree";
import type { ReportResource } from "../report/pipeline-report";
import { reportResources } from "../report/report-resources";
import { knownResources } from "../report/state-resources";

/**
 * Every resource of a state that was compared with its cloud: when the engine looked at it, and what differs. What moved in
 * outputs alone is no difference, whatever the engine calls it.
 */
export function comparedResources(
  tree: OperationTree,
  deployment: Deployment,
  changes: readonly Change[],
): ReportResource[] {
  const looked = new Map(reportResources({ tree }, stateDependencies(deployment)).map((one) => [one.urn, one]));
  const found = new Map(changes.map(({ urn, action }) => [urn, action]));
  return knownResources(deployment).map((known) => ({
    status: "done" as const,
    ...looked.get(known.urn),
    ...known,
    change: found.get(known.urn) ?? "same",
  }));
}
