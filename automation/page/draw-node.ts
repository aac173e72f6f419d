import type { Tense } from "../report/change-words";
import type { ResourceChange } from "../report/operation-tree";
import { CHANGES, changeMark, changeWord } from "./change-mark";
import { svg } from "./dom";
import { fitText } from "./fit-text";
import type { PlacedNode } from "./layout-graph";
import type { GraphNode } from "./resource-graph";

const NAME_FONT = "600 13px system-ui, sans-serif";
const KIND_FONT = "11px system-ui, sans-serif";

/** An open group has no counters where less than this is left for its name. */
const SHORTEST_NAME = 130;

/** What a node is drawn with beyond its place. */
export interface NodeLook {
  readonly tense: Tense;
  readonly change: ResourceChange;
  /** Its work failed, or did not end. */
  readonly failed: boolean;
}

/** Draws a node: a resource, a closed group, or the frame and head of an open one. */
export function drawNode(placed: PlacedNode, look: NodeLook): SVGGElement {
  const { node, open, x, y, width, height } = placed;
  const group = node.children.length > 0;
  const kind = group ? (open ? "open" : "closed") : "leaf";
  const classes = [
    "node",
    kind,
    `change-${look.change}`,
    node.resource === undefined && "heap",
    look.failed && "failed",
  ];
  return svg(
    "g",
    {
      class: classes.filter(Boolean).join(" "),
      attrs: {
        transform: `translate(${x} ${y})`,
        "data-node": node.id,
        role: "button",
        tabindex: -1,
        "aria-label": nodeName(node, look),
        "aria-expanded": group ? String(open) : undefined,
      },
    },
    svg("title", { text: `${node.label}\n${node.kind}` }),
    kind === "closed" && svg("rect", { class: "sheet", attrs: { x: 5, y: 5, width, height, rx: 8 } }),
    svg("rect", { class: "box", attrs: { width, height, rx: kind === "open" ? 10 : 8 } }),
    kind !== "open" &&
      svg("path", { class: "edge", attrs: { d: `M8 0H5V${height}H8A8 8 0 0 1 0 ${height - 8}V8A8 8 0 0 1 8 0z` } }),
    ...(kind === "leaf" ? leafParts(placed, look) : groupParts(placed, look)),
  );
}

/** What a node is called: to screen readers, and wherever it is told in words. */
export function nodeName(node: GraphNode, { tense, change, failed }: NodeLook): string {
  const own = node.resource === undefined ? "heap of resources" : node.kind;
  const inside = node.children.length > 0 ? `, group of ${countsText(node, tense)}` : "";
  const word = node.resource === undefined ? "" : `, ${changeWord(change, tense)}`;
  return `${node.label}, ${own}${word}${failed ? ", failed" : ""}${inside}`;
}

/** What is left of a name without that of the group that it is in, which stands above it. */
function shortName({ label, parent }: GraphNode): string {
  const group = parent?.resource === undefined ? parent?.parent : parent;
  const prefix = group?.resource === undefined ? "" : `${group.label}-`;
  return prefix !== "" && label.startsWith(prefix) && label.length > prefix.length ? label.slice(prefix.length) : label;
}

/** What is left of a type without its vendor, whose name is in that of the group. */
function shortType({ kind }: GraphNode): string {
  const [vendor, ...rest] = kind.split(":");
  const name = rest.filter((part) => part !== "index").join(":");
  return name === "" || vendor === "pulumi" ? kind : vendor === "trunkline" ? (rest.at(-1) ?? kind) : name;
}

function leafParts({ node, width }: PlacedNode, { change, failed }: NodeLook): SVGElement[] {
  const room = width - 46 - (failed ? 52 : 0);
  return [
    changeMark(change, 22, 24),
    svg("text", { class: "name", text: fitText(shortName(node), room, NAME_FONT), attrs: { x: 38, y: 21 } }),
    svg("text", { class: "kind", text: fitText(shortType(node), width - 46, KIND_FONT), attrs: { x: 38, y: 37 } }),
    ...(failed
      ? [svg("text", { class: "failure", text: "failed", attrs: { x: width - 10, y: 21, "text-anchor": "end" } })]
      : []),
  ];
}

function groupParts({ node, open, width }: PlacedNode, { change }: NodeLook): SVGElement[] {
  const counters = drawCounters(node);
  const marked = node.resource !== undefined;
  const left = marked ? 52 : 36;
  // What is open shows what is in it: its name goes first.
  const counted = !open || width - left - counters.width >= SHORTEST_NAME;
  const inLine = open && counted ? counters.width + 12 : 0;
  const middle = open ? 20 : 22;
  counters.element.setAttribute(
    "transform",
    open ? `translate(${width - counters.width - 10} 20)` : "translate(42 50)",
  );
  const name = fitText(shortName(node), width - left - 10 - inLine, NAME_FONT);
  return [
    svg(
      "g",
      { class: "toggle", attrs: { transform: `translate(18 ${middle})` } },
      svg("rect", { class: "toggle-area", attrs: { x: -13, y: -14, width: 26, height: 28, rx: 6 } }),
      svg("path", { class: "chevron", attrs: { d: open ? "M-5 -2.5 0 3 5 -2.5" : "M-2.5 -5 3 0 -2.5 5" } }),
    ),
    ...(marked ? [changeMark(change, 39, middle)] : []),
    svg("text", { class: "name", text: name, attrs: { x: left, y: open ? 17 : 19 } }),
    svg("text", {
      class: "kind",
      text: fitText(shortType(node), width - left - 10 - inLine, KIND_FONT),
      attrs: { x: left, y: open ? 31 : 33 },
    }),
    ...(counted ? [counters.element] : []),
  ];
}

/** How many resources in a group have each change: the mark with the number. */
function drawCounters({ counts }: GraphNode): { readonly element: SVGGElement; readonly width: number } {
  let x = 0;
  const element = svg("g", { class: "counters" });
  for (const change of CHANGES) {
    const number = counts[change];
    if (number === undefined) continue;
    const mark = changeMark(change);
    mark.setAttribute("transform", `translate(${x + 6} 0) scale(0.72)`);
    const text = String(number);
    element.append(mark, svg("text", { class: "count", text, attrs: { x: x + 15, y: 4 } }));
    x += 15 + text.length * 7 + 8;
  }
  return { element, width: Math.max(0, x - 8) };
}

function countsText({ counts }: GraphNode, tense: Tense): string {
  return CHANGES.flatMap((change) => {
    const number = counts[change];
    return number === undefined ? [] : [`${number} ${changeWord(change, tense)}`];
  }).join(", ");
}
