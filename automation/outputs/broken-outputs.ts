import { isObject, SECRET_TEXT, SecretValue, UNKNOWN_TEXT, type PlainObject } from "../bundle/property-values";

/** An output that goes away, or becomes of another type: who reads it cannot go on as before. */
export interface BrokenOutput {
  /** Names and places from the output on. */
  readonly path: readonly string[];
  readonly change: "removed" | "retyped";
  /** What it was, and what it is to be: `string`, `number`, `boolean`, `array`, `object`, `null` or, after a removal, `absent`. */
  readonly from: string;
  readonly to: string;
}

/**
 * Which outputs an update takes away or gives another type, the outermost of what goes away together. What is secret or not
 * known yet may be of any type; new outputs break nothing.
 */
export function brokenOutputs(before: PlainObject, after: PlainObject): BrokenOutput[] {
  return [...broken(before, after, [])].sort((a, b) => (a.path.join("\0") < b.path.join("\0") ? -1 : 1));
}

function* broken(before: unknown, after: unknown, path: readonly string[]): Generator<BrokenOutput> {
  const [from, to] = [kindOf(before), kindOf(after)];
  // Nobody reads anything from what was nothing.
  if (from === "null" || from === "absent" || from === "any" || to === "any") return;
  if (to === "absent") yield { path, change: "removed", from, to };
  else if (from !== to) yield { path, change: "retyped", from, to };
  else if (isObject(before) && isObject(after)) {
    for (const [key, value] of Object.entries(before)) yield* broken(value, own(after, key), [...path, key]);
  }
}

function own(object: PlainObject, key: string): unknown {
  return Object.hasOwn(object, key) ? object[key] : undefined;
}

function kindOf(value: unknown): string {
  if (value === undefined) return "absent";
  if (value === null) return "null";
  if (value instanceof SecretValue || value === UNKNOWN_TEXT || value === SECRET_TEXT) return "any";
  return Array.isArray(value) ? "array" : typeof value;
}
