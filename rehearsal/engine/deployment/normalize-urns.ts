import type { ResourceState } from "../state/deployment-file";
import { formatProviderReference, parseProviderReference } from "./provider-reference";
import { isRootStack, qualifiedTypeOf, typeOf, nameOf, parseUrn } from "./urn";

/**
 * The resources with references to former URNs turned into the present ones, and without aliases, which have served
 * their purpose. States without any are not copied.
 */
export function normalizeUrns(resources: readonly ResourceState[]): ResourceState[] {
  const current = new Map<string, string>();
  for (const { aliases, urn, parent } of resources) {
    for (const alias of aliases ?? []) current.set(alias, urn);
    const renamed = parent === undefined ? undefined : current.get(parent);
    if (renamed && !isRootStack(renamed)) {
      const { stack, project } = parseUrn(urn);
      current.set(urn, `urn:pulumi:${stack}::${project}::${qualifiedTypeOf(renamed)}$${typeOf(urn)}::${nameOf(urn)}`);
    }
  }
  if (current.size === 0) return [...resources];
  const fix = (urn: string): string => current.get(urn) ?? urn;
  return resources.map((resource) => fixed(resource, fix));
}

function fixed(resource: ResourceState, fix: (urn: string) => string): ResourceState {
  const { aliases: _, ...state } = resource;
  const copy: ResourceState = { ...state, urn: fix(state.urn) };
  if (state.parent) copy.parent = fix(state.parent);
  if (state.dependencies) copy.dependencies = state.dependencies.map(fix);
  if (state.propertyDependencies) {
    copy.propertyDependencies = Object.fromEntries(
      Object.entries(state.propertyDependencies).map(([key, urns]) => [key, (urns ?? []).map(fix)]),
    );
  }
  if (state.deletedWith) copy.deletedWith = fix(state.deletedWith);
  if (state.replaceWith) copy.replaceWith = state.replaceWith.map(fix);
  if (state.provider) {
    const { urn, id } = parseProviderReference(state.provider);
    copy.provider = formatProviderReference({ urn: fix(urn), id });
  }
  return copy;
}
