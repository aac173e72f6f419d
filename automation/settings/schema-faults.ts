import type { z } from "zod";
import { at } from "../../components/config/schema-kit";

type Issue = z.core.$ZodIssue;

/** What is wanted, by the name of a type. */
const KINDS: Readonly<Record<string, string>> = {
  string: "a text",
  number: "a number",
  int: "a whole number",
  boolean: "true or false",
  array: "a list",
  object: "a section of names and values",
  record: "a section of names and values",
  null: "nothing",
  undefined: "nothing",
};

/** Messages that a schema leaves to its library, which are no words for users. */
const UNWORDED = /^(?:Invalid |Too (?:small|big)|Unrecognized key)/;

/** Longer values are not shown: what is wrong with them is at their begin, or in their length. */
const LONGEST_SHOWN = 120;

/**
 * What a schema found wrong with `raw`, a line each: where, what was got or that it is missing, and what is allowed. `root` is
 * what the whole is called.
 */
export function schemaFaults(raw: unknown, issues: readonly Issue[], root = "the file"): string[] {
  return issues.flatMap((issue): string[] => {
    const path = issue.path.map(String).join(".");
    if (issue.code === "unrecognized_keys") {
      const allowed = UNWORDED.test(issue.message) ? "" : `, allowed are ${issue.message}`;
      return issue.keys.map((key) => `${path === "" ? key : `${path}.${key}`}: unknown key${allowed}`);
    }
    if (issue.code === "invalid_key") {
      return [`${path}: this key is not allowed, it must be ${issue.issues.map(allowedOf).join(", ")}`];
    }
    const got = at(raw, issue.path);
    const place = path || root;
    // What is wrong with the sum of several values has no value of its own to show.
    if (issue.code === "custom") return [`${place}: ${issue.message}`];
    return [
      got === undefined
        ? `${place}: missing, it must be ${allowedOf(issue)}`
        : `${place}: got ${shown(got)}, allowed is ${allowedOf(issue)}`,
    ];
  });
}

function allowedOf(issue: Issue): string {
  if (!UNWORDED.test(issue.message)) return issue.message;
  switch (issue.code) {
    case "invalid_type":
      return KINDS[issue.expected] ?? issue.expected;
    case "invalid_value":
      return `${issue.values.length > 1 ? "one of " : ""}${issue.values.map(String).join(", ")}`;
    case "too_small":
      return issue.origin === "string" && issue.minimum === 1
        ? "a text that is not empty"
        : `${measured(issue.origin)}${issue.inclusive === false ? "more than" : "at least"} ${issue.minimum}`;
    case "too_big":
      return `${measured(issue.origin)}${issue.inclusive === false ? "less than" : "at most"} ${issue.maximum}`;
    case "invalid_format":
      return issue.format === "regex" ? `a text of the form ${issue.pattern ?? "that is wanted"}` : `a ${issue.format}`;
    case "invalid_union":
      return [...new Set(issue.errors.flatMap((errors) => errors.map(allowedOf)))].join(", or ") || "another value";
    default:
      return issue.message;
  }
}

function measured(origin: string): string {
  return origin === "string" ? "a text with a length of " : origin === "array" ? "a list with a length of " : "";
}

function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value);
  return text.length > LONGEST_SHOWN ? `${text.slice(0, LONGEST_SHOWN)}…` : text;
}
