import { svg } from "./dom";
import type { PlacedLink, PlacedNode } from "./layout-graph";

interface Point {
  readonly x: number;
  readonly y: number;
}

/** A dependency between two nodes of a group: a smooth line through the points of the layout. */
export function drawLink({ link, points }: PlacedLink): SVGPathElement {
  const attrs = { d: smooth(points), "marker-end": "url(#arrow)", "data-from": link.from.id, "data-to": link.to.id };
  return svg("path", { class: link.count > 1 ? "link many" : "link", attrs });
}

/** A dependency across groups, from one node straight to another. */
export function drawArc(from: PlacedNode, to: PlacedNode, kind: "needs" | "needed"): SVGPathElement {
  const [start, end] = [sideTowards(from, to), sideTowards(to, from)];
  const bend = Math.max(30, Math.abs(end.x - start.x) * 0.4, Math.abs(end.y - start.y) * 0.25);
  const out = { x: start.x + start.outX * bend, y: start.y + start.outY * bend };
  const into = { x: end.x + end.outX * bend, y: end.y + end.outY * bend };
  const d = `M${start.x} ${start.y}C${out.x} ${out.y} ${into.x} ${into.y} ${end.x} ${end.y}`;
  return svg("path", { class: `arc ${kind}`, attrs: { d, "marker-end": `url(#arrow-${kind})` } });
}

/** The middle of the side of a box that looks to another one, and which way that is out. */
function sideTowards(box: PlacedNode, other: PlacedNode): Point & { readonly outX: number; readonly outY: number } {
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  const [dx, dy] = [other.x + other.width / 2 - x, other.y + other.height / 2 - y];
  if (Math.abs(dx) * box.height >= Math.abs(dy) * box.width * 0.6) {
    const outX = dx < 0 ? -1 : 1;
    return { x: x + (outX * box.width) / 2, y, outX, outY: 0 };
  }
  const outY = dy < 0 ? -1 : 1;
  return { x, y: y + (outY * box.height) / 2, outX: 0, outY };
}

function smooth(points: readonly Point[]): string {
  const [first, ...rest] = points;
  const last = rest.at(-1);
  if (!first || !last) return "";
  const parts = [`M${round(first.x)} ${round(first.y)}`];
  for (let at = 0; at < rest.length - 1; at++) {
    const [here, next] = [rest[at] as Point, rest[at + 1] as Point];
    const end = at === rest.length - 2 ? next : { x: (here.x + next.x) / 2, y: (here.y + next.y) / 2 };
    parts.push(`Q${round(here.x)} ${round(here.y)} ${round(end.x)} ${round(end.y)}`);
  }
  if (rest.length === 1) parts.push(`L${round(last.x)} ${round(last.y)}`);
  return parts.join("");
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
