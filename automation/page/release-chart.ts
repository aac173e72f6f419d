import type { PageRelease, PageReleasePoint } from "../report/page-data";
import { el, svg } from "./dom";
import { axisStep, durationText } from "./duration-text";

const WIDTH = 960;
const HEIGHT = 300;
const LEFT = 52;
const RIGHT = 16;
const TOP = 14;
const BOTTOM = 34;

/** How the traffic went from slot to slot, as an area by time, and every figure as a table. */
export function releaseChart({ points, slots }: PageRelease): HTMLElement {
  if (points.length === 0) {
    return el(
      "div",
      { class: "scroll" },
      el("p", { class: "empty", text: "The release has no timeline: it ended before any traffic." }),
    );
  }
  return el(
    "div",
    { class: "scroll release" },
    el(
      "figure",
      {},
      chart(points, slots),
      el(
        "figcaption",
        {},
        ...slots.map((slot, place) => el("span", { class: "slot" }, swatch(place), el("span", { text: slot }))),
        el("span", { class: "quiet", text: "Percent of the requests by slot, from the first to the last point." }),
      ),
    ),
    table(points, slots),
  );
}

function chart(points: readonly PageReleasePoint[], slots: readonly string[]): SVGSVGElement {
  const times = points.map(({ at }) => Date.parse(at));
  const [first = 0, last = 0] = [Math.min(...times), Math.max(...times)];
  // The last point lasts beyond the time that is known: it is shown for a while.
  const whole = Math.max(1, (last - first) * 1.08);
  const x = (time: number) => LEFT + ((time - first) / whole) * (WIDTH - LEFT - RIGHT);
  const y = (percent: number) => TOP + (1 - percent / 100) * (HEIGHT - TOP - BOTTOM);
  const step = axisStep(whole, 7);
  const ticks = Array.from({ length: Math.floor(whole / step) + 1 }, (_, place) => place * step);
  const summary = points.map(({ at, traffic }) => `${at}: ${trafficText(traffic, slots)}`).join("; ");
  return svg(
    "svg",
    {
      class: "chart",
      attrs: {
        viewBox: `0 0 ${WIDTH} ${HEIGHT}`,
        role: "img",
        "aria-label": `Traffic by slot. ${summary.slice(0, 2000)}`,
      },
    },
    ...[0, 25, 50, 75, 100].flatMap((percent) => [
      svg("line", { class: "grid", attrs: { x1: LEFT, x2: WIDTH - RIGHT, y1: y(percent), y2: y(percent) } }),
      svg("text", {
        class: "tick",
        text: `${percent} %`,
        attrs: { x: LEFT - 8, y: y(percent) + 4, "text-anchor": "end" },
      }),
    ]),
    ...ticks.map((time) =>
      svg("text", {
        class: "tick",
        text: durationText(time),
        attrs: { x: x(first + time), y: HEIGHT - 10, "text-anchor": "middle" },
      }),
    ),
    ...slots.map((_, place) => area(points, slots, place, x, y)),
  );
}

/** The share of one slot on top of those before it; traffic stays as it is until the next point. */
function area(
  points: readonly PageReleasePoint[],
  slots: readonly string[],
  place: number,
  x: (time: number) => number,
  y: (percent: number) => number,
): SVGPathElement {
  const below = ({ traffic }: PageReleasePoint, count: number) =>
    slots.slice(0, count).reduce((sum, slot) => sum + (traffic[slot] ?? 0), 0);
  const line = (count: number) =>
    points.flatMap((point, at) => {
      const next = points[at + 1] ?? point;
      const level = y(below(point, count));
      return [
        [x(Date.parse(point.at)), level],
        [next === point ? WIDTH - RIGHT : x(Date.parse(next.at)), level],
      ];
    });
  const outline = [...line(place + 1), ...line(place).reverse()];
  const d = `M${outline.map(([px = 0, py = 0]) => `${px.toFixed(1)} ${py.toFixed(1)}`).join("L")}Z`;
  return svg("path", { class: `slot-area slot-${place % 4}`, attrs: { d } });
}

function swatch(place: number): SVGSVGElement {
  const attrs = { viewBox: "0 0 12 12", width: 12, height: 12, "aria-hidden": "true" };
  return svg(
    "svg",
    { attrs },
    svg("rect", { class: `slot-area slot-${place % 4}`, attrs: { width: 12, height: 12, rx: 2 } }),
  );
}

function table(points: readonly PageReleasePoint[], slots: readonly string[]): HTMLElement {
  const names = [
    ...new Set(points.flatMap(({ figures }) => Object.values(figures).flatMap((one) => Object.keys(one)))),
  ];
  const head = ["Time", ...slots.flatMap((slot) => [`${slot} %`, ...names.map((name) => `${slot} ${name}`)])];
  return el(
    "table",
    {},
    el("thead", {}, el("tr", {}, ...head.map((text) => el("th", { text, attrs: { scope: "col" } })))),
    el(
      "tbody",
      {},
      ...points.map(({ at, traffic, figures }) =>
        el(
          "tr",
          {},
          el("td", { text: at.replace("T", " ").replace(/\.\d+Z$/, "Z") }),
          ...slots.flatMap((slot) => [
            el("td", { class: "number", text: String(traffic[slot] ?? 0) }),
            ...names.map((name) => el("td", { class: "number", text: figureText(figures[slot]?.[name]) })),
          ]),
        ),
      ),
    ),
  );
}

function figureText(figure: number | string | undefined): string {
  if (typeof figure === "number") return String(Math.round(figure * 1000) / 1000);
  return figure ?? "";
}

function trafficText(traffic: Readonly<Record<string, number>>, slots: readonly string[]): string {
  return slots.map((slot) => `${slot} ${traffic[slot] ?? 0} percent`).join(", ");
}
