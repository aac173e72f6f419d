import type { ResourceState } from "../state/deployment-file";
import { providerUrnOf } from "./provider-reference";

/** How one resource needs another. */
export interface StateDependency {
  readonly kind: "parent" | "dependency" | "property" | "deletedWith" | "replaceWith";
  readonly urn: string;
  /** The property, for kind `property`. */
  readonly key?: string;
}

/** Everything that the resource needs, its provider apart. */
export function dependenciesOf(state: ResourceState): StateDependency[] {
  const all: StateDependency[] = [];
  if (state.parent) all.push({ kind: "parent", urn: state.parent });
  for (const urn of state.dependencies ?? []) if (urn) all.push({ kind: "dependency", urn });
  for (const [key, urns] of Object.entries(state.propertyDependencies ?? {})) {
    for (const urn of urns ?? []) if (urn) all.push({ kind: "property", urn, key });
  }
  if (state.deletedWith) all.push({ kind: "deletedWith", urn: state.deletedWith });
  for (const urn of state.replaceWith ?? []) all.push({ kind: "replaceWith", urn });
  return all;
}

/** The URNs that the resource needs, its provider's included. */
export function neededUrns(state: ResourceState): string[] {
  const urns = dependenciesOf(state).map((dependency) => dependency.urn);
  if (state.provider) urns.push(providerUrnOf(state.provider));
  return urns;
}
