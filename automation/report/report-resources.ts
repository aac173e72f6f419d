import type { OperationReport } from "../stack/run-operation";
import type { ReportResource } from "./pipeline-report";

/** For each resource the URNs of those that it depends on. */
export type ResourceDependencies = ReadonlyMap<string, readonly string[]>;

/**
 * The resources of an operation with their times, counted from its first event, and what they depend on. What only the
 * dependencies name, because the operation ended before it came to it, is left out.
 */
export function reportResources(
  { tree }: Pick<OperationReport, "tree">,
  dependencies: ResourceDependencies,
): ReportResource[] {
  const rows = tree.resources;
  const begun = Math.min(...rows.slice(0, 1).map(({ startedAt }) => startedAt));
  const told = new Set(rows.map(({ urn }) => urn));
  return rows.map(({ urn, type, name, parent, change, status, startedAt, endedAt }) => ({
    ...{ urn, type, name, parent, change, status },
    dependsOn: [...new Set(dependencies.get(urn))].filter((other) => other !== urn && told.has(other)),
    startMs: since(startedAt, begun),
    ...(endedAt !== undefined && { endMs: since(endedAt, begun) }),
  }));
}

/** In tenths of a millisecond: more digits would be noise. */
function since(time: number, begun: number): number {
  return Math.max(0, Math.round((time - begun) * 10) / 10);
}
