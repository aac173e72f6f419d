import type { ResourceState } from "../state/deployment-file";

/** A copy of a resource's state; property values are shared, since steps replace them as a whole. */
export function copyResource(state: ResourceState): ResourceState {
  return { ...state };
}
