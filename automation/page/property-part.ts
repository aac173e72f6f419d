import type { PropertyChange } from "../bundle/change";
import { el } from "./dom";

/** The properties of a resource that change, or that differ from the cloud, with both values; what replaces it first. */
export function propertyPart(properties: readonly PropertyChange[], same: boolean, found: boolean): HTMLElement {
  const ordered = [...properties].sort((a, b) => Number(b.replaces) - Number(a.replaces));
  return el(
    "section",
    {},
    el("h3", { text: properties.length > 0 ? `Properties (${properties.length})` : "Properties" }),
    properties.length === 0 &&
      el("p", {
        class: "quiet",
        text: same ? (found ? "As recorded." : "Nothing changes.") : "No property is told of.",
      }),
    ...ordered.map((change) => propertyChange(change, found)),
  );
}

function propertyChange(change: PropertyChange, found: boolean): HTMLElement {
  const { path, kind, replaces, secret, generated, allowed } = change;
  const [before, after] = found ? (["Recorded", "In the cloud"] as const) : (["Before", "After"] as const);
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
      allowed !== undefined && el("span", { class: "tag allowed", text: "allowed" }),
    ),
    allowed !== undefined && el("p", { class: "quiet", text: `Allowed: ${allowed}` }),
    (hasOld || kind === "delete") && value("old", "−", before, change.old, change, found),
    kind !== "delete" && value("new", "+", after, change.new, change, found),
    secret && hasOld && kind === "update" && !found && el("p", { class: "quiet", text: secretText(change) }),
  );
}

function value(
  side: "old" | "new",
  sign: string,
  word: string,
  content: unknown,
  { secret }: PropertyChange,
  found: boolean,
): HTMLElement {
  const nothing = secret ? "[secret]" : found ? "(nothing)" : "(known when it is applied)";
  const text =
    content === undefined ? nothing : typeof content === "string" ? content : JSON.stringify(content, null, 2);
  return el(
    "div",
    { class: `value ${side}` },
    // Nobody has changed anything: a sign would say so.
    found
      ? el("span", { class: "value-word", text: word })
      : el("span", { class: "value-sign", text: sign, attrs: { "aria-label": word, role: "img" } }),
    el("pre", { text: text === "" ? "(empty)" : text }),
  );
}

function secretText({ oldDigest, newDigest }: PropertyChange): string {
  if (oldDigest === undefined || newDigest === undefined) return "Whether the secret itself changes is not known.";
  return oldDigest === newDigest ? "The secret itself stays the same." : "The secret itself changes.";
}
