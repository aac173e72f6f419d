import type { PropertyMap } from "../values/property-value";
import { BailError } from "./bail-error";
import { diffRegistration } from "./diff-registration";
import { processIgnoreChanges } from "./ignore-changes";
import type { Generated, Registration } from "./registration";
import { continueFromDiff } from "./continue-from-diff";
import { skipCreate } from "./continue-from-refresh";
import type { StepGenerator } from "./step-generator";
import { CreateStep } from "./steps/create-step";
import { ReplaceStep } from "./steps/replace-step";
import type { Step } from "./step";
import { isProviderType, ROOT_STACK_TYPE } from "./urn";
import { untargetedSames, queueUntargetedDependencies } from "./untargeted-sames";

/** Third part of a registration: its inputs are checked, and it is decided what kind of step it needs. */
export async function continueFromImport(generator: StepGenerator, registration: Registration): Promise<Generated> {
  const { deployment, state } = generator;
  const { urn, goal, old, event, recreating } = registration;
  const implicit = isProviderType(goal.type) || goal.type === ROOT_STACK_TYPE;
  const targeted = implicit || state.isIncluded(registration.next);
  const { inputs, valid } = await checkInputs(generator, registration, targeted);
  if (targeted) queueUntargetedDependencies(generator, registration.next);
  if (valid) planInputs(generator, registration, inputs);
  else throw new BailError(`resource ${urn} is invalid`);

  const next = registration.next;
  if (recreating && old) {
    state.deletes.delete(urn);
    state.replaces.add(urn);
    return { steps: recreate(generator, registration) };
  }
  if (old?.external) {
    state.creates.add(urn);
    const replacement = { old, keys: undefined, diffs: undefined, detailedDiff: undefined, pendingDelete: true };
    return { steps: [new CreateStep(deployment, event, next, replacement), new ReplaceStep(old, next)] };
  }
  if (deployment.options.excludes.constrained && !targeted && state.isExcluded(next)) state.excludesActual.add(urn);
  else if (targeted && state.isTargeted(next)) state.targetsActual.add(urn);

  if (old && !targeted) return { steps: untargetedSames(generator, registration, old) };
  if (old) {
    const { diff, triggered } = await diffRegistration(generator, registration, old, inputs);
    return { steps: await continueFromDiff(generator, registration, old, diff, triggered) };
  }
  if (!targeted) {
    state.sames.add(urn);
    return skipCreate(generator, registration);
  }
  state.creates.add(urn);
  return { steps: [new CreateStep(deployment, event, next)] };
}

/** The creation of a resource that was deleted before, because of one that it depends on. */
export function recreate({ deployment, state }: StepGenerator, registration: Registration): Step[] {
  const { urn, event } = registration;
  const old = registration.old!;
  const keys = state.dependentReplaceKeys.get(urn);
  const replacement = { old, keys, diffs: undefined, detailedDiff: undefined, pendingDelete: false };
  return [new ReplaceStep(old, registration.next), new CreateStep(deployment, event, registration.next, replacement)];
}

/**
 * Lets the provider check the inputs and fill in defaults. `inputs`: what is compared with the old ones. `valid` is
 * false where they are refused, which has been reported.
 */
async function checkInputs(
  generator: StepGenerator,
  registration: Registration,
  targeted: boolean,
): Promise<{ inputs: PropertyMap; valid: boolean }> {
  const { deployment } = generator;
  const { goal, old, urn, randomSeed } = registration;
  const next = registration.next;
  let inputs = next.inputs ?? {};
  if (old) {
    inputs = processIgnoreChanges(deployment.diagnostics, urn, inputs, old.inputs ?? {}, goal.ignoreChanges);
  }
  // The state of a component keeps what the program gave, ignored changes included, as the CLI's engine has it.
  if (!goal.custom) return { inputs, valid: !registration.invalid };
  const provider = await generator.provider(next);
  if (!targeted) {
    next.inputs = old?.inputs ?? {};
    return { inputs: next.inputs, valid: !registration.invalid };
  }
  const afresh = isAfresh(generator, registration);
  const { inputs: checked, failures } = await provider.check({
    urn,
    type: goal.type,
    name: goal.name,
    oldInputs: afresh ? undefined : (old?.inputs ?? {}),
    newInputs: afresh ? goal.properties : inputs,
    randomSeed,
  });
  // Failures name the values that the program gave.
  const refused = generator.reportFailures(next, failures ?? []);
  next.inputs = checked;
  return { inputs: checked, valid: !refused && !registration.invalid };
}

/** Whether old inputs have no say: there are none, they are not ours, or they are going to be replaced anyway. */
function isAfresh(generator: StepGenerator, { old, urn, recreating }: Registration): boolean {
  return !old || recreating || !!old.external || generator.isTargetedReplace(urn, old);
}

function planInputs(generator: StepGenerator, registration: Registration, inputs: PropertyMap): void {
  const { deployment } = generator;
  const { goal, old, urn, randomSeed } = registration;
  const oldInputs = isAfresh(generator, registration) ? {} : (old?.inputs ?? {});
  deployment.newPlan?.expect(urn, goal, randomSeed, oldInputs, inputs);
  deployment.plan?.checkGoal(urn, goal, old, inputs);
}
