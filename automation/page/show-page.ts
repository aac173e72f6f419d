import type { PageData } from "../report/page-data";
import { detailsPanel } from "./details-panel";
import { el, unseen } from "./dom";
import { GraphView } from "./graph-view";
import { messageList } from "./message-list";
import { isFound, PageStore, passes } from "./page-state";
import { releaseChart } from "./release-chart";
import { resourceList } from "./resource-list";
import { sidePanel } from "./side-panel";
import { tabs, type Tab } from "./tabs";
import { themeButton } from "./theme-button";
import { timelineView } from "./timeline-view";

/** Shows a page in an element. */
export function showPage(place: Element, data: PageData): void {
  const store = new PageStore(data, {
    stack: Math.max(
      0,
      data.stacks.findIndex(({ verdict }) => verdict.mood !== "good"),
    ),
    view: data.stacks.length === 0 ? (data.release ? "release" : "messages") : "graph",
    selected: undefined,
    changes: new Set(),
    kinds: new Set(),
    query: "",
  });
  document.title = data.title;
  const graph = new GraphView(store);
  const all: Tab[] = [
    ...(data.stacks.length > 0
      ? ([
          { view: "graph", label: "Graph", panel: graph.element, shown: () => graph.shown() },
          { view: "resources", label: "Resources", panel: resourceList(store) },
          { view: "timeline", label: "Timeline", panel: timelineView(store) },
        ] satisfies Tab[])
      : []),
    ...(data.release ? [{ view: "release", label: "Release", panel: releaseChart(data.release) } satisfies Tab] : []),
    { view: "messages", label: messageLabel(data), panel: messageList(store) },
  ];
  const { list, panels } = tabs(store, all);
  const search = searchField(store, graph);
  const withStacks = data.stacks.length > 0;
  place.replaceChildren(
    header(data),
    el(
      "div",
      { class: withStacks ? "body" : "body single" },
      ...(withStacks ? [sidePanel(store)] : []),
      el(
        "main",
        {},
        el("div", { class: "toolbar" }, list, ...(withStacks ? [stackChoice(store), search] : [])),
        el(
          "div",
          { class: "panels" },
          ...panels,
          detailsPanel(store, (at) => graph.reveal(at)),
        ),
      ),
    ),
  );
  graph.shown();
}

function header({ title, verdict, facts }: PageData): HTMLElement {
  return el(
    "header",
    { class: "top" },
    el(
      "div",
      { class: "top-line" },
      el("span", { class: `verdict ${verdict.mood}`, text: verdict.word }),
      el("h1", { text: title }),
      themeButton(),
    ),
    el(
      "dl",
      { class: "facts" },
      ...facts.map(({ label, value }) => el("div", {}, el("dt", { text: label }), el("dd", { text: value }))),
    ),
  );
}

function messageLabel({ stacks, fault }: PageData): string {
  const count = stacks.reduce((sum, { messages }) => sum + messages.length, fault === undefined ? 0 : 1);
  return count > 0 ? `Messages (${count})` : "Messages";
}

function stackChoice(store: PageStore): HTMLElement {
  const { stacks } = store.data;
  if (stacks.length < 2) return el("span");
  const select = el(
    "select",
    { attrs: { "aria-label": "Stack" } },
    ...stacks.map(({ project, environment, verdict }, place) =>
      el("option", { text: `${project} / ${environment}: ${verdict.word}`, attrs: { value: place } }),
    ),
  );
  select.value = String(store.state.stack);
  select.addEventListener("change", () => {
    store.update({ stack: Number(select.value), selected: undefined, changes: new Set(), kinds: new Set() });
  });
  return select;
}

/** The search: `/` goes there, Enter to what is found first, again Enter to the next. */
function searchField(store: PageStore, graph: GraphView): HTMLElement {
  const found = el("output", { class: "found", attrs: { "aria-live": "polite" } });
  const input = el("input", {
    attrs: {
      type: "search",
      placeholder: "Search  ( / )",
      "aria-label": "Search resources by name or type",
      autocomplete: "off",
      spellcheck: "false",
    },
  });
  let at = -1;
  const places = () => {
    const { state, stack } = store;
    const resources = stack?.resources ?? [];
    return resources.flatMap((one, place) => (passes(state, one) && isFound(state.query, one) ? [place] : []));
  };
  input.addEventListener("input", () => {
    at = -1;
    store.update({ query: input.value.trim().toLowerCase() });
    found.textContent = store.state.query === "" ? "" : `${places().length} found`;
  });
  input.addEventListener("keydown", (event) => {
    if (event.key === "Escape") input.value = "";
    if (event.key === "Escape") input.dispatchEvent(new Event("input"));
    const all = places();
    if (event.key !== "Enter" || store.state.query === "" || all.length === 0) return;
    at = (at + (event.shiftKey ? all.length - 1 : 1)) % all.length;
    const place = all[at];
    if (place === undefined) return;
    store.update({ selected: place });
    graph.reveal(place);
    input.focus();
    event.preventDefault();
  });
  document.addEventListener("keydown", (event) => {
    const typing = event.target instanceof HTMLInputElement || event.target instanceof HTMLSelectElement;
    if (event.key !== "/" || typing || event.ctrlKey || event.metaKey) return;
    input.focus();
    event.preventDefault();
  });
  return el("label", { class: "search" }, unseen("Search"), input, found);
}
