import { EngineError } from "../engine-error";
import type { ConfigValue } from "../session/stack-session";
import { fullKey, parseConfigKey, type ConfigKey } from "./config-key";
import { getAt, type StoredValue } from "./config-object";
import { parseConfigPath } from "./config-path";
import type { ProjectFile } from "./project-file";

/** A key that `Pulumi.yaml` declares: an object, or in short its default. */
export type ProjectConfigEntry = StoredValue | ProjectConfigDeclaration;

interface ProjectConfigDeclaration {
  readonly type?: string;
  readonly items?: { readonly type?: string; readonly items?: ProjectConfigDeclaration["items"] };
  readonly default?: StoredValue;
  readonly value?: StoredValue;
  readonly secret?: boolean;
}

/** How a value is looked up whose key may be a path. */
type Declared = readonly [name: string, key: ConfigKey, declaration: ProjectConfigDeclaration];

/**
 * A stack's stored values with the project's defaults filled in. Throws EngineError with all keys that the project
 * requires and the stack lacks.
 * @see https://www.pulumi.com/docs/iac/concepts/config/#project-level-configuration
 */
export function withProjectConfig(
  project: ProjectFile,
  stackName: string,
  values: ReadonlyMap<string, StoredValue>,
): Map<string, StoredValue> {
  const merged = new Map(values);
  const missing: string[] = [];
  for (const [name, key, declaration] of declarations(project)) {
    if (lookUp(merged, key) !== undefined) continue;
    const preset = declaration.default ?? declaration.value;
    if (preset !== undefined && preset !== null)
      merged.set(fullKey(key), typeof preset === "object" ? preset : String(preset));
    else if (key.namespace === project.name) missing.push(name);
  }
  if (missing.length === 0) return merged;
  const list = missing.map((name) => `'${name}'`).join(missing.length === 2 ? " and " : ", ");
  throw new EngineError(
    `Stack '${stackName}' is missing configuration value${missing.length > 1 ? "s" : ""} ${list}; ` +
      "set with `pulumi config set <key> <value>`",
  );
}

/** Throws EngineError for a value that is not of the type that the project declares, or not secret where it has to be. */
export function checkProjectConfig(
  project: ProjectFile,
  stackName: string,
  values: ReadonlyMap<string, ConfigValue>,
): void {
  for (const [name, key, declaration] of declarations(project)) {
    const value = values.get(fullKey(key));
    if (!value || declaration.type === undefined) continue;
    if (declaration.secret && !value.secret) {
      throw new EngineError(`Stack '${stackName}' with configuration key '${name}' must be encrypted as it's secret`);
    }
    const content: unknown = value.object ? JSON.parse(value.value) : value.value;
    if (hasType(content, declaration)) continue;
    throw new EngineError(
      `Stack '${stackName}' with configuration key '${name}' must be of type '${typeName(declaration)}'`,
    );
  }
}

function declarations(project: ProjectFile): Declared[] {
  return Object.keys(project.config)
    .sort()
    .map((name) => {
      const entry = project.config[name] ?? null;
      const declared = typeof entry === "object" && entry !== null && !Array.isArray(entry);
      return [name, parseConfigKey(name, project.name, false), declared ? entry : { default: entry }] as const;
    });
}

function lookUp(values: ReadonlyMap<string, StoredValue>, key: ConfigKey): StoredValue | undefined {
  const [first, ...path] = parseConfigPath(key.name);
  return getAt(values.get(fullKey({ namespace: key.namespace, name: String(first) })), path);
}

function hasType(value: unknown, declaration: ProjectConfigDeclaration): boolean {
  switch (declaration.type) {
    case "string":
      return typeof value === "string";
    case "integer":
      return Number.isInteger(Number(value)) && value !== "";
    case "number":
      return Number.isFinite(Number(value)) && value !== "";
    case "boolean":
      return value === true || value === false || value === "true" || value === "false";
    case "array":
      return Array.isArray(value) && value.every((element) => hasType(element, declaration.items ?? {}));
    case "object":
      return typeof value === "object" && value !== null && !Array.isArray(value);
    default:
      return true;
  }
}

function typeName(declaration: ProjectConfigDeclaration): string {
  return declaration.type === "array" ? `array<${typeName(declaration.items ?? {})}>` : (declaration.type ?? "any");
}
