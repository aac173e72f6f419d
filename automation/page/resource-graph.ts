import type { ResourceChange } from "../report/operation-tree";
import type { PageResource } from "../report/page-data";

/** A node of the graph: a resource, or a heap of resources of one type below the same parent. */
export interface GraphNode {
  readonly id: string;
  /** Place of its resource; a heap has none. */
  readonly resource?: number;
  readonly label: string;
  /** What it is: its type, without what repeats in it. */
  readonly kind: string;
  parent?: GraphNode;
  readonly children: GraphNode[];
  /** Resources in it, itself included, by what is done to them. */
  readonly counts: Partial<Record<ResourceChange, number>>;
  /** Dependencies between its children: those of anything in one on anything in the other. */
  readonly links: GraphLink[];
}

/** That what is in one node needs what is in another. */
export interface GraphLink {
  readonly from: GraphNode;
  readonly to: GraphNode;
  /** How many dependencies it stands for. */
  count: number;
}

/** The graph of a stack: what is drawn, by place of the resource. */
export interface ResourceGraph {
  /** Holds everything; is not drawn itself. */
  readonly root: GraphNode;
  readonly nodes: ReadonlyMap<number, GraphNode>;
}

/** With more children than this the ones of a type lie in a heap, if they are at least so many. */
const CROWD = 24;
const HEAP = 5;

/** With still more, groups of a type lie in a heap too. */
const LARGEST_CROWD = 60;

/** No heap is larger: it is split. */
const LARGEST_HEAP = 120;

/** Builds the graph of those resources that are included, with all their parents. */
export function resourceGraph(
  resources: readonly PageResource[],
  included: (place: number) => boolean = () => true,
): ResourceGraph {
  const parents = parentsOf(resources);
  const shown = new Set<number>();
  for (let place = 0; place < resources.length; place++) {
    if (!included(place)) continue;
    for (let at: number | undefined = place; at !== undefined && !shown.has(at); at = parents[at]) shown.add(at);
  }
  const root: GraphNode = { id: "root", label: "", kind: "", children: [], counts: {}, links: [] };
  const nodes = new Map<number, GraphNode>();
  const stackPlace = resources.findIndex(({ type }) => type === "pulumi:pulumi:Stack");
  for (const place of [...shown].sort((a, b) => a - b)) {
    const resource = resources[place];
    // The stack is what everything is in.
    if (!resource || place === stackPlace) continue;
    const { name: label, type } = resource;
    nodes.set(place, {
      id: `r${place}`,
      resource: place,
      label,
      kind: shortKind(type),
      children: [],
      counts: {},
      links: [],
    });
  }
  for (const [place, node] of nodes) adopt(nodes.get(parents[place] ?? -1) ?? root, node);
  for (const [place, node] of nodes) count(node, resources[place]?.change ?? "same");
  for (const node of [root, ...nodes.values()]) heapUp(node);
  link(resources, nodes);
  return { root, nodes };
}

/** `aws:s3/bucket:Bucket` as `aws:s3:Bucket`, as the terminal shows it. */
export function shortKind(type: string): string {
  return type.replace(/\/[^:]*:/, ":");
}

/** All nodes above one, the nearest first. */
export function ancestors(node: GraphNode): GraphNode[] {
  const found: GraphNode[] = [];
  for (let at = node.parent; at !== undefined && at.id !== "root"; at = at.parent) found.push(at);
  return found;
}

/** The parents by place; what would be its own ancestor has none. */
function parentsOf(resources: readonly PageResource[]): (number | undefined)[] {
  const parents = resources.map(({ parent }) => (parent !== undefined && resources[parent] ? parent : undefined));
  const sound = new Set<number>();
  for (let place = 0; place < parents.length; place++) {
    const path = new Set<number>();
    for (let at: number | undefined = place; at !== undefined && !sound.has(at); at = parents[at]) {
      if (path.has(at)) {
        parents[at] = undefined;
        break;
      }
      path.add(at);
    }
    for (const one of path) sound.add(one);
  }
  return parents;
}

function adopt(parent: GraphNode, child: GraphNode): void {
  child.parent = parent;
  parent.children.push(child);
}

function count(node: GraphNode, change: ResourceChange): void {
  for (let at: GraphNode | undefined = node; at !== undefined; at = at.parent) {
    at.counts[change] = (at.counts[change] ?? 0) + 1;
  }
}

/** Puts many children of one type into heaps: those without children first, and groups where there are still many. */
function heapUp(node: GraphNode): void {
  if (node.children.length > CROWD) heapKinds(node, ({ children }) => children.length === 0);
  if (node.children.length > LARGEST_CROWD) heapKinds(node, () => true);
}

function heapKinds(node: GraphNode, heaped: (child: GraphNode) => boolean): void {
  const byKind = new Map<string, GraphNode[]>();
  for (const child of node.children) {
    const kind = heaped(child) ? child.kind : child.id;
    const members = byKind.get(kind);
    if (members) members.push(child);
    else byKind.set(kind, [child]);
  }
  const kept: GraphNode[] = [];
  for (const [kind, members] of byKind) {
    if (members.length < HEAP) kept.push(...members);
    else for (let at = 0; at < members.length; at += LARGEST_HEAP) kept.push(heap(node, kind, members, at));
  }
  node.children.splice(0, node.children.length, ...kept);
}

function heap(parent: GraphNode, kind: string, all: readonly GraphNode[], at: number): GraphNode {
  const children = all.slice(at, at + LARGEST_HEAP);
  const range = all.length > LARGEST_HEAP ? ` ${at + 1}–${at + children.length} of ${all.length}` : "";
  const label = `${children.length} × ${kind.split(":").at(-1)}`;
  const made: GraphNode = {
    id: `${parent.id}/${kind}/${at}`,
    label,
    kind: `${kind}${range}`,
    parent,
    children,
    counts: {},
    links: [],
  };
  for (const child of children) {
    child.parent = made;
    for (const [change, more] of Object.entries(child.counts)) {
      const name = change as ResourceChange;
      made.counts[name] = (made.counts[name] ?? 0) + more;
    }
  }
  return made;
}

/** Lifts each dependency to the two children of the nearest node that both ends are in. */
function link(resources: readonly PageResource[], nodes: ReadonlyMap<number, GraphNode>): void {
  const known = new Map<string, GraphLink>();
  const pathOf = (node: GraphNode) => {
    const path = [node];
    for (let at = node.parent; at !== undefined; at = at.parent) path.unshift(at);
    return path;
  };
  for (const [place, node] of nodes) {
    const ownPath = pathOf(node);
    for (const other of resources[place]?.dependsOn ?? []) {
      const needed = nodes.get(other);
      if (!needed) continue;
      const otherPath = pathOf(needed);
      let depth = 0;
      while (ownPath[depth] !== undefined && ownPath[depth] === otherPath[depth]) depth++;
      const [from, to, inside] = [otherPath[depth], ownPath[depth], ownPath[depth - 1]];
      // What is in another needs no arrow from there.
      if (!from || !to || !inside) continue;
      const key = `${from.id} ${to.id}`;
      const link = known.get(key);
      if (link) link.count++;
      else {
        const made = { from, to, count: 1 };
        known.set(key, made);
        inside.links.push(made);
      }
    }
  }
}
