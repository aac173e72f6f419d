import type { Command } from "commander";
import { menu } from "../../automation/cli";
import { EXIT_CODES } from "../../automation/exit-codes";
import type { VerbDefinition } from "../../automation/verbs/verb-definition";
import { VERBS } from "../../automation/verbs/verbs";
import { code, GENERATED, table } from "./markdown";

/** docs/reference/verbs.md: the command line as its own menu has it. */
export function verbsPage(): string {
  const program = menu("0.0.0", async () => {});
  return [
    "# Verbs",
    "",
    GENERATED,
    "",
    `Exit codes: ${Object.entries(EXIT_CODES)
      .map(([kind, value]) => `${value} ${kind}`)
      .join(", ")}. Every verb has \`--help\`; one that ends with the code of another program says so below.`,
    "",
    ...table(
      ["Verb", "What it does"],
      VERBS.map(({ name, summary }) => [`[${name}](#trunkline-${name.replaceAll(" ", "-")})`, summary]),
    ),
    ...VERBS.flatMap((verb) => verbSection(verb, commandOf(program, verb.name))),
  ].join("\n");
}

function commandOf(program: Command, name: string): Command {
  const found = name
    .split(" ")
    .reduce<Command | undefined>((from, word) => from?.commands.find((one) => one.name() === word), program);
  if (found === undefined) throw new Error(`the menu has no verb ${name}`);
  return found;
}

function verbSection({ name, example, exits }: VerbDefinition, command: Command): string[] {
  const given = command.registeredArguments.map((one) => [
    code(one.required ? `<${one.name()}>` : `[${one.name()}]`),
    one.description + allowed(one.argChoices),
    "",
  ]);
  const options = command.options.map((option) => [
    code(option.flags),
    option.description + allowed(option.argChoices),
    defaultOf(option.long === "--cwd" ? "the working directory" : option.defaultValue, option.mandatory),
  ]);
  return [
    `## trunkline ${name}`,
    "",
    `${sentence(command.description())}`,
    "",
    "```text",
    example,
    "```",
    "",
    ...(exits ? [`Exit code: ${exits}.`, ""] : []),
    ...table(["Option", "What it does", "Default"], [...given, ...options]),
  ];
}

function allowed(choices: readonly string[] | undefined): string {
  return choices === undefined ? "" : ` (${choices.join(", ")})`;
}

function defaultOf(value: unknown, mandatory: boolean): string {
  if (mandatory) return "required";
  if (value === undefined || value === false) return "";
  return typeof value === "string" && value.includes(" ")
    ? value
    : code(typeof value === "string" ? value : JSON.stringify(value));
}

function sentence(text: string): string {
  return `${text.slice(0, 1).toUpperCase()}${text.slice(1)}.`;
}
