import type { PlacedNode } from "./layout-graph";
import type { GraphNode } from "./resource-graph";

interface DrawnNode {
  readonly placed: PlacedNode;
  readonly element: SVGGElement;
}

interface GraphActions {
  /** What can be gone to, in the order of the drawing. */
  readonly placed: () => readonly DrawnNode[];
  readonly toggle: (node: GraphNode) => void;
  readonly choose: (node: GraphNode) => void;
  readonly zoom: (factor: number) => void;
  readonly fit: () => void;
  /** Brings what the keys went to into view. */
  readonly follow: (placed: PlacedNode) => void;
}

const DIRECTIONS: Readonly<Record<string, readonly [number, number]>> = {
  ArrowRight: [1, 0],
  ArrowLeft: [-1, 0],
  ArrowDown: [0, 1],
  ArrowUp: [0, -1],
};

/** Keys and clicks of the graph: arrows go to the next node, Enter shows it, Space opens a group, + - 0 scale. */
export function graphKeys(frame: SVGSVGElement, actions: GraphActions): void {
  const nodeAt = (event: Event): DrawnNode | undefined => {
    const element = (event.target as Element | null)?.closest<SVGGElement>("[data-node]");
    return element ? actions.placed().find((one) => one.element === element) : undefined;
  };
  frame.addEventListener("click", (event) => {
    const at = nodeAt(event);
    if (!at) return;
    focusOn(actions.placed(), at);
    if ((event.target as Element).closest(".toggle")) actions.toggle(at.placed.node);
    else actions.choose(at.placed.node);
  });
  frame.addEventListener("dblclick", (event) => {
    const at = nodeAt(event);
    if (at && at.placed.node.resource !== undefined) actions.toggle(at.placed.node);
  });
  // A pointer is where it points to; keys may go anywhere.
  frame.addEventListener("focusin", (event) => {
    const at = nodeAt(event);
    if (at?.element.matches(":focus-visible")) actions.follow(at.placed);
  });
  frame.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const at = nodeAt(event);
    const direction = DIRECTIONS[event.key];
    if (event.key === "Enter" && at) actions.choose(at.placed.node);
    else if (event.key === " " && at) actions.toggle(at.placed.node);
    else if (direction && at) {
      const next = nearest(at, actions.placed(), direction);
      if (next) focusOn(actions.placed(), next);
    } else if (event.key === "+" || event.key === "=") actions.zoom(1.3);
    else if (event.key === "-") actions.zoom(1 / 1.3);
    else if (event.key === "0") actions.fit();
    else return;
    event.preventDefault();
  });
}

/** One node is in the order of Tab: the one that was last at. */
function focusOn(all: readonly DrawnNode[], { element }: DrawnNode): void {
  for (const one of all) one.element.setAttribute("tabindex", one.element === element ? "0" : "-1");
  element.focus({ preventScroll: true });
}

/** What lies nearest in a direction; a step to the side counts threefold. */
function nearest(
  from: DrawnNode,
  all: readonly DrawnNode[],
  [dx, dy]: readonly [number, number],
): DrawnNode | undefined {
  const start = anchor(from.placed);
  let best: { readonly one: DrawnNode; readonly distance: number } | undefined;
  for (const one of all) {
    if (one.element === from.element) continue;
    const at = anchor(one.placed);
    const along = (at.x - start.x) * dx + (at.y - start.y) * dy;
    const aside = Math.abs((at.x - start.x) * dy) + Math.abs((at.y - start.y) * dx);
    if (along <= 1) continue;
    const distance = along + 3 * aside;
    if (!best || distance < best.distance) best = { one, distance };
  }
  return best?.one;
}

/** The head of an open group stands for it. */
function anchor({ x, y, width, height, open }: PlacedNode): { readonly x: number; readonly y: number } {
  return { x: open ? x + 60 : x + width / 2, y: open ? y + 18 : y + height / 2 };
}
