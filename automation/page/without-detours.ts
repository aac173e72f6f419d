import type { GraphLink, GraphNode } from "./resource-graph";

/** The links without those that a chain of others says as well; links that are on a cycle are all kept. */
export function withoutDetours(links: readonly GraphLink[]): GraphLink[] {
  const next = new Map<GraphNode, Set<GraphNode>>();
  for (const { from, to } of links) {
    const targets = next.get(from);
    if (targets) targets.add(to);
    else next.set(from, new Set([to]));
  }
  const reached = new Map<GraphNode, ReadonlySet<GraphNode>>();
  const reach = (start: GraphNode): ReadonlySet<GraphNode> => {
    const known = reached.get(start);
    if (known) return known;
    const found = new Set<GraphNode>();
    const pending = [...(next.get(start) ?? [])];
    for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
      if (found.has(node)) continue;
      found.add(node);
      pending.push(...(next.get(node) ?? []));
    }
    reached.set(start, found);
    return found;
  };
  return links.filter(({ from, to }) => {
    if (reach(to).has(from)) return true;
    return ![...(next.get(from) ?? [])].some(
      (other) => other !== to && reach(other).has(to) && !reach(other).has(from),
    );
  });
}
