import { Command, CommanderError } from "commander";
import { addConfigCommands } from "./config-commands";
import { addOperationCommands, type Operate } from "./operation-commands";
import { addOtherCommands } from "./other-commands";
import { addStackCommands } from "./stack-commands";
import { usageError, type Verb } from "./verb";

/**
 * Understands a command line of the CLI. Throws EngineError with exit code 2, which names the command or the flag, for
 * everything that the engine does not take.
 */
export function parseCommandLine(args: readonly string[], operate: Operate): Verb {
  const chosen: Verb[] = [];
  const help: string[] = [];
  const program = commandTree(
    (verb) => chosen.push(verb),
    operate,
    (text) => help.push(text),
  );
  refuseUnknownCommand(program, args);
  try {
    program.parse([...args], { from: "user" });
  } catch (fault) {
    if (!(fault instanceof CommanderError)) throw fault;
    if (fault.code !== "commander.helpDisplayed") throw usageError(described(fault, args));
    chosen.push(async (context) => {
      context.out(help.join(""));
      return 0;
    });
  }
  const [verb] = chosen;
  if (!verb) throw usageError(`'pulumi ${args.join(" ")}' names no command`);
  return verb;
}

function commandTree(choose: (verb: Verb) => void, operate: Operate, writeHelp: (text: string) => void): Command {
  const program = new Command("pulumi")
    .description("the embedded engine's part of the Pulumi CLI")
    .exitOverride()
    .configureOutput({ writeOut: writeHelp, writeErr: () => undefined })
    .helpCommand(false)
    // Flags after a command are that command's alone: a value may then look like a flag of another.
    .enablePositionalOptions();
  addStackCommands(program, choose);
  addConfigCommands(program, choose);
  addOperationCommands(program, choose, operate);
  addOtherCommands(program, choose);
  return program;
}

/** Commander would take the name of an unknown subcommand for an operand of `config`, or complain of its flags first. */
function refuseUnknownCommand(program: Command, args: readonly string[]): void {
  let command = program;
  const path: string[] = [];
  for (const word of args) {
    if (word.startsWith("-") || command.commands.length === 0) return;
    const next = command.commands.find((candidate) => candidate.name() === word || candidate.aliases().includes(word));
    if (!next) throw usageError(`command '${[...path, word].join(" ")}' is not supported`);
    path.push(word);
    command = next;
  }
}

function described(fault: CommanderError, args: readonly string[]): string {
  const words = args
    .slice(
      0,
      Math.max(
        args.findIndex((arg) => arg.startsWith("-")),
        0,
      ) || undefined,
    )
    .slice(0, 3);
  const command = `'${["pulumi", ...words].join(" ")}'`;
  const flag = /unknown option '([^']+)'/.exec(fault.message)?.[1];
  if (flag !== undefined) return `flag '${flag.split("=")[0]}' of ${command} is not supported`;
  if (fault.code === "commander.help") return `${command} needs a subcommand`;
  return `${command}: ${fault.message.replace(/^error: /, "").replace(/\.$/, "")}`;
}
