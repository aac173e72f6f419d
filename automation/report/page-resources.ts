import type { Change } from "../bundle/change";
import type { ResourceChange } from "./operation-tree";
import type { PageResource } from "./page-data";
import type { ReportResource } from "./pipeline-report";

/** A resource as far as it is known where no operation told of it. */
export type KnownResource = Omit<ReportResource, "status"> & Partial<Pick<ReportResource, "status">>;

/**
 * The resources of a page, by place: those that are known, and what is changed beyond them. A change outweighs what an
 * operation told, because its actions are of the whole operation and not of one step.
 */
export function pageResources(known: readonly KnownResource[], changes: readonly Change[]): PageResource[] {
  const all = [...known, ...unknownOf(known, changes)];
  const places = new Map(all.map(({ urn }, place) => [urn, place]));
  const changeOf = new Map(changes.map((change) => [change.urn, change]));
  const place = (urn: string) => places.get(urn);
  return all.map(({ urn, type, name, parent, dependsOn, change: told, status, startMs, endMs }, own) => {
    const change = changeOf.get(urn);
    const parentPlace = place(parent);
    return {
      ...{ urn, type, name },
      ...(parentPlace !== undefined && parentPlace !== own && { parent: parentPlace }),
      dependsOn: dependsOn.flatMap((other) => place(other) ?? []).filter((other) => other !== own),
      change: change?.action ?? told,
      ...(status !== undefined && { status }),
      ...(startMs !== undefined && { startMs }),
      ...(endMs !== undefined && { endMs }),
      ...(change?.stateful === true && { stateful: true as const }),
      ...(change?.protected === true && { protected: true as const }),
      properties: change?.properties ?? [],
    };
  });
}

/** Counts of resources by what is done to them, where nobody counted. */
export function countResources(
  resources: readonly Pick<PageResource, "change">[],
): Partial<Record<ResourceChange, number>> {
  const counts: Partial<Record<ResourceChange, number>> = {};
  for (const { change } of resources) counts[change] = (counts[change] ?? 0) + 1;
  return counts;
}

/** What is changed and told of nowhere else, below the nearest known resource of the types in its URN. */
function unknownOf(known: readonly KnownResource[], changes: readonly Change[]): KnownResource[] {
  const urns = new Set(known.map(({ urn }) => urn));
  return changes
    .filter(({ urn }) => !urns.has(urn))
    .map(({ urn, type, name, action: change }) => {
      return { urn, type, name, parent: parentByType(urn, [...known, ...changes]), dependsOn: [], change };
    });
}

/** A URN has the types of all parents: the only resource with the types above is the parent. */
function parentByType(urn: string, others: readonly { readonly urn: string }[]): string {
  const above = typesOf(urn).split("$").slice(0, -1).join("$");
  const wanted = above === "" ? "pulumi:pulumi:Stack" : above;
  const candidates = others.filter((other) => typesOf(other.urn) === wanted);
  return candidates.length === 1 ? (candidates[0]?.urn ?? "") : "";
}

function typesOf(urn: string): string {
  return urn.split("::")[2] ?? "";
}
