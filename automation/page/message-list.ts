import { el, fill } from "./dom";
import type { PageStore } from "./page-state";

const WORDS = { error: "error", warning: "warning", info: "note", "info#err": "note" } as const;
const RANK = ["error", "warning", "info#err", "info"];

/** What engine and program said, errors first. */
export function messageList(store: PageStore): HTMLElement {
  const list = el("ul", { class: "messages" });
  const empty = el("p", { class: "empty", text: "Neither the engine nor the program said anything." });
  store.follow(() => {
    const { messages = [], resources = [] } = store.stack ?? {};
    const { fault } = store.data;
    const ordered = [...messages].sort((a, b) => RANK.indexOf(a.severity) - RANK.indexOf(b.severity));
    empty.hidden = messages.length > 0 || fault !== undefined;
    fill(
      list,
      fault !== undefined &&
        el("li", { class: "error" }, el("strong", { text: "The run failed" }), el("pre", { text: fault })),
      ...ordered.map(({ severity, text, urn }) => {
        const place = resources.findIndex((resource) => resource.urn === urn);
        return el(
          "li",
          { class: severity === "info#err" ? "info" : severity },
          el("strong", { text: WORDS[severity] }),
          place >= 0 &&
            el("button", {
              class: "plain",
              text: resources[place]?.name ?? "",
              attrs: { type: "button" },
              on: { click: () => store.update({ selected: place }) },
            }),
          el("pre", { text }),
        );
      }),
    );
  });
  return el("div", { class: "scroll" }, list, empty);
}
