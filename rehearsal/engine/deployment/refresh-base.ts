import { BailError } from "./bail-error";
import { checkTargets } from "./check-targets";
import type { Deployment } from "./deployment";
import type { ResourceState } from "../state/deployment-file";
import { dependenciesOf } from "./state-dependencies";
import { StepExecutor } from "./step-executor";
import type { StepGenerator } from "./step-generator";
import { RefreshStep } from "./steps/refresh-step";

/**
 * Refreshes the resources of the base state, all or the targets, before anything else is done; `askedFor`: of these only
 * the ones whose providers asked for that before each update.
 */
export async function refreshBase(
  deployment: Deployment,
  generator: StepGenerator,
  cancellation: AbortSignal,
  askedFor = false,
): Promise<void> {
  const { base, options, diagnostics, actions } = deployment;
  if (base.resources.length === 0) return;
  checkTargets(deployment, options.targets, undefined);
  checkTargets(deployment, options.excludes, undefined);
  const steps = new Map<ResourceState, RefreshStep>();
  for (const resource of resourcesToRefresh(generator)) {
    if (askedFor && !resource.refreshBeforeUpdate) continue;
    await deployment.ensureProvider(resource.provider);
    steps.set(resource, new RefreshStep(deployment, resource));
  }
  const executor = new StepExecutor(deployment, () => undefined, true);
  const stop = (): void => executor.stop();
  cancellation.addEventListener("abort", stop);
  if (cancellation.aborted) stop();
  await executor.all([...steps.values()]);
  cancellation.removeEventListener("abort", stop);
  base.rebuild((resource) => {
    const step = steps.get(resource);
    return step ? step.next : resource;
  });
  await actions.rebuilt();
  const kind = options.dryRun ? "preview" : "update";
  if (executor.error || cancellation.aborted) {
    const message = `${kind} ${executor.error ? "failed" : "canceled"}`;
    diagnostics.error("", message);
    throw new BailError(message);
  }
}

/** The resources that a refresh looks at: targets with, where asked for, what depends on them; or all but the excluded. */
export function resourcesToRefresh({ deployment }: StepGenerator): ResourceState[] {
  const { targets, excludes, targetDependents, excludeDependents } = deployment.options;
  const included = targets.clone();
  const excluded = excludes.clone();
  return deployment.base.resources.filter((resource) => {
    if (resource.viewOf) return false;
    const needs = dependenciesOf(resource).map(({ urn }) => urn);
    if (excludes.constrained) {
      const out = excluded.contains(resource.urn) || (excludeDependents && needs.some((urn) => excluded.contains(urn)));
      if (out) excluded.add(resource.urn);
      return !out;
    }
    const inside = included.contains(resource.urn) || (targetDependents && needs.some((urn) => included.contains(urn)));
    if (inside) included.add(resource.urn);
    return inside;
  });
}
