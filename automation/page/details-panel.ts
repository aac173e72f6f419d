import type { Tense } from "../report/change-words";
import type { PageResource } from "../report/page-data";
import { changeIcon, changeWord } from "./change-mark";
import { el, fill } from "./dom";
import { durationText } from "./duration-text";
import type { PageStore } from "./page-state";
import { propertyPart } from "./property-part";
import { shortKind } from "./resource-graph";

/** So many resources are listed of those that it needs, or that need it. */
const MOST_LISTED = 40;

/** Everything that is known of the resource that is selected: what changes, what it needs, what needs it. */
export function detailsPanel(store: PageStore, shown: (place: number) => void): HTMLElement {
  const panel = el("aside", { class: "details", attrs: { "aria-label": "Resource", hidden: true, tabindex: -1 } });
  let returnTo: Element | null = null;
  const close = () => {
    store.update({ selected: undefined });
    if (returnTo instanceof HTMLElement || returnTo instanceof SVGElement) returnTo.focus({ preventScroll: true });
  };
  panel.addEventListener("keydown", (event) => {
    if (event.key === "Escape") close();
  });
  store.follow(({ selected, stack }, before) => {
    if (selected === before.selected && stack === before.stack) return;
    const resource = selected === undefined ? undefined : store.stack?.resources[selected];
    if (panel.hidden) returnTo = document.activeElement;
    panel.hidden = resource === undefined;
    if (resource === undefined || selected === undefined) return fill(panel);
    const go = (place: number) => {
      store.update({ selected: place });
      shown(place);
    };
    fill(panel, head(resource, store.stack?.tense ?? "done", close), ...content(resource, selected, store, go));
    panel.scrollTop = 0;
    panel.focus({ preventScroll: true });
  });
  return panel;
}

function head({ name, type, change, status }: PageResource, tense: Tense, close: () => void): HTMLElement {
  const failed = status === "failed" || (status === "running" && tense === "done");
  return el(
    "header",
    {},
    el("div", { class: "details-title" }, el("h2", { text: name }), el("p", { class: "kind", text: shortKind(type) })),
    el("button", {
      class: "close",
      text: "×",
      attrs: { type: "button", "aria-label": "Close", title: "Close (Esc)" },
      on: { click: close },
    }),
    el(
      "p",
      { class: `badge change-${change}` },
      changeIcon(change),
      el("span", { text: failed ? `${changeWord(change, "planned")} failed` : changeWord(change, tense) }),
    ),
  );
}

function content(
  resource: PageResource,
  own: number,
  store: PageStore,
  go: (place: number) => void,
): (HTMLElement | undefined)[] {
  const { urn, change, properties, dependsOn, startMs, endMs, stateful, parent } = resource;
  const resources = store.stack?.resources ?? [];
  const neededBy = resources.flatMap(({ dependsOn: needs }, place) => (needs.includes(own) ? [place] : []));
  const lost = stateful === true && (change === "delete" || change === "replace");
  return [
    lost ? el("p", { class: "warning", text: "This loses its data: it needs an acknowledgement." }) : undefined,
    resource.protected ? el("p", { class: "quiet", text: "Protected: a deletion is refused." }) : undefined,
    startMs !== undefined && endMs !== undefined
      ? el("p", {
          class: "quiet",
          text: `Began after ${durationText(startMs)}, took ${durationText(endMs - startMs)}.`,
        })
      : undefined,
    propertyPart(properties, change === "same", store.stack?.tense === "found"),
    listPart("In", parent === undefined ? [] : [parent], resources, go),
    listPart("Needs", dependsOn, resources, go),
    listPart("Is needed by", neededBy, resources, go),
    el("section", {}, el("h3", { text: "URN" }), el("code", { class: "urn", text: urn })),
  ];
}

function listPart(
  title: string,
  places: readonly number[],
  resources: readonly PageResource[],
  go: (place: number) => void,
): HTMLElement | undefined {
  if (places.length === 0) return undefined;
  const listed = places.slice(0, MOST_LISTED);
  return el(
    "section",
    {},
    el("h3", { text: places.length > 1 ? `${title} (${places.length})` : title }),
    el(
      "ul",
      { class: "links-list" },
      ...listed.flatMap((place) => {
        const other = resources[place];
        if (!other) return [];
        return [
          el(
            "li",
            {},
            el(
              "button",
              { class: "plain", attrs: { type: "button" }, on: { click: () => go(place) } },
              changeIcon(other.change),
              el("span", { text: other.name }),
              el("span", { class: "kind", text: shortKind(other.type) }),
            ),
          ),
        ];
      }),
    ),
    places.length > listed.length && el("p", { class: "quiet", text: `and ${places.length - listed.length} more` }),
  );
}
