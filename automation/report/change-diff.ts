import type { Change, PropertyChange } from "../bundle/change";
import { shortened } from "./markdown";
import { MASK } from "./render-outputs";

/** Longer values are cut; the report file has them in full. */
const LONGEST_VALUE = 400;

/** The properties of a change as lines of a diff, those that replace the resource first. */
export function changeDiff({ properties }: Pick<Change, "properties">): string[] {
  const ordered = [...properties].sort((a, b) => Number(b.replaces) - Number(a.replaces));
  return ordered.flatMap(propertyDiff);
}

function propertyDiff({ path, kind, replaces, secret, ...values }: PropertyChange): string[] {
  const name = `${path}:${replaces ? " # replaces the resource" : ""}`;
  const old = kind === "add" ? [] : signed("-", text(values.old, secret));
  const added = kind === "delete" ? [] : signed("+", text(values.new, secret));
  return [`! ${name}`, ...old, ...added];
}

function signed(sign: string, value: string): string[] {
  return value.split("\n").map((line) => `${sign} ${line}`);
}

/** A secret has no form here, whatever was handed over in its place. */
function text(value: unknown, secret: boolean): string {
  if (secret) return MASK;
  if (value === undefined) return "(known when it is applied)";
  return shortened(typeof value === "string" ? value : JSON.stringify(value, null, 2), LONGEST_VALUE);
}
