import type { Argument, Command, Option } from "commander";
import { ERROR_CODES } from "../error-codes/error-code";
import { CI_SYSTEMS, STATE_CLOUDS } from "../init/init-answers";
import { ENVIRONMENTS } from "../stack/stack-for-branch";

/** What may follow an option, or stand as an argument. */
export type Completed =
  | { readonly kind: "nothing" | "anything" | "file" | "directory" }
  | { readonly kind: "words"; readonly words: readonly string[] };

/** An option of a verb. */
export interface CompletedOption {
  readonly name: string;
  readonly summary: string;
  /** What follows it; `nothing` for a switch. */
  readonly value: Completed;
}

/** A verb of the menu. */
export interface CompletedVerb {
  /** Its words: two for a verb within a group. */
  readonly words: readonly string[];
  readonly summary: string;
  readonly options: readonly CompletedOption[];
  readonly argument: Completed;
}

/** Words for options whose parser takes more than these, and for arguments. */
const KNOWN_WORDS: Readonly<Record<string, readonly string[]>> = {
  "--env": ENVIRONMENTS,
  "--state": STATE_CLOUDS,
  "--ci": CI_SYSTEMS,
  code: Object.keys(ERROR_CODES),
};

/** The verbs of a menu with everything that a shell can complete. */
export function completionModel(program: Command): CompletedVerb[] {
  return program.commands.flatMap((command) =>
    command.commands.length > 0 ? command.commands.map((inner) => verbOf([command, inner])) : [verbOf([command])],
  );
}

function verbOf(path: readonly Command[]): CompletedVerb {
  const command = path.at(-1)!;
  const [argument] = command.registeredArguments;
  return {
    words: path.map((one) => one.name()),
    summary: command.description(),
    options: [...command.options.map(optionOf), { name: "--help", summary: "show help", value: { kind: "nothing" } }],
    argument: argument ? valueOf(argument.name(), argument.name(), argument.argChoices) : { kind: "nothing" },
  };
}

function optionOf(option: Option): CompletedOption {
  const name = option.long ?? option.short ?? "";
  const placeholder = /<([^>]*)>/.exec(option.flags)?.[1];
  const value = placeholder === undefined ? NOTHING : valueOf(name, placeholder, option.argChoices);
  return { name, summary: option.description, value };
}

const NOTHING: Completed = { kind: "nothing" };

function valueOf(name: string, placeholder: string, choices: Argument["argChoices"]): Completed {
  const words = choices ?? KNOWN_WORDS[name];
  if (words !== undefined && words.length > 0) return { kind: "words", words };
  if (placeholder === "file") return { kind: "file" };
  return { kind: placeholder === "directory" || placeholder === "folder" ? "directory" : "anything" };
}

/** The words that may come first. */
export function firstWords(verbs: readonly CompletedVerb[]): string[] {
  return [...new Set(verbs.map(({ words: [first = ""] }) => first))];
}

/** The groups of verbs, each with its verbs. */
export function groups(verbs: readonly CompletedVerb[]): ReadonlyMap<string, readonly CompletedVerb[]> {
  const within = verbs.filter(({ words }) => words.length > 1);
  return new Map(firstWords(within).map((first) => [first, within.filter(({ words }) => words[0] === first)]));
}
