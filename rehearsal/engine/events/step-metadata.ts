import type { Step, StepOp } from "../deployment/step";
import { RefreshStep } from "../deployment/steps/refresh-step";
import type { ResourceState } from "../state/deployment-file";
import type { EventState, StepEventMetadata } from "./engine-event";
import { eventProperties } from "./event-values";
import type { SecretFilter } from "./secret-filter";

/** What events tell of a step; `op` is what a refresh meant for its resource, where that is known. */
export function stepMetadata(step: Step, filter: SecretFilter, op: StepOp = step.op): StepEventMetadata {
  const { type, provider = "" } = step instanceof RefreshStep ? step.identity : step.res;
  const detailed = step.detailedDiff && Object.entries(step.detailedDiff);
  return {
    op,
    urn: step.urn,
    type,
    old: stateOf(step.old, filter),
    new: stateOf(step.next, filter),
    ...(step.keys?.length ? { keys: step.keys } : {}),
    ...(step.diffs?.length ? { diffs: step.diffs } : {}),
    detailedDiff: detailed
      ? Object.fromEntries(detailed.map(([path, { kind, inputDiff }]) => [path, { diffKind: kind, inputDiff }]))
      : null,
    ...(step.logical ? { logical: true } : {}),
    provider,
  };
}

function stateOf(state: ResourceState | undefined, filter: SecretFilter): EventState | null {
  if (!state) return null;
  return {
    type: state.type,
    urn: state.urn,
    ...flags(state),
    id: state.id ?? "",
    parent: state.parent ?? "",
    provider: state.provider ?? "",
    inputs: eventProperties(state.inputs ?? {}, filter),
    outputs: eventProperties(state.outputs ?? {}, filter),
    ...(state.initErrors?.length ? { initErrors: state.initErrors } : {}),
  };
}

function flags(state: ResourceState): Partial<EventState> {
  const { custom, protect, external, retainOnDelete } = state;
  const all = { custom, delete: state.delete, protect, external, retainOnDelete };
  return Object.fromEntries(Object.entries(all).filter(([, set]) => set));
}
