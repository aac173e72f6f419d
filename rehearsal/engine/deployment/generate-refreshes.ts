import type { ResourceState } from "../state/deployment-file";
import type { StepExecutor } from "./step-executor";
import type { StepGenerator } from "./step-generator";
import { RefreshStep } from "./steps/refresh-step";

/** Refreshes what the state has and the program did not register, at the end of a refresh that runs the program. */
export async function refreshRemaining(generator: StepGenerator, executor: StepExecutor): Promise<void> {
  const { deployment, state } = generator;
  const { targets, excludes } = deployment.options;
  const isNamed = (urn: string): boolean => (excludes.constrained ? !excludes.contains(urn) : targets.contains(urn));
  const steps = new Map<ResourceState, RefreshStep>();
  for (const resource of deployment.base.resources) {
    // Dependents of targets are not looked for here: as in the CLI's engine, only what was named counts.
    if (resource.viewOf || state.isOperatedOn(resource.urn) || !isNamed(resource.urn)) continue;
    state.refreshes.add(resource.urn);
    await deployment.ensureProvider(resource.provider);
    steps.set(resource, new RefreshStep(deployment, resource));
  }
  await executor.all([...steps.values()]);
  deployment.base.rebuild((resource) => {
    const step = steps.get(resource);
    return step ? step.next : resource;
  });
}
