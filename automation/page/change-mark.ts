import { CHANGE_WORDS, type Tense } from "../report/change-words";
import type { ResourceChange } from "../report/operation-tree";
import { svg } from "./dom";

/** Shapes of size 16 around 0, so that a change is told without its colour. */
const SHAPES: Readonly<Record<ResourceChange, string>> = {
  create: "M-8 0a8 8 0 1 0 16 0a8 8 0 1 0 -16 0z",
  update: "M0 -9 9 0 0 9 -9 0z",
  replace: "M-8 -8H8V8H-8z",
  delete: "M-3.6 -8.6H3.6L8.6 -3.6V3.6L3.6 8.6H-3.6L-8.6 3.6V-3.6z",
  import: "M-8 -8H8V8H-8z",
  read: "M-8 0a8 8 0 1 0 16 0a8 8 0 1 0 -16 0z",
  refresh: "M-8 0a8 8 0 1 0 16 0a8 8 0 1 0 -16 0z",
  discard: "M0 -9 9 7H-9z",
  same: "M-4 0a4 4 0 1 0 8 0a4 4 0 1 0 -8 0z",
};

/** Strokes on the shapes: what the terminal writes as + ~ ± - = > */
const STROKES: Readonly<Partial<Record<ResourceChange, string>>> = {
  create: "M-4 0H4M0 -4V4",
  update: "M-4 1C-2.6 -2 -1.2 -2 0 0S2.6 2 4 -1",
  replace: "M-4 -1.5H4M0 -5.5V2.5M-4 5H4",
  delete: "M-4 0H4",
  import: "M-4 -2H4M-4 2H4",
  read: "M-2 -4 3 0 -2 4",
  refresh: "M4 -3A5 5 0 1 0 5 1M5 -5V-2H2",
  discard: "M-3 3H3",
};

/** The mark of a change: a shape in its colour with its sign. It is hidden from screen readers, which get the word. */
export function changeMark(change: ResourceChange, x = 0, y = 0): SVGGElement {
  const strokes = STROKES[change];
  return svg(
    "g",
    { class: `mark change-${change}`, attrs: { transform: `translate(${x} ${y})`, "aria-hidden": "true" } },
    svg("path", { class: "mark-shape", attrs: { d: SHAPES[change] } }),
    strokes !== undefined && svg("path", { class: "mark-sign", attrs: { d: strokes } }),
  );
}

/** The mark as a picture of its own, for HTML. */
export function changeIcon(change: ResourceChange): SVGSVGElement {
  const attrs = { viewBox: "-10 -10 20 20", width: 16, height: 16, "aria-hidden": "true", focusable: "false" };
  return svg("svg", { class: "icon", attrs }, changeMark(change));
}

/** The word of a change: what is planned, what was done, or what was found. */
export function changeWord(change: ResourceChange, tense: Tense): string {
  return CHANGE_WORDS[change][tense];
}

/** All changes, in the order in which they are counted. */
export const CHANGES = Object.keys(CHANGE_WORDS) as readonly ResourceChange[];
