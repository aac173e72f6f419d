import type { Command } from "commander";
import type { VerbDeps } from "../commands/verb";
import type { Target } from "../engine/engine-session";
import type { Exit } from "../exit-codes";
import type { Terminal } from "../ports/terminal";

/** The options that every verb has. */
export interface CliOptions {
  /** The directory from which the project is looked for. */
  readonly cwd: string;
  /** Print one JSON document instead of text. */
  readonly json: boolean;
}

/** Tells a verb's result: as lines for people, as data, and as an exit code. */
export interface Presenter<Result> {
  exit(result: Result): Exit;
  lines(result: Result, terminal: Terminal): string[];
  /** The result as one JSON document, secrets masked. */
  json(result: Result): unknown;
}

/** What a verb does, loaded when it is asked for. */
export interface Verb<Options, Result> {
  readonly run: (deps: VerbDeps, options: Options) => Promise<Result>;
  readonly present: Presenter<Result>;
}

interface TypedVerbDefinition<Options, Result> {
  /** The verb; with a space, the group that it is in and the verb: `release deploy`. */
  readonly name: string;
  /** What it does: after the name in the list of verbs. */
  readonly summary: string;
  /** A command line, for its help. */
  readonly example: string;
  /** The target by default; a verb without one opens no engine and has no options about it. */
  readonly target?: Target;
  /** What its exit codes mean beyond those of every verb, for its help. */
  readonly exits?: string;
  /** Adds arguments and further options; an argument reaches the verb as an option of its name. */
  readonly configure?: (command: Command) => void;
  /** Loads what the verb needs, and nothing of the others. */
  readonly load: () => Promise<Verb<Options, Result>>;
}

/** A verb of the CLI, its options and result known to itself only. */
export type VerbDefinition = TypedVerbDefinition<CliOptions, unknown>;

/** Describes a verb of the CLI: `configure` and the options that `load`'s verb takes have to fit together. */
export function defineVerb<Options, Result>(definition: TypedVerbDefinition<Options, Result>): VerbDefinition {
  return definition as unknown as VerbDefinition;
}
