import type { ResourceState } from "../state/deployment-file";
import { BailError } from "./bail-error";
import { parseProviderReference } from "./provider-reference";
import type { Registration } from "./registration";
import { copyResource } from "./resource-copy";
import type { RegisterEvent } from "./source-event";
import { dependenciesOf } from "./state-dependencies";
import type { Step } from "./step";
import type { StepGenerator } from "./step-generator";
import { SameStep } from "./steps/same-step";

/** Steps that keep a resource which is no target, behind those for old resources that it needs and nothing registered. */
export function untargetedSames(generator: StepGenerator, registration: Registration, old: ResourceState): Step[] {
  const { deployment, state } = generator;
  requireProvider(generator, registration.urn, old);
  const steps: Step[] = [];
  const keep = (resource: ResourceState, event: RegisterEvent | undefined): void => {
    state.urns.add(resource.urn);
    state.sames.add(registration.urn).add(resource.urn);
    const provider = providerToKeep(generator, resource);
    if (provider) keep(provider, undefined);
    for (const { urn, kind } of dependenciesOf(resource)) {
      if (state.hasGeneratedStep(urn)) continue;
      const needed = deployment.base.olds.get(urn);
      if (!needed) throw new BailError(`${kind} ${urn} of untargeted resource ${registration.urn} has no old state`);
      keep(needed, undefined);
    }
    steps.push(new SameStep(deployment, event, resource, keptState(resource), "untargeted"));
  };
  keep(old, registration.event);
  return steps;
}

/**
 * Remembers steps for old resources that a targeted one needs and nothing registers: they are put before the next
 * steps, so that the state keeps its order.
 */
export function queueUntargetedDependencies({ deployment, state }: StepGenerator, next: ResourceState): void {
  if (!deployment.options.targets.constrained) return;
  const queue = (urn: string): void => {
    if (state.hasGeneratedStep(urn) || state.pendingUntargetedUrns.has(urn)) return;
    const old = deployment.base.olds.get(urn);
    if (!old) return;
    state.pendingUntargetedUrns.add(urn);
    if (old.provider) {
      const reference = parseProviderReference(old.provider);
      if (deployment.base.olds.get(reference.urn)?.id === reference.id) queue(reference.urn);
    }
    for (const dependency of dependenciesOf(old)) queue(dependency.urn);
    state.pendingUntargetedSames.push(new SameStep(deployment, undefined, old, keptState(old), "untargeted"));
  };
  for (const dependency of dependenciesOf(next)) queue(dependency.urn);
}

/** The state of an old resource that is kept as it is. */
export function keptState(old: ResourceState): ResourceState {
  return copyResource(old);
}

function providerToKeep({ deployment, state }: StepGenerator, resource: ResourceState): ResourceState | undefined {
  if (!resource.provider) return undefined;
  const { urn, id } = parseProviderReference(resource.provider);
  if (state.hasGeneratedStep(urn) || state.isOperatedOn(urn)) return undefined;
  const provider = deployment.base.olds.get(urn);
  return provider?.id === id ? provider : undefined;
}

function requireProvider({ deployment }: StepGenerator, urn: string, old: ResourceState): void {
  if (!old.provider || deployment.registry.get(old.provider)) return;
  const reference = parseProviderReference(old.provider);
  if (deployment.base.olds.get(reference.urn)?.id !== reference.id) {
    throw new Error(`could not find provider ${old.provider} in old state`);
  }
  throw new Error(
    `provider ${old.provider} for resource ${urn} has not been registered yet, this is due to a change of providers ` +
      "mixed with --target. Change your program back to the original providers",
  );
}
