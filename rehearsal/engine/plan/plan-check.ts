import { describeValue } from "../deployment/describe-value";
import type { Goal } from "../deployment/goal";
import { parseProviderReference, UNKNOWN_ID } from "../deployment/provider-reference";
import type { Step, StepOp } from "../deployment/step";
import { nameOf } from "../deployment/urn";
import type { ResourceState } from "../state/deployment-file";
import type { PropertyMap } from "../values/property-value";
import { planDifferences } from "./plan-differences";
import { PlanViolation } from "./plan-violation";
import type { GoalPlan, PlanFile, ResourcePlan } from "./plan-file";

/** Steps that a planned step allows: doing less is always allowed. */
const ALLOWED: Partial<Record<StepOp, readonly StepOp[]>> = {
  create: ["same", "create"],
  update: ["same", "update"],
  replace: ["same", "update", "replace"],
  "create-replacement": ["same", "update", "create-replacement"],
  "delete-replaced": ["same", "update", "delete-replaced"],
};

type Scalar = string | number | boolean | undefined;

/** Holds an update to a plan that a preview saved. Each method throws an Error that names the violation. */
export class PlanCheck {
  private readonly resources: ReadonlyMap<string, ResourcePlan>;

  constructor(file: PlanFile) {
    const copies = Object.entries(file.resourcePlans).map(([urn, plan]): [string, ResourcePlan] => [
      urn,
      { ...plan, steps: [...(plan.steps ?? [])] },
    ]);
    this.resources = new Map(copies);
  }

  /** The seed by which random names come out as they did in the preview. */
  seedOf(urn: string): Uint8Array | undefined {
    const seed = this.resources.get(urn)?.seed;
    return seed === undefined ? undefined : Buffer.from(seed, "base64");
  }

  checkStep(step: Step): void {
    const plan = this.resources.get(step.urn);
    const refuse = (reason: string): never => {
      throw new Error(`${step.op} is not allowed by the plan: ${reason}`);
    };
    if (!plan) {
      if (step.op !== "same") refuse("no steps were expected for this resource");
      return;
    }
    const planned = plan.steps?.shift();
    if (planned === undefined) return refuse("no more steps were expected for this resource");
    if (!(ALLOWED[planned] ?? [planned]).includes(step.op)) refuse(`this resource is constrained to ${planned}`);
  }

  checkGoal(urn: string, goal: Goal, old: ResourceState | undefined, inputs: PropertyMap): void {
    const plan = this.resources.get(urn);
    // Without a plan or an old resource, the creation itself is what is refused.
    if (!plan && !old) return;
    const expected = plan ? plan.goal : goalOf(old!);
    const violation = expected
      ? (optionViolation(expected, goal) ??
        inputViolation(expected, old?.inputs ?? {}, inputs) ??
        dependencyViolation(expected, goal))
      : "resource unexpectedly not deleted";
    if (violation) throw new Error(`resource ${urn} violates plan: ${violation}`);
  }

  checkOutputs(urn: string, oldOutputs: PropertyMap, outputs: PropertyMap): void {
    const goal = this.resources.get(urn)?.goal;
    if (!goal) throw new Error(`no plan for resource ${urn}`);
    const differences = planDifferences(oldOutputs, outputs, goal.outputDiff, describeValue);
    if (differences.length > 0)
      throw new PlanViolation(`resource violates plan: properties changed: ${differences.join(", ")}`);
  }

  /** Resources for which the plan expected steps that were not seen; a deletion of what is gone already is not missed. */
  missing(base: readonly ResourceState[]): readonly string[] {
    const there = new Set(base.map(({ urn }) => urn));
    return [...this.resources].flatMap(([urn, { steps = [] }]) => {
      const gone = steps.length === 1 && steps[0] === "delete" && !there.has(urn);
      return steps.length > 0 && !gone ? [urn] : [];
    });
  }
}

/** What a resource that the plan does not mention was: it may not change at all. */
function goalOf(old: ResourceState): GoalPlan {
  return {
    type: old.type,
    name: nameOf(old.urn),
    custom: old.custom,
    inputDiff: {},
    outputDiff: {},
    parent: old.parent,
    protect: old.protect ?? false,
    dependencies: old.dependencies,
    provider: old.provider,
    propertyDependencies: old.propertyDependencies,
    additionalSecretOutputs: old.additionalSecretOutputs,
    structuredAliases: old.aliases?.map((urn) => ({ urn })),
    customTimeouts: old.customTimeouts ?? {},
  };
}

