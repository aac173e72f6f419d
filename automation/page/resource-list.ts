import type { PageResource } from "../report/page-data";
import { changeIcon, changeWord } from "./change-mark";
import { el } from "./dom";
import { durationText } from "./duration-text";
import { isFound, passes, type PageStore } from "./page-state";
import { shortKind } from "./resource-graph";
import { rowList } from "./row-list";

interface Row {
  readonly resource: PageResource;
  readonly place: number;
}

/** The resources as a table, those that change first: all that the graph shows, in words. */
export function resourceList(store: PageStore): HTMLElement {
  const body = el("tbody");
  const more = el("div", { class: "more" });
  const empty = el("p", { class: "empty" });
  const head = ["Change", "Name", "Type", "Properties", "Time"].map((text) =>
    el("th", { text, attrs: { scope: "col" } }),
  );
  const table = el("table", { class: "resources" }, el("thead", {}, el("tr", {}, ...head)), body);
  store.follow(({ selected }, before) => {
    if (selected !== before.selected) {
      for (const row of body.rows) row.classList.toggle("selected", row.dataset["place"] === String(selected));
      return;
    }
    const rows = shownRows(store);
    table.hidden = rows.length === 0;
    empty.hidden = rows.length > 0;
    empty.textContent =
      (store.stack?.resources.length ?? 0) > 0 ? "No resource passes the filters." : "No resource is told of.";
    rowList(rows, body, more, (row) => tableRow(row, store));
  });
  return el("div", { class: "scroll" }, table, empty, more);
}

/** What passes filters and search: changes before what stays, each in the order of the run. */
function shownRows({ stack, state }: PageStore): Row[] {
  const rows = (stack?.resources ?? []).map((resource, place) => ({ resource, place }));
  const shown = rows.filter(({ resource }) => passes(state, resource) && isFound(state.query, resource));
  return shown.sort((a, b) => Number(a.resource.change === "same") - Number(b.resource.change === "same"));
}

function tableRow({ resource, place }: Row, store: PageStore): HTMLElement {
  const { name, type, change, properties, startMs, endMs, status } = resource;
  const tense = store.stack?.tense ?? "done";
  const failed = status === "failed" || (status === "running" && tense === "done");
  const open = () => store.update({ selected: place });
  return el(
    "tr",
    { class: store.state.selected === place ? "selected" : "", attrs: { "data-place": place }, on: { click: open } },
    el(
      "td",
      {},
      el(
        "span",
        { class: `badge change-${change}` },
        changeIcon(change),
        el("span", { text: failed ? `${changeWord(change, "planned")} failed` : changeWord(change, tense) }),
      ),
    ),
    el("td", {}, el("button", { class: "plain name", text: name, attrs: { type: "button" } })),
    el("td", { class: "kind", text: shortKind(type) }),
    el("td", { class: "number", text: properties.length > 0 ? String(properties.length) : "" }),
    el("td", {
      class: "number",
      text: startMs === undefined || endMs === undefined ? "" : durationText(endMs - startMs),
    }),
  );
}
