import { DependencyGraph } from "../deployment/dependency-graph";
import type { ResourceState } from "../state/deployment-file";

/** Splits a state into what a destroy may delete, and what is protected or needed by something protected. */
export function excludeProtected(resources: readonly ResourceState[]): {
  readonly deletable: readonly string[];
  readonly kept: number;
} {
  const graph = new DependencyGraph(resources);
  const kept = new Set<ResourceState>();
  for (const resource of resources) {
    if (!resource.protect) continue;
    kept.add(resource);
    for (const dependency of graph.transitiveDependenciesOf(resource)) kept.add(dependency);
  }
  return { deletable: resources.flatMap((r) => (kept.has(r) ? [] : [r.urn])), kept: kept.size };
}
