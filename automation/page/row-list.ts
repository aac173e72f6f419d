import { el, fill } from "./dom";

/** So many rows are made at a time: more take long, and nobody reads them. */
const AT_A_TIME = 300;

/** Shows rows piece by piece, with a button for the next ones. */
export function rowList<T>(
  items: readonly T[],
  body: HTMLElement,
  more: HTMLElement,
  row: (item: T) => HTMLElement,
): void {
  let shown = 0;
  fill(body);
  const next = () => {
    body.append(...items.slice(shown, shown + AT_A_TIME).map(row));
    shown = Math.min(items.length, shown + AT_A_TIME);
    const left = items.length - shown;
    fill(
      more,
      left > 0 &&
        el("button", {
          text: `Show ${Math.min(left, AT_A_TIME)} of ${left} more`,
          attrs: { type: "button" },
          on: { click: next },
        }),
    );
  };
  next();
}
