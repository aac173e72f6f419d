import type { Alias, Goal } from "../deployment/goal";
import type { Step } from "../deployment/step";
import { diffObjects, type ObjectDiff } from "../values/object-diff";
import type { PropertyMap } from "../values/property-value";
import type { GoalPlan, PlanDiff, ResourcePlan } from "./plan-file";

/** Writes down what a preview would do, so that an update can be held to it. */
export class PlanRecorder {
  /** By URN. */
  readonly resources: Record<string, ResourcePlan> = {};

  /** Notes the goal of a resource. Without inputs the goal alone is known: the resource is going to be imported. */
  expect(
    urn: string,
    goal: Goal,
    seed: Uint8Array,
    oldInputs: PropertyMap | undefined,
    newInputs: PropertyMap | undefined,
  ): void {
    const diff = oldInputs && newInputs ? diffObjects(oldInputs, newInputs) : undefined;
    const known = this.resources[urn];
    this.resources[urn] = {
      state: null,
      ...known,
      goal: goalPlan(goal, planDiff(diff)),
      seed: Buffer.from(seed).toString("base64"),
    };
  }

  /** Notes a resource of which no goal is known yet: it is going to be deleted. */
  expectNothing(urn: string): void {
    this.resources[urn] ??= { state: null };
  }

  recordStep(step: Step, urn: string): void {
    const plan = this.resources[urn];
    if (plan) (plan.steps ??= []).push(step.op);
    else if (step.op !== "same") throw new Error(`expected a new resource plan for ${urn}`);
  }

  recordDelete(step: Step): void {
    const plan = (this.resources[step.urn] ??= { state: null });
    (plan.steps ??= []).push(step.op);
  }

  /** Notes the outputs that a step gave its resource. */
  recordState(urn: string, outputs: PropertyMap): void {
    const plan = this.resources[urn];
    if (plan) plan.state = outputs;
  }

  /** Notes the outputs that a component or the stack registered. */
  recordOutputs(urn: string, oldOutputs: PropertyMap, outputs: PropertyMap): void {
    const plan = this.resources[urn];
    if (!plan?.goal) throw new Error(`no plan for the outputs of ${urn}`);
    plan.goal.outputDiff = planDiff(diffObjects(oldOutputs, outputs));
    plan.state = outputs;
  }
}

function planDiff(diff: ObjectDiff | undefined): PlanDiff {
  if (!diff) return {};
  const updates = Object.fromEntries(Object.entries(diff.updates).map(([key, change]) => [key, change.new]));
  const deletes = Object.keys(diff.deletes);
  return {
    ...(Object.keys(diff.adds).length > 0 ? { adds: diff.adds } : {}),
    ...(deletes.length > 0 ? { deletes } : {}),
    ...(Object.keys(updates).length > 0 ? { updates } : {}),
  };
}

function goalPlan(goal: Goal, inputDiff: PlanDiff): GoalPlan {
  const some = <T>(list: readonly T[]): T[] | undefined => (list.length > 0 ? [...list] : undefined);
  const dependencies = Object.entries(goal.propertyDependencies).map(([key, urns]): [string, string[]] => [
    key,
    [...urns],
  ]);
  return {
    type: goal.type,
    name: goal.name,
    custom: goal.custom,
    inputDiff,
    outputDiff: {},
    parent: goal.parent || undefined,
    protect: goal.protect ?? false,
    dependencies: some(goal.dependencies),
    provider: goal.provider || undefined,
    propertyDependencies: dependencies.length > 0 ? Object.fromEntries(dependencies) : undefined,
    deleteBeforeReplace: goal.deleteBeforeReplace,
    ignoreChanges: some(goal.ignoreChanges),
    additionalSecretOutputs: some(goal.additionalSecretOutputs),
    structuredAliases: some(goal.aliases.map(plannedAlias)),
    id: goal.importId || undefined,
    customTimeouts: goal.customTimeouts,
  };
}

/** An alias with the names that the CLI has for its fields. */
function plannedAlias(alias: Alias): Record<string, string | boolean> {
  const {
    urn = "",
    name = "",
    type = "",
    stack = "",
    project = "",
    parent = "",
    noParent = false,
  } = "urn" in alias ? { urn: alias.urn } : { ...alias, urn: "" };
  return { URN: urn, Name: name, Type: type, Stack: stack, Project: project, Parent: parent, NoParent: noParent };
}
