import type { PageResource } from "../report/page-data";
import { changeIcon, changeWord } from "./change-mark";
import { el, fill } from "./dom";
import { axisStep, durationText } from "./duration-text";
import { isFound, passes, type PageStore } from "./page-state";
import { shortKind } from "./resource-graph";
import { rowList } from "./row-list";

interface TimedRow {
  readonly resource: PageResource;
  readonly place: number;
  readonly start: number;
  /** Undefined where its work did not end. */
  readonly end: number | undefined;
  /** Only its end is known, as a history and a state tell it. */
  readonly moment: boolean;
}

/** When each resource was worked on: a bar from begin to end. */
export function timelineView(store: PageStore): HTMLElement {
  const intro = el("p", { class: "quiet intro" });
  const axis = el("div", { class: "axis", attrs: { "aria-hidden": "true" } });
  const body = el("div", { class: "bars", attrs: { role: "list" } });
  const more = el("div", { class: "more" });
  const empty = el("p", { class: "empty" });
  store.follow(({ selected }, before) => {
    if (selected !== before.selected) return;
    const timed = timedRows(store);
    const whole = Math.max(1, ...timed.map(({ start, end }) => end ?? start));
    const rows = timed.filter(({ resource }) => passes(store.state, resource) && isFound(store.state.query, resource));
    axis.hidden = rows.length === 0;
    empty.hidden = rows.length > 0;
    empty.textContent =
      timed.length > 0 ? "No resource passes the filters." : "No times are told: this is no run, or an older report.";
    intro.textContent = timed.length > 0 ? introOf(timed, whole) : "";
    fill(axis, ...marks(whole));
    rowList(rows, body, more, (row) => bar(row, whole, store));
  });
  return el("div", { class: "scroll timeline" }, intro, axis, body, empty, more);
}

function timedRows({ stack }: PageStore): TimedRow[] {
  const rows = (stack?.resources ?? []).flatMap((resource, place): TimedRow[] => {
    const { startMs, endMs, type } = resource;
    // The stack is as long as everything in it.
    const start = startMs ?? endMs;
    if (start === undefined || type === "pulumi:pulumi:Stack") return [];
    return [{ resource, place, start, end: endMs, moment: startMs === undefined }];
  });
  // Before the first of them the engine and the program start.
  const begun = rows.some(({ moment }) => moment) ? 0 : Math.min(...rows.map(({ start }) => start));
  const moved = rows.map((row) => ({
    ...row,
    start: row.start - begun,
    end: row.end === undefined ? undefined : row.end - begun,
  }));
  return moved.sort((a, b) => a.start - b.start || a.place - b.place);
}

function introOf(rows: readonly TimedRow[], whole: number): string {
  if (rows.some(({ moment }) => moment)) {
    return `${rows.length} resources were made or changed in ${durationText(whole)}. When each was done is known, and not when it began.`;
  }
  // A group takes as long as what is in it.
  const groups = new Set(rows.map(({ resource }) => resource.parent));
  const slowest = rows
    .filter(({ place }) => !groups.has(place))
    .sort((a, b) => lengthOf(b) - lengthOf(a))
    .slice(0, 3)
    .map((row) => `${row.resource.name} (${durationText(lengthOf(row))})`);
  return `${rows.length} resources in ${durationText(whole)}. The slowest: ${slowest.join(", ")}.`;
}

function lengthOf({ start, end }: TimedRow): number {
  return (end ?? start) - start;
}

function marks(whole: number): HTMLElement[] {
  const step = axisStep(whole, 6);
  const found: HTMLElement[] = [];
  for (let at = 0; at <= whole; at += step) {
    const mark = el("span", { class: "tick", text: durationText(at) });
    mark.style.left = `${(at / whole) * 100}%`;
    found.push(mark);
  }
  return found;
}

function bar({ resource, place, start, end, moment }: TimedRow, whole: number, store: PageStore): HTMLElement {
  const { name, type, change, status } = resource;
  const tense = store.stack?.tense ?? "done";
  const failed = status === "failed";
  const took = end === undefined ? "did not end" : durationText(end - start);
  const told = moment ? `at ${durationText(start)}` : took;
  const line = el("span", {
    class: `bar change-${change}${failed ? " failed" : ""}${moment ? " moment" : ""}${end === undefined ? " endless" : ""}`,
  });
  line.style.left = `${(start / whole) * 100}%`;
  line.style.width = `${(Math.max(0, (end ?? whole) - start) / whole) * 100}%`;
  return el(
    "div",
    { class: "bar-row", attrs: { role: "listitem" } },
    el(
      "button",
      {
        class: "plain bar-name",
        attrs: {
          type: "button",
          "aria-label": `${name}, ${changeWord(change, tense)}, ${moment ? "done" : `from ${durationText(start)},`} ${told}`,
          title: `${name}\n${shortKind(type)}`,
        },
        on: { click: () => store.update({ selected: place }) },
      },
      changeIcon(change),
      el("span", { text: name }),
    ),
    el("span", { class: "bar-room" }, line),
    el("span", { class: "bar-time", text: failed ? "failed" : told }),
  );
}
