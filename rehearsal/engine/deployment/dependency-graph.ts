import type { ResourceState } from "../state/deployment-file";
import { providerUrnOf } from "./provider-reference";
import { dependenciesOf, neededUrns } from "./state-dependencies";

/**
 * Who needs whom among the resources of a state, given in an order in which each stands behind what it needs.
 * Several resources may have one URN: an old one, waiting for its deletion, beside its replacement.
 */
export class DependencyGraph {
  private readonly index = new Map<ResourceState, number>();
  private readonly byUrn = new Map<string, number[]>();
  /** Children of a URN at any depth. */
  private readonly descendants = new Map<string, number[]>();

  constructor(private readonly resources: readonly ResourceState[]) {
    const lastOf = new Map<string, ResourceState>();
    resources.forEach((resource, i) => {
      this.index.set(resource, i);
      push(this.byUrn, resource.urn, i);
      lastOf.set(resource.urn, resource);
      for (let parent = resource.parent; parent; parent = lastOf.get(parent)?.parent) push(this.descendants, parent, i);
    });
  }

  contains(resource: ResourceState): boolean {
    return this.index.has(resource);
  }

  /** Lets another object stand for a resource of the graph: its refreshed state. */
  alias(other: ResourceState, resource: ResourceState): void {
    this.index.set(other, this.indexOf(resource));
  }

  /** The resources that must not be deleted before this one is: what it needs, its parent, what is inside components it needs. */
  dependenciesOf(resource: ResourceState): Set<ResourceState> {
    const cursor = this.indexOf(resource);
    const found = new Set<ResourceState>();
    const add = (i: number): void => {
      if (i < cursor) found.add(this.resources[i]!);
    };
    const needed = dependenciesOf(resource).flatMap((d) => (d.kind === "parent" ? [] : [d.urn]));
    if (resource.provider) needed.push(providerUrnOf(resource.provider));
    for (const urn of new Set(needed)) {
      for (const i of this.byUrn.get(urn) ?? []) {
        add(i);
        if (i < cursor && !this.resources[i]!.custom) this.descendants.get(urn)?.forEach(add);
      }
    }
    if (resource.parent) this.byUrn.get(resource.parent)?.forEach(add);
    return found;
  }

  /** The resources that need this one, at any distance, in order; those with an ignored URN cut the way. */
  dependingOn(resource: ResourceState, ignored: (urn: string) => boolean, includeChildren: boolean): ResourceState[] {
    const reached = new Set([resource.urn]);
    return this.resources.slice(this.indexOf(resource) + 1).filter((candidate) => {
      if (ignored(candidate.urn)) return false;
      const needs =
        dependenciesOf(candidate).some((d) => (d.kind !== "parent" || includeChildren) && reached.has(d.urn)) ||
        (!!candidate.provider && reached.has(providerUrnOf(candidate.provider)));
      if (needs) reached.add(candidate.urn);
      return needs;
    });
  }

  /** Everything that the resource needs at any distance, parents included. */
  transitiveDependenciesOf(resource: ResourceState): Set<ResourceState> {
    const found = new Set<ResourceState>();
    const queue = [resource];
    for (let next = queue.pop(); next; next = queue.pop()) {
      for (const urn of neededUrns(next)) {
        const states = (this.byUrn.get(urn) ?? []).map((i) => this.resources[i]!);
        // An old resource needs old ones where there are any; a new one needs the new.
        const dependency = states.find((state) => !!state.delete === !!next.delete) ?? states[0];
        if (dependency && !found.has(dependency)) {
          found.add(dependency);
          queue.push(dependency);
        }
      }
    }
    found.delete(resource);
    return found;
  }

  private indexOf(resource: ResourceState): number {
    const index = this.index.get(resource);
    if (index === undefined) throw new Error(`resource ${resource.urn} is not in the dependency graph`);
    return index;
  }
}

function push(map: Map<string, number[]>, key: string, value: number): void {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
}
