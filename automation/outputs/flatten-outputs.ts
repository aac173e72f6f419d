import { SECRET_TEXT } from "../bundle/property-values";
import { AutomationError } from "../errors";
import type { StackOutputs } from "./read-outputs";

/** One value of the outputs, with the name of an environment variable. */
export interface FlatOutput {
  /** Names and places from the output to the value. */
  readonly path: readonly string[];
  /** `azure.databricks.resourceId` as `AZURE_DATABRICKS_RESOURCE_ID`. */
  readonly name: string;
  /** Texts as they are, anything else as JSON. */
  readonly value: string;
  readonly secret: boolean;
}

/** Every single value of the outputs, lists as JSON, sorted by name. */
export function outputValues(outputs: StackOutputs): FlatOutput[] {
  const flat = Object.entries(outputs).flatMap(([name, { value, masked }]) => [...leaves([name], value, masked)]);
  return flat.sort((a, b) => (a.name < b.name ? -1 : 1));
}

/**
 * Every single value under a name of its own. Throws a usage error where two get the same name, which only names that
 * differ in signs alone do.
 */
export function flattenOutputs(outputs: StackOutputs): FlatOutput[] {
  const flat = outputValues(outputs);
  const named = new Map<string, FlatOutput>();
  for (const one of flat) {
    const other = named.get(one.name);
    if (other) {
      throw new AutomationError(
        "usage",
        `the outputs ${pathText(other.path)} and ${pathText(one.path)} both get the name ${one.name}`,
        { hint: "use --format json, which keeps names as they are" },
      );
    }
    named.set(one.name, one);
  }
  return flat;
}

function* leaves(path: readonly string[], value: unknown, masked: unknown): Generator<FlatOutput> {
  if (value === undefined || value === null) return;
  const secret = masked === SECRET_TEXT && value !== SECRET_TEXT;
  if (!secret && typeof value === "object" && !Array.isArray(value)) {
    const shown = masked as Readonly<Record<string, unknown>>;
    for (const [key, inner] of Object.entries(value)) yield* leaves([...path, key], inner, shown[key]);
    return;
  }
  const text = typeof value === "string" ? value : JSON.stringify(value);
  // A list with a secret in it is one: it goes out as a whole.
  const within = Array.isArray(value) && JSON.stringify(value) !== JSON.stringify(masked);
  yield { path, name: variableName(path), value: text, secret: secret || within };
}

/** In capitals, words apart: what no shell takes in a name becomes `_`. */
function variableName(path: readonly string[]): string {
  const words = path.map((part) => part.replace(/([a-z\d])([A-Z])/g, "$1_$2").replace(/[^A-Za-z\d]+/g, "_"));
  const name = words.join("_").toUpperCase();
  return /^\d/.test(name) ? `_${name}` : name;
}

function pathText(path: readonly string[]): string {
  return path.map((part) => JSON.stringify(part)).join(".");
}
