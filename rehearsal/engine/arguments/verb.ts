import type { Command } from "commander";
import { EngineError } from "../engine-error";
import type { CommandContext } from "../session/command-context";

/** What a command line asks for, ready to run; answers the exit code. */
export type Verb = (context: CommandContext) => Promise<number>;

/** Told which verb a command line means. */
export type ChooseVerb = (verb: Verb) => void;

/** The exit code of a command line that the engine does not take. */
export const USAGE_EXIT_CODE = 2;

/** Makes the error for a command line that is not understood, or not supported: one line, exit code 2. */
export function usageError(message: string): EngineError {
  return new EngineError(
    `${message}; the embedded engine has a closed set of commands and flags: run with the Pulumi CLI (--engine cli) for others`,
    USAGE_EXIT_CODE,
  );
}

/** A verb that has no exit code of its own. */
export function done(run: (context: CommandContext) => Promise<void>): Verb {
  return async (context) => {
    await run(context);
    return 0;
  };
}

/** Adds the flags that every command of the CLI takes and that change nothing here, except where a verb uses them. */
export function withGlobalFlags(command: Command): Command {
  return command
    .option("--color <mode>", "colours of the text output: always, never, raw or auto", "auto")
    .option("-d, --debug", "show debug messages", false)
    .option("--logflow", "accepted, without effect")
    .option("--logtostderr", "accepted, without effect")
    .option("-v, --verbose <level>", "accepted, without effect")
    .option("--tracing <url>", "accepted, without effect")
    .option("--non-interactive", "accepted: the engine never asks");
}

/** Adds the flag that names a stack. */
export function withStackFlag(command: Command): Command {
  return command.option("-s, --stack <name>", "the stack to work on, else the selected one");
}
