/** What an element is made with: attributes by name, `class` and listeners by `on` and the event. */
export interface ElementProps {
  readonly class?: string;
  readonly text?: string;
  /** Attributes; undefined and false leave one out, true gives it without a value. */
  readonly attrs?: Readonly<Record<string, string | number | boolean | undefined>>;
  readonly on?: Readonly<Record<string, (event: Event) => void>>;
}

type Child = Node | string | false | undefined;

const SVG = "http://www.w3.org/2000/svg";

/** An element of HTML. Texts become text nodes: nothing that is shown is ever read as markup. */
export function el<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  props: ElementProps = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[Name] {
  return filled(document.createElement(name), props, children);
}

/** An element of SVG. */
export function svg<Name extends keyof SVGElementTagNameMap>(
  name: Name,
  props: ElementProps = {},
  ...children: readonly Child[]
): SVGElementTagNameMap[Name] {
  return filled(document.createElementNS(SVG, name), props, children);
}

/** Replaces everything in an element. */
export function fill(parent: Element, ...children: readonly Child[]): void {
  parent.replaceChildren(...children.filter((child) => child !== undefined && child !== false));
}

/** A text that is told to screen readers only. */
export function unseen(text: string): HTMLElement {
  return el("span", { class: "unseen", text });
}

function filled<T extends Element>(element: T, props: ElementProps, children: readonly Child[]): T {
  if (props.class !== undefined) element.setAttribute("class", props.class);
  if (props.text !== undefined) element.textContent = props.text;
  for (const [name, value] of Object.entries(props.attrs ?? {})) {
    if (value !== undefined && value !== false) element.setAttribute(name, value === true ? "" : String(value));
  }
  for (const [name, listener] of Object.entries(props.on ?? {})) element.addEventListener(name, listener);
  element.append(...children.filter((child) => child !== undefined && child !== false));
  return element;
}