function inputViolation(expected: GoalPlan, oldInputs: PropertyMap, inputs: PropertyMap): string | undefined {
  const differences = planDifferences(oldInputs, inputs, expected.inputDiff, describeValue);
  return differences.length > 0 ? `properties changed: ${differences.join(", ")}` : undefined;
}

function optionViolation(expected: GoalPlan, goal: Goal): string | undefined {
  if (expected.custom !== goal.custom) {
    return `resource kind changed (expected ${expected.custom ? "custom" : "component"})`;
  }
  if ((expected.provider ?? "") !== goal.provider && !isPlannedProvider(expected.provider, goal.provider)) {
    return `provider changed (expected ${expected.provider ?? "none"})`;
  }
  const single: readonly (readonly [string, Scalar, Scalar])[] = [
    ["parent", expected.parent ?? "", goal.parent],
    ["protect", expected.protect, goal.protect ?? false],
    ["deleteBeforeReplace", expected.deleteBeforeReplace, goal.deleteBeforeReplace],
    ["importID", expected.id ?? "", goal.importId],
    ["create timeout", expected.customTimeouts.create ?? 0, goal.customTimeouts.create ?? 0],
    ["update timeout", expected.customTimeouts.update ?? 0, goal.customTimeouts.update ?? 0],
    ["delete timeout", expected.customTimeouts.delete ?? 0, goal.customTimeouts.delete ?? 0],
  ];
  for (const [what, before, after] of single) {
    if (before !== after) return `${what} changed (expected ${String(before ?? "no value")})`;
  }
  const lists: readonly (readonly [string, readonly unknown[] | undefined, readonly unknown[]])[] = [
    ["ignoreChanges", expected.ignoreChanges, goal.ignoreChanges],
    ["additionalSecretOutputs", expected.additionalSecretOutputs, goal.additionalSecretOutputs],
    ["dependencies", expected.dependencies, goal.dependencies],
    ["aliases", expected.structuredAliases, goal.aliases],
  ];
  for (const [what, before, after] of lists) {
    const change = setChange(before ?? [], after);
    if (change) return `${what} changed: ${change}`;
  }
  return undefined;
}

/** What was unknown in the plan may turn out to be absent, and then depends on nothing. */
function dependencyViolation(expected: GoalPlan, goal: Goal): string | undefined {
  for (const [key, urns] of Object.entries(expected.propertyDependencies ?? {})) {
    const now = goal.propertyDependencies[key];
    const change = now && setChange(urns, now);
    if (change) return `dependencies for ${key} changed: ${change}`;
  }
  return undefined;
}

/** A provider that the preview would have created got its id only now. */
function isPlannedProvider(expected: string | undefined, actual: string): boolean {
  if (!expected || !actual) return false;
  const planned = parseProviderReference(expected);
  return planned.id === UNKNOWN_ID && planned.urn === parseProviderReference(actual).urn;
}

function setChange(before: readonly unknown[], after: readonly unknown[]): string | undefined {
  const olds = new Set(before.map(textOf));
  const news = new Set(after.map(textOf));
  const added = [...news].filter((item) => !olds.has(item)).sort();
  const deleted = [...olds].filter((item) => !news.has(item)).sort();
  const parts = [
    ...(added.length > 0 ? [`added ${added.join(", ")}`] : []),
    ...(deleted.length > 0 ? [`deleted ${deleted.join(", ")}`] : []),
  ];
  return parts.length > 0 ? parts.join("; ") : undefined;
}

/** An alias is the same with or without its empty fields, and with the capital letters of the CLI's names for them. */
function textOf(item: unknown): string {
  if (typeof item !== "object" || item === null) return String(item);
  return JSON.stringify(
    Object.fromEntries(
      Object.entries(item)
        .filter(([, value]) => value)
        .map(([name, value]): [string, unknown] => [
          name === "URN" ? "urn" : name[0]!.toLowerCase() + name.slice(1),
          value,
        ])
        .sort(),
    ),
  );
}
