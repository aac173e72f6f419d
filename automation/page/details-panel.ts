import type { PropertyChange } from "../bundle/change";
import type { PageResource } from "../report/page-data";
import { changeIcon, changeWord } from "./change-mark";
import { el, fill } from "./dom";
import { durationText } from "./duration-text";
import type { PageStore } from "./page-state";
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
    fill(panel, head(resource, store.stack?.planned ?? false, close), ...content(resource, selected, store, go));
    panel.scrollTop = 0;
    panel.focus({ preventScroll: true });
  });
  return panel;
}

function head({ name, type, change, status }: PageResource, planned: boolean, close: () => void): HTMLElement {
  const failed = status === "failed" || (status === "running" && !planned);
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
      el("span", { text: failed ? `${changeWord(change, true)} failed` : changeWord(change, planned) }),
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
    propertyPart(properties, change === "same"),
    listPart("In", parent === undefined ? [] : [parent], resources, go),
    listPart("Needs", dependsOn, resources, go),
    listPart("Is needed by", neededBy, resources, go),
    el("section", {}, el("h3", { text: "URN" }), el("code", { class: "urn", text: urn })),
  ];
}

function propertyPart(properties: readonly PropertyChange[], same: boolean): HTMLElement {
  const ordered = [...properties].sort((a, b) => Number(b.replaces) - Number(a.replaces));
  return el(
    "section",
    {},
    el("h3", { text: properties.length > 0 ? `Properties (${properties.length})` : "Properties" }),
    properties.length === 0 && el("p", { class: "quiet", text: same ? "Nothing changes." : "No property is told of." }),
    ...ordered.map(propertyChange),
  );
}

function propertyChange(change: PropertyChange): HTMLElement {
  const { path, kind, replaces, secret, generated } = change;
  const hasOld = kind !== "add" && "old" in change;
  return el(
    "div",
    { class: "property" },
    el(
      "h4",
      {},
      el("code", { text: path }),
      replaces && el("span", { class: "tag replaces", text: "replaces the resource" }),
      secret && el("span", { class: "tag", text: "secret" }),
      generated === true && el("span", { class: "tag", text: "made by the provider" }),
    ),
    (hasOld || kind === "delete") && value("old", "−", "Before", change.old, change),
    kind !== "delete" && value("new", "+", "After", change.new, change),
    secret && hasOld && kind === "update" && el("p", { class: "quiet", text: secretText(change) }),
  );
}

function value(
  side: "old" | "new",
  sign: string,
  word: string,
  content: unknown,
  { secret }: PropertyChange,
): HTMLElement {
  const text =
    content === undefined
      ? secret
        ? "[secret]"
        : "(known when it is applied)"
      : typeof content === "string"
        ? content
        : JSON.stringify(content, null, 2);
  return el(
    "div",
    { class: `value ${side}` },
    el("span", { class: "value-sign", text: sign, attrs: { "aria-label": word, role: "img" } }),
    el("pre", { text: text === "" ? "(empty)" : text }),
  );
}

function secretText({ oldDigest, newDigest }: PropertyChange): string {
  if (oldDigest === undefined || newDigest === undefined) return "Whether the secret itself changes is not known.";
  return oldDigest === newDigest ? "The secret itself stays the same." : "The secret itself changes.";
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
