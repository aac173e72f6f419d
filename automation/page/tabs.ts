import { el } from "./dom";
import type { PageStore, PageView } from "./page-state";

export interface Tab {
  readonly view: PageView;
  readonly label: string;
  readonly panel: HTMLElement;
  /** Is called whenever it becomes visible. */
  readonly shown?: () => void;
}

/** Tabs by the pattern of WAI-ARIA: arrows go from one to the next, and show it. */
export function tabs(
  store: PageStore,
  all: readonly Tab[],
): { readonly list: HTMLElement; readonly panels: HTMLElement[] } {
  const buttons = all.map(({ view, label }) =>
    el("button", {
      text: label,
      attrs: { type: "button", role: "tab", id: `tab-${view}`, "aria-controls": `panel-${view}` },
      on: { click: () => store.update({ view }) },
    }),
  );
  const panels = all.map(({ view, panel }) =>
    el(
      "div",
      { class: "panel", attrs: { role: "tabpanel", id: `panel-${view}`, "aria-labelledby": `tab-${view}` } },
      panel,
    ),
  );
  const list = el("div", { class: "tabs", attrs: { role: "tablist", "aria-label": "Views" } }, ...buttons);
  list.addEventListener("keydown", (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (step === undefined) return;
    const at = all.findIndex(({ view }) => view === store.state.view);
    const next = all[(at + step + all.length) % all.length];
    if (!next) return;
    store.update({ view: next.view });
    buttons[all.indexOf(next)]?.focus();
    event.preventDefault();
  });
  store.follow(({ view }, before) => {
    for (const [place, tab] of all.entries()) {
      const selected = tab.view === view;
      const [button, panel] = [buttons[place], panels[place]];
      button?.setAttribute("aria-selected", String(selected));
      button?.setAttribute("tabindex", selected ? "0" : "-1");
      if (panel) panel.hidden = !selected;
      if (selected && view !== before.view) tab.shown?.();
    }
  });
  return { list, panels };
}
