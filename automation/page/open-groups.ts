import type { GraphNode } from "./resource-graph";

/** So many nodes are seen at once and can still be read. */
const READABLE_NODES = 30;

/** The groups that are open at first: from outside inwards, those with changes before others, while it can be read. */
export function openAtFirst(root: GraphNode, budget = READABLE_NODES): Set<string> {
  const open = new Set<string>();
  let seen = root.children.length;
  let level = root.children.filter(isGroup);
  while (level.length > 0) {
    const next: GraphNode[] = [];
    for (const node of [...level].sort((a, b) => changed(b) - changed(a) || a.children.length - b.children.length)) {
      if (seen + node.children.length > budget && open.size > 0) continue;
      open.add(node.id);
      seen += node.children.length;
      next.push(...node.children.filter(isGroup));
    }
    level = next;
  }
  return open;
}

/** All groups; each heap as well where `heaps`. */
export function allGroups(root: GraphNode): Set<string> {
  const found = new Set<string>();
  const pending = [...root.children];
  for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
    if (!isGroup(node)) continue;
    found.add(node.id);
    pending.push(...node.children);
  }
  return found;
}

/** Whether other nodes are in it. */
export function isGroup({ children }: GraphNode): boolean {
  return children.length > 0;
}

/** 1 where anything in a node is changed. */
function changed({ counts }: GraphNode): number {
  return Object.keys(counts).some((change) => change !== "same") ? 1 : 0;
}
