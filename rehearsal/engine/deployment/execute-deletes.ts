import type { ResourceState } from "../state/deployment-file";
import { scheduleDeletes } from "./delete-schedule";
import type { DependencyGraph } from "./dependency-graph";
import type { Step } from "./step";
import type { StepExecutor } from "./step-executor";

/** Executes deletions, what is needed after what needs it; what a failed step needs stays, and `stopped` ends it early. */
export async function executeDeletes(
  deletes: readonly Step[],
  graph: DependencyGraph,
  executor: StepExecutor,
  stopped: () => boolean,
): Promise<void> {
  const needed = new Set<ResourceState>();
  let seen = 0;
  for (const group of scheduleDeletes(deletes, graph)) {
    for (const step of executor.failed.slice(seen)) {
      for (const resource of [step.res, step.old]) {
        if (!resource || !graph.contains(resource)) continue;
        for (const dependency of graph.transitiveDependenciesOf(resource)) needed.add(dependency);
      }
    }
    seen = executor.failed.length;
    if (stopped()) return;
    await executor.all(group.filter((step) => !needed.has(step.res)));
  }
}
