import { EngineError } from "../engine-error";

/** The key of a configuration value: `<namespace>:<name>`. The namespace is the project's name unless told. */
export interface ConfigKey {
  readonly namespace: string;
  readonly name: string;
}

/** `<namespace>:<name>` */
export function fullKey(key: ConfigKey): string {
  return `${key.namespace}:${key.name}`;
}

/** How the CLI shows a key: keys of the project itself without their namespace. */
export function prettyKey(key: ConfigKey, project: string): string {
  return key.namespace === project ? key.name : fullKey(key);
}

/**
 * Reads a key of a command line. With `path`, the namespace is looked for in the first segment alone.
 * @see https://github.com/pulumi/pulumi/blob/master/pkg/cmd/pulumi/config/io.go
 */
export function parseConfigKey(text: string, project: string, path: boolean): ConfigKey {
  const end = path ? text.search(/[[.]/) : -1;
  if (end > 0) {
    const top = parseConfigKey(text.slice(0, end), project, false);
    return { namespace: top.namespace, name: top.name + text.slice(end) };
  }
  return text.includes(":") ? parseFullKey(text) : { namespace: project, name: text };
}

/** Reads `<namespace>:<name>`, or the old `<namespace>:config:<name>`. Throws EngineError for other forms. */
export function parseFullKey(text: string): ConfigKey {
  const parts = text.split(":");
  const [namespace = "", second = "", third = ""] = parts;
  if (parts.length === 2) return { namespace, name: second };
  if (parts.length === 3 && second === "config") return { namespace, name: third };
  throw new EngineError(
    `invalid configuration key: could not parse ${text} as a configuration key ` +
      "(configuration keys should be of the form `<namespace>:<name>`)",
  );
}
