import { join, relative } from "node:path";
import { declarationsOf, exportedDeclarations, type Declared, type DeclaredMember } from "./declarations";
import { code, GENERATED, table } from "./markdown";

/** docs/reference/components.md: each exported component with its arguments and outputs, and what else is exported. */
export function componentsPage(root: string): string {
  const exported = exportedDeclarations(join(root, "components/index.ts"));
  const components = exported.filter(({ kind }) => kind === "component").sort((a, b) => (a.name < b.name ? -1 : 1));
  const argumentsOf = ({ name, file }: Declared) =>
    exported.find((one) => one.name === `${name}Args`) ??
    declarationsOf(file).find((one) => one.name === `${name}Args`);
  const others = exported.filter(({ kind, name }) => kind !== "component" && !name.endsWith("Args"));
  return [
    "# Components",
    "",
    GENERATED,
    "",
    "What `trunkline/components` exports. A name with a question mark may be left out; `Input<T>` takes a value or an output.",
    "",
    ...components.flatMap((one) => [
      `## ${one.name}`,
      "",
      one.doc,
      "",
      `Source: [${relative(root, one.file)}](../../${relative(root, one.file)})`,
      "",
      ...members("Argument", argumentsOf(one)?.members ?? []),
      ...members("Output", one.members),
    ]),
    "## Functions, values and types",
    "",
    ...table(
      ["Name", "What it is"],
      others.map(({ name, doc }) => [code(name), doc]),
    ),
  ].join("\n");
}

function members(title: string, all: readonly DeclaredMember[]): string[] {
  if (all.length === 0) return [];
  return table(
    [title, "Type", "What it is"],
    all.map(({ name, type, optional, doc }) => [code(`${name}${optional ? "?" : ""}`), code(shortType(type)), doc]),
  );
}

function shortType(type: string): string {
  const short = type.replaceAll("pulumi.", "");
  return short.length <= 60 ? short : `${short.slice(0, 57)}...`;
}
