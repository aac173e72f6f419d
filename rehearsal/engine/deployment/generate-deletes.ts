import type { ResourceState } from "../state/deployment-file";
import { BailError } from "./bail-error";
import { DependencyGraph } from "./dependency-graph";
import { cascadeReplacements, dependentReplacements } from "./dependent-replacements";
import type { Step } from "./step";
import type { StepGenerator } from "./step-generator";
import { DeleteStep } from "./steps/delete-step";
import { RemovePendingReplaceStep } from "./steps/remove-pending-replace-step";
import { SameStep } from "./steps/same-step";
import { keptState } from "./untargeted-sames";

/** The steps at the end of an operation: what the program did not register is deleted, or kept if it is no target. */
export async function generateDeletes(generator: StepGenerator): Promise<{ sames: Step[]; deletes: Step[] }> {
  const { deployment, state } = generator;
  const included = await inclusion(generator);
  const deletes: Step[] = [];
  const sames: Step[] = [];
  for (const original of deployment.base.resources) {
    if (original.viewOf) continue;
    if (!included(original.urn)) {
      if (!state.isOperatedOn(original.urn)) {
        sames.push(new SameStep(deployment, undefined, original, keptState(original), "untargeted"));
      }
      continue;
    }
    const resource = state.refreshStates.get(original) ?? original;
    const step = deletionOf(generator, resource);
    if (step) deletes.push(step);
    if (state.deletes.has(resource.urn)) await deployment.ensureProvider(resource.provider);
  }
  for (const resource of state.toDelete) {
    if (!included(resource.urn)) continue;
    state.deletes.add(resource.urn);
    deletes.push(new DeleteStep(deployment, resource, "delete", state.deletes));
  }
  for (const step of [...sames, ...deletes]) {
    deployment.plan?.checkStep(step);
    deployment.newPlan?.recordDelete(step);
  }
  refuseUntargeted(generator, deletes);
  return { sames, deletes };
}

/** The graph by which deletions are ordered: what a destroy registered stands before what the state had. */
export function deleteGraph({ deployment, state }: StepGenerator): DependencyGraph {
  if (state.toDelete.length === 0) return deployment.base.graph;
  const graph = new DependencyGraph([...state.toDelete, ...deployment.base.resources]);
  for (const [original, refreshed] of state.refreshStates) graph.alias(refreshed, original);
  return graph;
}

function deletionOf({ deployment, state }: StepGenerator, resource: ResourceState): Step | undefined {
  if (resource.delete) {
    if (state.pendingDeletes.has(resource)) return undefined;
    state.deletes.add(resource.urn);
    return new DeleteStep(deployment, resource, "replaced", state.deletes);
  }
  if (state.isOperatedOn(resource.urn)) return undefined;
  state.deletes.add(resource.urn);
  if (resource.pendingReplacement) return new RemovePendingReplaceStep(resource);
  return new DeleteStep(deployment, resource, "delete", state.deletes);
}

/** Whether a URN may be deleted: everything, or the targets and what depends on them, or all but the excluded. */
async function inclusion(generator: StepGenerator): Promise<(urn: string) => boolean> {
  const { targets, excludes } = generator.deployment.options;
  if (targets.constrained) {
    const allowed = await targetsToDelete(generator);
    return (urn) => allowed.has(urn);
  }
  if (!excludes.constrained) return () => true;
  const kept = excludedFromDelete(generator);
  return (urn) => !kept.has(urn);
}

async function targetsToDelete(generator: StepGenerator): Promise<Set<string>> {
  const { base, options } = generator.deployment;
  const graph = deleteGraph(generator);
  const reached = new Set<string>();
  const frontier = base.resources.filter((resource) => options.targets.contains(resource.urn));
  for (let next = frontier.shift(); next; next = frontier.shift()) {
    if (reached.has(next.urn)) continue;
    reached.add(next.urn);
    frontier.push(...graph.dependingOn(next, (urn) => reached.has(urn), true));
  }
  const allowed = new Set<string>();
  for (const urn of reached) {
    for (const resource of base.allOlds.get(urn) ?? []) {
      allowed.add(urn);
      const dependents = [
        ...(await dependentReplacements(generator, resource)),
        ...cascadeReplacements(generator, urn),
      ];
      for (const dependent of dependents) allowed.add(dependent.resource.urn);
    }
  }
  return allowed;
}

/** The excluded resources and all that they need, which has to stay with them. */
function excludedFromDelete(generator: StepGenerator): Set<string> {
  const { base, options } = generator.deployment;
  const graph = deleteGraph(generator);
  const kept = new Set<string>();
  const frontier = base.resources.filter((resource) => options.excludes.contains(resource.urn));
  for (let next = frontier.shift(); next; next = frontier.shift()) {
    if (kept.has(next.urn)) continue;
    kept.add(next.urn);
    frontier.push(...graph.dependenciesOf(next));
    if (options.excludeDependents) frontier.push(...graph.dependingOn(next, (urn) => kept.has(urn), true));
  }
  // What only waits for its deletion is deleted, whatever its URN.
  return new Set([...kept].filter((urn) => base.olds.has(urn)));
}

function refuseUntargeted({ deployment, state }: StepGenerator, deletes: readonly Step[]): void {
  const { targets, targetDependents, dryRun } = deployment.options;
  if (targetDependents) return;
  const refused = deletes.filter(({ urn }) => !targets.contains(urn));
  for (const { urn } of refused) {
    state.sawError = true;
    deployment.diagnostics.error(
      urn,
      `Resource '${urn}' will be destroyed but was not specified in --target list.\n` +
        "Either include resource in --target list or pass --target-dependents to proceed.",
    );
  }
  if (refused.length > 0 && !dryRun) throw new BailError("delete untargeted resource");
}
