import type { PageStack } from "../report/page-data";
import { changeIcon, CHANGES, changeWord } from "./change-mark";
import { el, fill, unseen } from "./dom";
import { toggled, type PageState, type PageStore } from "./page-state";
import { shortKind } from "./resource-graph";

/** So many types are listed at first. */
const FIRST_KINDS = 8;

/** What was decided and why, and the filters: changes and types with their numbers. */
export function sidePanel(store: PageStore): HTMLElement {
  const panel = el("aside", { class: "side", attrs: { "aria-label": "Result and filters" } });
  let allKinds = false;
  const show = (state: PageState) => {
    const { stack } = store;
    if (!stack) return fill(panel);
    fill(
      panel,
      resultPart(stack, store.data.stacks.length > 1),
      gatePart(stack),
      policyPart(stack, store),
      changePart(stack, state, store),
      kindPart(stack, state, store, allKinds, () => {
        allKinds = true;
        show(store.state);
      }),
    );
  };
  store.follow((state, before) => {
    const same = state.stack === before.stack && state.changes === before.changes && state.kinds === before.kinds;
    if (same && panel.childElementCount > 0) return;
    const focused = panel.contains(document.activeElement)
      ? (document.activeElement as HTMLElement).dataset["key"]
      : undefined;
    show(state);
    const again = [...panel.querySelectorAll<HTMLElement>("[data-key]")].find((one) => one.dataset["key"] === focused);
    if (focused !== undefined) again?.focus();
  });
  return panel;
}

/** The verdict of the only stack is that of the page, which the page begins with. */
function resultPart(stack: PageStack, isOneOfMany: boolean): HTMLElement {
  const { verdict, detail, reasons, facts } = stack;
  return el(
    "section",
    { class: "part" },
    el("h2", { text: `${stack.project} / ${stack.environment}` }),
    isOneOfMany && el("p", { class: `verdict ${verdict.mood}`, text: verdict.word }),
    detail !== undefined && el("p", { class: "detail", text: detail }),
    reasons.length > 0 && el("p", { class: "quiet", text: `Why: ${reasons.join("; ")}` }),
    facts.length > 0 &&
      el(
        "dl",
        { class: "facts" },
        ...facts.map(({ label, value }) => el("div", {}, el("dt", { text: label }), el("dd", { text: value }))),
      ),
  );
}

function gatePart({ gate }: PageStack): HTMLElement | undefined {
  if (!gate) return undefined;
  const words = { open: "open", refused: "closed", waiting: "waits for an approval" } as const;
  const moods = { open: "good", refused: "bad", waiting: "attention" } as const;
  return el(
    "section",
    { class: "part" },
    el("h2", { text: "Gate" }),
    el("p", { class: `verdict ${moods[gate.kind]}`, text: words[gate.kind] }),
    ...gate.approvedBy.map((by) => el("p", { class: "quiet", text: `Approved by ${by}` })),
    gate.reasons.length > 0 &&
      el(
        "ul",
        { class: "findings" },
        ...gate.reasons.map(({ code, message, hint }) =>
          el(
            "li",
            {},
            el("code", { text: code }),
            el("span", { text: message }),
            el("span", { class: "quiet", text: `Next: ${hint}` }),
          ),
        ),
      ),
  );
}

function policyPart({ policies, resources }: PageStack, store: PageStore): HTMLElement | undefined {
  if (policies.length === 0) return undefined;
  const ordered = [...policies].sort((a, b) => Number(b.level === "mandatory") - Number(a.level === "mandatory"));
  return el(
    "section",
    { class: "part" },
    el("h2", { text: `Policies (${policies.length})` }),
    el(
      "ul",
      { class: "findings" },
      ...ordered.map(({ policy, pack, level, message, urn }) => {
        const place = urn === undefined ? -1 : resources.findIndex((resource) => resource.urn === urn);
        return el(
          "li",
          {},
          el("span", { class: `level ${level}`, text: level }),
          el("code", { text: `${pack}/${policy}` }),
          el("span", { text: message }),
          place >= 0 &&
            el("button", {
              class: "plain",
              text: resources[place]?.name ?? "",
              attrs: { type: "button" },
              on: { click: () => store.update({ selected: place }) },
            }),
        );
      }),
    ),
  );
}

function changePart(stack: PageStack, { changes }: PageState, store: PageStore): HTMLElement | undefined {
  const { counts, tense } = stack;
  const present = CHANGES.filter((change) => (counts[change] ?? 0) > 0);
  if (present.length === 0) return undefined;
  return el(
    "section",
    { class: "part" },
    heading("Changes", changes.size > 0, () => store.update({ changes: new Set() })),
    el(
      "div",
      { class: "filters", attrs: { role: "group", "aria-label": "Show only these changes" } },
      ...present.map((change) =>
        el(
          "button",
          {
            class: `filter change-${change}`,
            attrs: { type: "button", "aria-pressed": String(changes.has(change)), "data-key": `change ${change}` },
            on: { click: () => store.update({ changes: toggled(changes, change) }) },
          },
          changeIcon(change),
          el("span", { class: "filter-name", text: changeWord(change, tense) }),
          el("span", { class: "filter-count", text: String(counts[change]) }),
        ),
      ),
    ),
  );
}

function kindPart(
  stack: PageStack,
  { kinds }: PageState,
  store: PageStore,
  all: boolean,
  showAll: () => void,
): HTMLElement | undefined {
  const counts = new Map<string, number>();
  for (const { type } of stack.resources) counts.set(shortKind(type), (counts.get(shortKind(type)) ?? 0) + 1);
  if (counts.size === 0) return undefined;
  const ordered = [...counts].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1));
  const shown = ordered.filter(([kind], place) => all || place < FIRST_KINDS || kinds.has(kind));
  return el(
    "section",
    { class: "part" },
    heading("Types", kinds.size > 0, () => store.update({ kinds: new Set() })),
    el(
      "div",
      { class: "filters", attrs: { role: "group", "aria-label": "Show only these types" } },
      ...shown.map(([kind, number]) =>
        el(
          "button",
          {
            class: "filter",
            attrs: { type: "button", title: kind, "aria-pressed": String(kinds.has(kind)), "data-key": `kind ${kind}` },
            on: { click: () => store.update({ kinds: toggled(kinds, kind) }) },
          },
          el("span", { class: "filter-name", text: kind }),
          el("span", { class: "filter-count", text: String(number) }),
        ),
      ),
      shown.length < ordered.length &&
        el("button", {
          class: "plain",
          text: `${ordered.length - shown.length} more types`,
          attrs: { type: "button", "data-key": "more" },
          on: { click: showAll },
        }),
    ),
  );
}

function heading(text: string, filtered: boolean, clear: () => void): HTMLElement {
  return el(
    "h2",
    {},
    text,
    filtered &&
      el(
        "button",
        { class: "plain clear", attrs: { type: "button", "data-key": `clear ${text}` }, on: { click: clear } },
        "Show all",
        unseen(` ${text}`),
      ),
  );
}
