import { Graph, layout } from "@dagrejs/dagre";
import type { GraphLink, GraphNode } from "./resource-graph";
import { withoutDetours } from "./without-detours";

/** Where a node lies, in the coordinates of the whole drawing. */
export interface PlacedNode {
  readonly node: GraphNode;
  readonly open: boolean;
  x: number;
  y: number;
  readonly width: number;
  readonly height: number;
  readonly children: readonly PlacedNode[];
  readonly links: readonly PlacedLink[];
}

/** A line between two nodes of the same group. */
export interface PlacedLink {
  readonly link: GraphLink;
  readonly points: readonly { x: number; y: number }[];
}

const LEAF = { width: 196, height: 46 };
const CLOSED = { width: 212, height: 62 };
const HEADER = 38;
const PADDING = 12;
const GAP = 14;

/** How wide a drawing is to its height, where there is a choice. */
const ASPECT = 1.9;

/** With more nodes or lines than this, ranks are not worth their time. */
const LARGEST_RANKED = 220;

/** Something of a known size that is put somewhere: connected nodes, or one alone. */
interface Block {
  readonly width: number;
  readonly height: number;
  readonly nodes: readonly PlacedNode[];
  readonly links: readonly PlacedLink[];
}

/** Lays the graph out: what is connected in ranks, dependencies before what needs them; each open group by itself. */
export function layoutGraph(root: GraphNode, isOpen: (node: GraphNode) => boolean): PlacedNode {
  const placed = place(root, isOpen, true);
  settle(placed, 0, 0);
  return placed;
}

function place(node: GraphNode, isOpen: (node: GraphNode) => boolean, open: boolean): PlacedNode {
  if (!open) {
    const { width, height } = node.children.length > 0 ? CLOSED : LEAF;
    return { node, open, x: 0, y: 0, width, height, children: [], links: [] };
  }
  const children = node.children.map((child) => place(child, isOpen, child.children.length > 0 && isOpen(child)));
  const { width, height, nodes, links } = packed(blocksOf(children, node.links));
  const isRoot = node.parent === undefined;
  const [left, top] = isRoot ? [0, 0] : [PADDING, HEADER];
  const frame = isRoot ? { width, height } : { width: width + 2 * PADDING, height: height + HEADER + PADDING };
  return {
    ...{ node, open, x: 0, y: 0, children: nodes },
    width: Math.max(frame.width, isRoot ? 0 : CLOSED.width),
    height: frame.height,
    links: moved(links, left, top),
  };
}

/** Gives everything in a node its place in the whole drawing. */
function settle(placed: PlacedNode, x: number, y: number): void {
  placed.x += x;
  placed.y += y;
  const isRoot = placed.node.parent === undefined;
  const [left, top] = isRoot ? [placed.x, placed.y] : [placed.x + PADDING, placed.y + HEADER];
  for (const { points } of placed.links) {
    for (const point of points) {
      point.x += placed.x;
      point.y += placed.y;
    }
  }
  for (const child of placed.children) settle(child, left, top);
}

/** The connected parts of a group. */
function blocksOf(children: readonly PlacedNode[], links: readonly GraphLink[]): Block[] {
  const byNode = new Map(children.map((child) => [child.node, child]));
  const here = links.filter(({ from, to }) => byNode.has(from) && byNode.has(to));
  const groupOf = new Map<GraphNode, GraphNode>();
  const find = (node: GraphNode): GraphNode => {
    let at = node;
    for (let next = groupOf.get(at); next !== undefined && next !== at; next = groupOf.get(at)) at = next;
    return at;
  };
  for (const { from, to } of here) {
    const [a, b] = [find(from), find(to)];
    if (a !== b) groupOf.set(b, a);
  }
  const parts = new Map<GraphNode, PlacedNode[]>();
  for (const child of children) {
    const key = find(child.node);
    const part = parts.get(key);
    if (part) part.push(child);
    else parts.set(key, [child]);
  }
  return [...parts.values()].flatMap((part) => {
    if (part.length === 1 || part.length > LARGEST_RANKED) return part.map(alone);
    const members = new Set(part.map(({ node }) => node));
    return [ranked(part, withoutDetours(here.filter(({ from }) => members.has(from))))];
  });
}

function alone(node: PlacedNode): Block {
  return { width: node.width, height: node.height, nodes: [node], links: [] };
}

/** Connected nodes in ranks, across or down, whichever is nearer to the shape that is wanted. */
function ranked(nodes: readonly PlacedNode[], links: readonly GraphLink[]): Block {
  const [across, down] = (["LR", "TB"] as const).map((direction) => inRanks(nodes, links, direction));
  if (!across || !down) throw new Error("there are two directions");
  const far = ({ width, height }: Block) => Math.abs(Math.log(width / height / ASPECT));
  // Across reads better: names are wide.
  return far(across) <= far(down) + 0.5 ? across : down;
}

function inRanks(nodes: readonly PlacedNode[], links: readonly GraphLink[], rankdir: "LR" | "TB"): Block {
  const graph = new Graph();
  graph.setGraph({ rankdir, nodesep: GAP, ranksep: rankdir === "LR" ? 36 : 28, edgesep: 8, marginx: 0, marginy: 0 });
  graph.setDefaultEdgeLabel(() => ({}));
  for (const { node, width, height } of nodes) graph.setNode(node.id, { width, height });
  for (const { from, to } of links) graph.setEdge(from.id, to.id, {});
  layout(graph);
  const placed = nodes.map((one) => {
    const { x, y } = graph.node(one.node.id) as { x: number; y: number };
    return { ...one, x: x - one.width / 2, y: y - one.height / 2 };
  });
  const lines = links.map((link): PlacedLink => {
    const { points } = graph.edge(link.from.id, link.to.id) as { points: { x: number; y: number }[] };
    return { link, points: points.map(({ x, y }) => ({ x, y })) };
  });
  const { width = 0, height = 0 } = graph.graph() as { width?: number; height?: number };
  return { width, height, nodes: placed, links: lines };
}

/** Puts blocks on shelves, the highest first, about as wide as is wanted for their area. */
function packed(blocks: readonly Block[]): Block {
  const area = blocks.reduce((sum, { width, height }) => sum + (width + GAP) * (height + GAP), 0);
  const widest = Math.max(0, ...blocks.map(({ width }) => width));
  const limit = Math.max(widest, Math.sqrt(area * ASPECT));
  const ordered = [...blocks].sort((a, b) => b.height - a.height || b.width - a.width);
  const nodes: PlacedNode[] = [];
  const links: PlacedLink[] = [];
  let [x, y, shelf, width] = [0, 0, 0, 0];
  for (const block of ordered) {
    if (x > 0 && x + block.width > limit) [x, y, shelf] = [0, y + shelf + GAP, 0];
    for (const node of block.nodes) nodes.push(Object.assign(node, { x: node.x + x, y: node.y + y }));
    links.push(...moved(block.links, x, y));
    width = Math.max(width, x + block.width);
    shelf = Math.max(shelf, block.height);
    x += block.width + GAP;
  }
  return { width, height: y + shelf, nodes, links };
}

function moved(links: readonly PlacedLink[], x: number, y: number): PlacedLink[] {
  return links.map(({ link, points }) => ({
    link,
    points: points.map((point) => ({ x: point.x + x, y: point.y + y })),
  }));
}
