import type { PendingOperation, ResourceState } from "../state/deployment-file";
import { DependencyGraph } from "./dependency-graph";
import { dependenciesOf } from "./state-dependencies";

/** The state from which an operation starts, with its look-up tables. A refresh replaces its resources. */
export class BaseState {
  resources: ResourceState[];
  /** The live resource of each URN. */
  olds = new Map<string, ResourceState>();
  /** All resources of each URN, those that wait for deletion included. */
  allOlds = new Map<string, ResourceState[]>();
  graph: DependencyGraph;

  constructor(
    resources: readonly ResourceState[],
    readonly pendingOperations: readonly PendingOperation[],
  ) {
    this.resources = [...resources];
    this.graph = new DependencyGraph(this.resources);
    this.index();
  }

  /** Whether a provider asked for a refresh of its resource before each update. */
  get asksForRefresh(): boolean {
    return [...this.olds.values()].some(({ refreshBeforeUpdate }) => refreshBeforeUpdate);
  }

  /**
   * Takes over what a refresh found: `refreshed` gives the new state of a resource, undefined where it is gone, or the
   * resource itself where it was not looked at. References to what is gone are removed.
   */
  rebuild(refreshed: (resource: ResourceState) => ResourceState | undefined): void {
    const left = this.resources.flatMap((resource) => refreshed(resource) ?? []);
    // In place: who remembers one of these states, as done for example, has to find it again.
    withoutMissing(left).forEach((state, i) => {
      const kept = Object.assign(left[i]!, state);
      // What the engine of the CLI writes after a refresh: a property without dependencies is not listed any more.
      if (kept.propertyDependencies) kept.propertyDependencies = withoutEmpty(kept.propertyDependencies);
    });
    this.resources = left;
    this.graph = new DependencyGraph(this.resources);
    this.index();
  }

  private index(): void {
    this.olds = new Map();
    this.allOlds = new Map();
    for (const resource of this.resources) {
      const all = this.allOlds.get(resource.urn);
      if (all) all.push(resource);
      else this.allOlds.set(resource.urn, [resource]);
      if (!resource.delete) this.olds.set(resource.urn, resource);
    }
  }
}

/** The states, in their order, without references to what is not among them; those without any are not copied. */
export function withoutMissing(resources: readonly ResourceState[]): ResourceState[] {
  const there = new Set<string>();
  const kept = resources.map((resource) => {
    const state = withoutMissingNeeds(resource, there);
    there.add(resource.urn);
    return state;
  });
  return adoptOrphans(kept, there);
}

function withoutMissingNeeds(state: ResourceState, there: ReadonlySet<string>): ResourceState {
  if (dependenciesOf(state).every(({ kind, urn }) => kind === "parent" || there.has(urn))) return state;
  const isThere = (urn: string): boolean => there.has(urn);
  const properties = Object.entries(state.propertyDependencies ?? {});
  const left = properties.map(([key, urns]) => [key, (urns ?? []).filter(isThere)] as const);
  return {
    ...state,
    dependencies: state.dependencies?.filter(isThere),
    propertyDependencies: withoutEmpty(Object.fromEntries(left)),
    deletedWith: state.deletedWith && isThere(state.deletedWith) ? state.deletedWith : undefined,
    replaceWith: state.replaceWith?.filter(isThere),
  };
}

function withoutEmpty(dependencies: Record<string, string[]>): Record<string, string[]> {
  return Object.fromEntries(Object.entries(dependencies).filter(([, urns]) => urns?.length > 0));
}

/** Gives children whose parent is gone to the parent's parent. */
function adoptOrphans(resources: readonly ResourceState[], there: ReadonlySet<string>): ResourceState[] {
  const parents = new Map<string, string | undefined>();
  return resources.map((resource) => {
    const orphan = resource.parent && !there.has(resource.parent);
    const parent = orphan ? parents.get(resource.parent!) : resource.parent;
    parents.set(resource.urn, parent);
    return orphan ? { ...resource, parent } : resource;
  });
}
