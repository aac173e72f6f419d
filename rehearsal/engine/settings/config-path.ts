import { EngineError } from "../engine-error";

/** A path into structured configuration: names of properties and indexes of lists. */
export type ConfigPath = readonly (string | number)[];

/** One step: a name (after a period, or after a bracket), `["name"]`, `[0]` or `[*]`. */
const SEGMENT = /(?:(?<!^)\.+|(?<=^|\]))([^.[]+)|\[(?:"((?:\\"|[^"\\]|\\(?!"))*)"|(\d+)|(\*))\]/y;

/**
 * Reads a path such as `a.b`, `a[0].b` or `["a.b"].c`; within quotes, `\"` stands for a quote. Throws EngineError for
 * other forms.
 * @see https://github.com/pulumi/pulumi/blob/master/sdk/go/common/resource/properties_path.go
 */
export function parseConfigPath(text: string): ConfigPath {
  const path: (string | number)[] = [];
  SEGMENT.lastIndex = 0;
  while (SEGMENT.lastIndex < text.length) {
    const at = SEGMENT.lastIndex;
    const match = SEGMENT.exec(text);
    if (!match) throw new EngineError(`invalid config key path '${text}': ${faultAt(text, at)}`);
    const [, name, quoted, index, star] = match;
    path.push(index !== undefined ? Number(index) : (quoted?.replaceAll('\\"', '"') ?? name ?? star ?? ""));
  }
  const [first] = path;
  if (first === undefined) throw new EngineError("empty config key path");
  if (typeof first !== "string") throw new EngineError(`first path segment of config key '${text}' must be a string`);
  if (first === "") throw new EngineError(`config key is empty in path '${text}'`);
  return path;
}

/** Writes a path so that `parseConfigPath` reads it back. */
export function formatConfigPath(path: ConfigPath): string {
  return path
    .map((step, at) => {
      if (typeof step === "number") return `[${step}]`;
      if (!/^[A-Za-z_$][\w$]*$/.test(step)) return `["${step.replaceAll('"', '\\"')}"]`;
      return at === 0 ? step : `.${step}`;
    })
    .join("");
}

function faultAt(text: string, at: number): string {
  const rest = text.slice(at);
  if (rest.startsWith('["')) return "missing closing quote or bracket in property name";
  if (rest.startsWith("[")) return "expected a number, a quoted name or * in brackets";
  return `expected a name or an index at position ${at}`;
}
