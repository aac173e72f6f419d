import { closest, distance } from "fastest-levenshtein";
import { type Document, isCollection, isMap, isNode, isScalar, LineCounter, parseDocument, visit } from "yaml";
import type { z } from "zod";
import { at } from "../../config/schema-kit";
import { shownValue } from "../../config/shown-value";
import type { ArtifactFault } from "./artifact-fault";
import { type ArtifactFile, textOf } from "./artifact-file";

/** A value of a JSON file that knows where it stands. */
export interface Located<T> {
  readonly file: string;
  readonly value: T;
  /** A fault of what lies at a path of the value. */
  fault(path: readonly PropertyKey[], problem: string, allowed: string): ArtifactFault;
}

/** A JSON file that fits a schema, or what is wrong with it, each fault with its line. */
export type CheckedJson<T> =
  | { readonly located: Located<T>; readonly faults: readonly [] }
  | { readonly located?: undefined; readonly faults: readonly ArtifactFault[] };

/** How a file is read. */
export interface JsonOptions {
  /** Puts values into the text before it is parsed. */
  readonly fill: (text: string) => string;
  /** Keys of the outermost object that are dropped. @default none */
  readonly ignored?: ReadonlySet<string>;
}

/** Parses a JSON file and checks it against a schema, whose strict objects refuse unknown keys. */
export function checkedJson<Schema extends z.ZodType>(
  file: ArtifactFile,
  schema: Schema,
  { fill, ignored }: JsonOptions,
): CheckedJson<z.output<Schema>> {
  const text = fill(textOf(file));
  const lines = new LineCounter();
  // JSON is YAML; this parser also says where everything stands, and finds keys that are there twice.
  const document = parseDocument(text, { schema: "json", lineCounter: lines });
  const placed = (offset: number, problem: string, allowed: string): ArtifactFault => {
    const { line, col: column } = lines.linePos(offset);
    return { file: file.path, position: { line, column }, problem, allowed };
  };
  const malformed = document.errors.map(({ pos, message }) => placed(pos[0], firstLine(message), "JSON"));
  if (malformed.length > 0) return { faults: malformed };
  const value = jsonOf(text);
  if (value === undefined) return { faults: [placed(firstNonJson(document), "is no JSON", "JSON without comments")] };
  const fault: Located<unknown>["fault"] = (path, problem, allowed) =>
    placed(offsetAt(document, path), problem, allowed);
  const parsed = schema.safeParse(without(value.json, ignored));
  if (parsed.success) return { located: { file: file.path, value: parsed.data, fault }, faults: [] };
  return { faults: parsed.error.issues.flatMap((issue) => faultsOf(issue, value.json, fault)) };
}

function faultsOf(issue: z.core.$ZodIssue, json: unknown, fault: Located<unknown>["fault"]): ArtifactFault[] {
  if (issue.code !== "unrecognized_keys") return [fault(issue.path, problemOf(issue, json), issue.message)];
  return issue.keys.map((key) => {
    const nearest = closest(key, issue.message.split(", "));
    const meant = distance(key, nearest) <= Math.max(2, Math.floor(key.length / 3)) ? `, did you mean ${nearest}?` : "";
    return fault([...issue.path, key], `unknown key ${JSON.stringify(key)}${meant}`, issue.message);
  });
}

function problemOf({ path }: z.core.$ZodIssue, json: unknown): string {
  const where = path.length > 0 ? path.map(String).join(".") : "the file";
  const value = at(json, path);
  return value === undefined ? `${where} is missing` : `${where} is ${shownValue(value, path)}`;
}

function jsonOf(text: string): { json: unknown } | undefined {
  try {
    return { json: JSON.parse(text) as unknown };
  } catch {
    return undefined;
  }
}

/** Where the key of a path stands; for a path that leads nowhere, what it leads to as far as it does. */
function offsetAt(document: Document, path: readonly PropertyKey[]): number {
  const parent = path.length > 0 ? document.getIn(path.slice(0, -1), true) : undefined;
  const key = isMap(parent) && parent.items.find((pair) => isScalar(pair.key) && pair.key.value === path.at(-1))?.key;
  if (isNode(key)) return key.range?.[0] ?? 0;
  const node = document.getIn(path, true);
  if (isNode(node)) return node.range?.[0] ?? 0;
  return path.length > 0 ? offsetAt(document, path.slice(0, -1)) : 0;
}

/** The first thing that YAML knows and JSON does not: a comment, single quotes, a block. */
function firstNonJson(document: Document): number {
  let first = 0;
  visit(document, {
    Node(_key, node) {
      const commented = node.comment || node.commentBefore;
      const foreign =
        (isScalar(node) && node.type !== "PLAIN" && node.type !== "QUOTE_DOUBLE") || (isCollection(node) && !node.flow);
      if (!commented && !foreign) return undefined;
      first = node.range?.[0] ?? 0;
      return visit.BREAK;
    },
  });
  return first;
}

function without(json: unknown, ignored: ReadonlySet<string> = new Set()): unknown {
  if (typeof json !== "object" || json === null || Array.isArray(json)) return json;
  return Object.fromEntries(Object.entries(json).filter(([key]) => !ignored.has(key)));
}

/** The first line of what the parser says, in the words of JSON. */
export function firstLine(message: string): string {
  return message
    .split("\n")[0]!
    .replace(/ at line \d+, column \d+:?$/, "")
    .replace(/flow map/gi, "object")
    .replace(/flow sequence/gi, "list")
    .toLowerCase();
}
