import { randomBytes } from "node:crypto";
import type { ResourceState } from "../state/deployment-file";
import { BailError } from "./bail-error";
import { findOld } from "./alias-resolution";
import { continueFromRefresh } from "./continue-from-refresh";
import { newState } from "./new-state";
import type { Generated, Registration } from "./registration";
import type { RegisterEvent } from "./source-event";
import { dependenciesOf } from "./state-dependencies";
import type { StepGenerator } from "./step-generator";
import { RefreshStep } from "./steps/refresh-step";
import { isProviderType } from "./urn";

/** First part of a registration: its URN, the resource that it continues, and, where asked for, that one's refresh. */
export async function beginRegistration(generator: StepGenerator, event: RegisterEvent): Promise<Generated> {
  const { deployment, state } = generator;
  const { goal } = event;
  if (goal.parent && !state.urns.has(goal.parent)) throw new Error(`could not find parent resource ${goal.parent}`);
  const urn = claimUrn(generator, goal.parent, goal.type, goal.name);
  const { old, alias, invalid } = findOld(deployment, state, urn, goal);
  const next = newState(goal, urn, old, alias ? [alias] : []);
  refuseMissing(generator, next);
  deployment.goals.set(urn, goal);
  const registration: Registration = {
    event,
    goal,
    urn,
    old,
    next,
    invalid,
    recreating: false,
    imported: false,
    randomSeed: deployment.plan?.seedOf(urn) ?? randomBytes(32),
  };
  if (isProviderType(goal.type)) {
    state.providers.set(urn, registration.next);
    if (alias) state.providers.set(alias, registration.next);
  }
  if (!old || !deployment.options.refreshProgram || !state.isIncluded(old)) {
    return continueFromRefresh(generator, registration);
  }
  return refreshFirst(generator, registration, old);
}

/**
 * Refuses a resource that needs one which has not been registered before it: the state could not hold it. With targets
 * it may be one that the state has: that is kept before it then.
 */
function refuseMissing({ deployment, state }: StepGenerator, next: ResourceState): void {
  const { base, options } = deployment;
  for (const { kind, urn } of dependenciesOf(next)) {
    const kept = options.targets.constrained && base.olds.has(urn);
    if (urn !== next.urn && (kept || state.urns.has(urn))) continue;
    const what = kind === "property" ? "property dependency" : kind;
    throw new Error(
      `could not find ${what} ${urn} of resource ${next.urn}: expected a resource that the program registered before it`,
    );
  }
}

/** The URN of a resource that nobody has claimed yet in this operation. */
export function claimUrn({ deployment, state }: StepGenerator, parent: string, type: string, name: string): string {
  const urn = deployment.urnOf(parent, type, name);
  if (state.urns.has(urn)) {
    const message = `Duplicate resource URN '${urn}'; try giving it a unique name`;
    deployment.diagnostics.error(urn, message);
    throw new BailError(message);
  }
  state.urns.add(urn);
  return urn;
}

function refreshFirst(generator: StepGenerator, registration: Registration, old: ResourceState): Generated {
  const { deployment, state } = generator;
  const { goal, urn } = registration;
  const hidden = !goal.custom || isProviderType(goal.type);
  let settle!: (rest: () => Promise<Generated>) => void;
  const rest = new Promise<() => Promise<Generated>>((resolve) => (settle = resolve));
  const onRefreshed = (outcome: ResourceState | undefined | Error): void => {
    if (outcome instanceof Error) {
      settle(() => Promise.reject(new BailError(outcome.message)));
      return;
    }
    if (outcome) {
      deployment.base.graph.alias(outcome, old);
      state.refreshStates.set(old, outcome);
    }
    settle(() => continueFromRefresh(generator, { ...registration, old: outcome }));
  };
  const onSkipped = (): void => {
    registration.event.done({ state: registration.next, result: "skipped" });
    settle(() => Promise.resolve({ steps: [] }));
  };
  state.refreshes.add(urn);
  const wanted = { wanted: registration.next, hidden, onRefreshed, onSkipped };
  return { steps: [new RefreshStep(deployment, old, wanted)], rest };
}
