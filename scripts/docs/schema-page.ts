import { code, GENERATED, table } from "./markdown";

interface Schema {
  readonly type?: string | readonly string[];
  readonly description?: string;
  readonly default?: unknown;
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly pattern?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly items?: Schema;
  readonly oneOf?: readonly Schema[];
  readonly anyOf?: readonly Schema[];
  readonly additionalProperties?: Schema | boolean;
}

/** A page that has a table for each section of a JSON Schema, from `start` on. */
export function schemaPage(
  title: string,
  intro: readonly string[],
  schema: unknown,
  start: readonly string[] = [],
): string {
  const first = start.reduce<Schema>((from, key) => from.properties?.[key] ?? {}, schema as Schema);
  return [`# ${title}`, "", GENERATED, "", ...intro, "", ...section("", first)].join("\n");
}

function section(path: string, schema: Schema): string[] {
  const properties = Object.entries(schema.properties ?? {});
  const rows = properties.map(([key, one]) => [
    code(key),
    typeOf(one),
    schema.required?.includes(key) && one.default === undefined ? "required" : defaultOf(one),
    one.description ?? "",
  ]);
  const inner = properties.flatMap(([key, one]) => nested(path === "" ? key : `${path}.${key}`, one));
  const heading = path === "" ? [] : [`## ${path}`, "", ...(schema.description ? [schema.description, ""] : [])];
  return [
    ...(rows.length > 0 ? [...heading, ...table(["Key", "Value", "Default", "What it is"], rows)] : []),
    ...inner,
  ];
}

/** The sections within a value: of an object, of a list's items, of a map's values, of each variant. */
function nested(path: string, schema: Schema): string[] {
  if (schema.properties) return section(path, schema);
  const variants = schema.oneOf ?? schema.anyOf;
  if (variants) return variants.flatMap((one) => nested(`${path} (${variantName(one)})`, one));
  if (schema.items) return nested(`${path}[]`, schema.items);
  const values = schema.additionalProperties;
  return typeof values === "object" ? nested(`${path}.{name}`, values) : [];
}

function variantName({ properties = {} }: Schema): string {
  const [key, value] = Object.entries(properties).find(([, one]) => one.const !== undefined) ?? [];
  return key === undefined ? "variant" : `${key}: ${plain(value?.const)}`;
}

function typeOf(schema: Schema): string {
  if (schema.enum) return schema.enum.map((one) => code(plain(one))).join(", ");
  if (schema.const !== undefined) return code(plain(schema.const));
  if (schema.items) return `list of ${typeOf(schema.items)}`;
  if (schema.type === "integer") return `${schema.minimum ?? ""} to ${schema.maximum ?? ""}`;
  if (schema.pattern && schema.pattern.length <= 60) return code(schema.pattern);
  if (schema.properties) return "section";
  return (schema.oneOf ?? schema.anyOf) ? "one of several" : String(schema.type ?? "any");
}

function defaultOf({ default: value }: Schema): string {
  return value === undefined ? "" : code(JSON.stringify(value));
}

function plain(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}
