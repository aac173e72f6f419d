import type { ResourceState } from "../state/deployment-file";
import type { DependencyGraph } from "./dependency-graph";
import type { Step } from "./step";

/**
 * Puts deletions into groups that run one after the other: a resource is deleted in a group before everything that it
 * needs, and resources that do not need each other share a group.
 */
export function scheduleDeletes(steps: readonly Step[], graph: DependencyGraph): Step[][] {
  const condemned = new Map(steps.map((step) => [step.res, step]));
  const depths = new Map<ResourceState, number>();
  const depthOf = (resource: ResourceState): number => {
    const known = depths.get(resource);
    if (known !== undefined) return known;
    // The graph has no cycles: each resource stands behind what it needs. The stack may still be deep.
    const stack = [resource];
    while (stack.length > 0) {
      const current = stack[stack.length - 1]!;
      const needs = [...graph.dependenciesOf(current)].filter((dependency) => condemned.has(dependency));
      const open = needs.filter((dependency) => !depths.has(dependency));
      if (open.length > 0) stack.push(...open);
      else {
        depths.set(current, Math.max(-1, ...needs.map((dependency) => depths.get(dependency)!)) + 1);
        stack.pop();
      }
    }
    return depths.get(resource)!;
  };
  const groups: Step[][] = [];
  for (const [resource, step] of condemned) (groups[depthOf(resource)] ??= []).push(step);
  return groups.reverse();
}
