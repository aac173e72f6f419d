import type { DiffResult } from "../provider/provider";
import type { ResourceState } from "../state/deployment-file";
import { containsSecrets } from "../values/secret-value";
import { BailError } from "./bail-error";
import { cascadeReplacements, dependentReplacements, type DependentReplacement } from "./dependent-replacements";
import type { Registration } from "./registration";
import { applyReplaceOnChanges } from "./replace-on-changes";
import { needsReplacement } from "./resource-diff";
import type { Step } from "./step";
import type { StepGenerator } from "./step-generator";
import { CreateStep } from "./steps/create-step";
import { DeleteStep } from "./steps/delete-step";
import { ReplaceStep } from "./steps/replace-step";
import { SameStep } from "./steps/same-step";
import { UpdateStep } from "./steps/update-step";

/** Last part of a registration: the steps that a difference needs. */
export async function continueFromDiff(
  generator: StepGenerator,
  registration: Registration,
  old: ResourceState,
  found: DiffResult,
  triggered: boolean,
): Promise<Step[]> {
  const { deployment, state } = generator;
  const { urn, goal, event } = registration;
  const next = registration.next;
  const initErrors = (old.initErrors?.length ?? 0) > 0;
  const diff = applyReplaceOnChanges(found, goal.replaceOnChanges, initErrors);
  if (diff.changes === "some" || old.pendingReplacement) {
    if (needsReplacement(diff) || triggered || old.pendingReplacement) {
      return replaceResource(generator, registration, old, diff);
    }
  } else if (!initErrors) {
    if (state.imports.has(urn)) {
      event.done({ state: old, result: "success" });
      return [];
    }
    state.sames.add(urn);
    return [new SameStep(deployment, event, old, next, "unchanged")];
  }
  state.updates.add(urn);
  return [new UpdateStep(deployment, event, old, next, diff, goal.ignoreChanges)];
}

async function replaceResource(
  generator: StepGenerator,
  registration: Registration,
  old: ResourceState,
  diff: DiffResult,
): Promise<Step[]> {
  const { deployment, state } = generator;
  const { urn, goal, event } = registration;
  const next = registration.next;
  refuseProtected(generator, next, old);
  refuseImported(generator, registration, old, diff);
  state.replaces.add(urn);
  if (goal.custom && !generator.isTargetedReplace(urn, old)) await checkAfresh(generator, registration);
  const { replaceKeys: keys, changedKeys: diffs, detailedDiff } = diff;
  const replace = new ReplaceStep(old, next, keys, diffs, detailedDiff);
  const replacement = { old, keys, diffs, detailedDiff };
  const deleteFirst = goal.deleteBeforeReplace ?? diff.deleteBeforeReplace ?? false;
  if (!deleteFirst) {
    return [new CreateStep(deployment, event, next, { ...replacement, pendingDelete: true }), replace];
  }
  const deletions = await deleteDependents(generator, urn, old);
  await deployment.ensureProvider(old.provider);
  if (!old.pendingReplacement) {
    state.deletes.add(old.urn);
    deletions.push(new DeleteStep(deployment, old, "before-replacement", state.deletes));
  }
  return [...deletions, replace, new CreateStep(deployment, event, next, { ...replacement, pendingDelete: false })];
}

/** Checks the inputs once more, without the old ones: defaults are not carried over to a replacement. */
async function checkAfresh(generator: StepGenerator, registration: Registration): Promise<void> {
  const { urn, goal, randomSeed } = registration;
  const provider = await generator.provider(registration.next);
  const { inputs, failures } = await provider.check({
    urn,
    type: goal.type,
    name: goal.name,
    newInputs: goal.properties,
    randomSeed,
  });
  if (generator.reportFailures(registration.next, failures ?? [])) throw new BailError(`resource ${urn} is invalid`);
  registration.next.inputs = inputs;
}

/** The deletions of resources that would not survive the deletion of this one, the farthest first. */
async function deleteDependents(generator: StepGenerator, urn: string, old: ResourceState): Promise<Step[]> {
  const { deployment, state } = generator;
  // An import in a preview is not in the graph: nothing can depend on it yet.
  const inGraph = deployment.base.graph.contains(old);
  const dependents: DependentReplacement[] = inGraph ? await dependentReplacements(generator, old) : [];
  dependents.push(...cascadeReplacements(generator, urn));
  return dependents.reverse().flatMap(({ resource, keys }) => {
    if (state.pendingDeletes.has(resource)) return [];
    deployment.newPlan?.expectNothing(resource.urn);
    state.dependentReplaceKeys.set(resource.urn, keys);
    if (!resource.delete && resource.protect) refuseDependent(generator, urn, resource.urn);
    state.deletes.add(resource.urn);
    state.pendingDeletes.add(resource);
    return [new DeleteStep(deployment, resource, resource.delete ? "delete" : "before-replacement", state.deletes)];
  });
}

function refuseProtected({ deployment, state }: StepGenerator, next: ResourceState, old: ResourceState): void {
  if (!next.protect || !old.protect) return;
  const message =
    `unable to replace resource "${next.urn}"\nas it is currently marked for protection. To unprotect the resource, ` +
    "remove the `protect` flag from the resource in your Pulumi program and run `pulumi up`";
  deployment.diagnostics.error(next.urn, message);
  state.sawError = true;
  if (!deployment.options.dryRun) throw new BailError(message);
}

function refuseDependent({ deployment, state }: StepGenerator, urn: string, dependent: string): never {
  const message =
    `unable to replace resource "${dependent}" as part of replacing "${urn}" as it is currently marked for protection. ` +
    "To unprotect the resource, remove the `protect` flag from the resource in your Pulumi program and run `pulumi up`, " +
    `or use the command:\n\`pulumi state unprotect '${dependent}'\``;
  deployment.diagnostics.error(urn, message);
  state.sawError = true;
  throw new BailError(message);
}

function refuseImported(
  { deployment }: StepGenerator,
  { goal, urn, next }: Registration,
  old: ResourceState,
  diff: DiffResult,
): void {
  if (!goal.importId) return;
  const show = (state: ResourceState, key: string): string =>
    containsSecrets(state.inputs?.[key]) ? "[secret]" : (JSON.stringify(state.inputs?.[key]) ?? "nothing");
  const changes = (diff.replaceKeys ?? []).map((key) => `${key}: ${show(old, key)} => ${show(next, key)}`);
  const message =
    "previously-imported resources that still specify an ID may not be replaced; " +
    `please remove the \`import\` declaration from your program;\n${changes.join("\n")}`;
  if (!deployment.options.dryRun) throw new Error(message);
  deployment.diagnostics.warning(urn, message);
}
