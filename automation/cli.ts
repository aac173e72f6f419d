import { Command, Option } from "commander";
import { ENVIRONMENTS } from "./stack/stack-for-branch";
import type { CliOptions, VerbDefinition } from "./verbs/verb-definition";
import { VERBS } from "./verbs/verbs";

/** What the command line asks for. */
export interface Invocation {
  readonly verb: VerbDefinition;
  /** Its options and arguments, by name; what was not given and has no default is absent. */
  readonly options: CliOptions;
}

/** The menu: hands what was asked for to `run`. Errors of the command line are thrown as CommanderError. */
export function menu(version: string, run: (invocation: Invocation) => Promise<void>): Command {
  const program = new Command("trunkline")
    .description("From a git branch to a running ML platform: previewed, gated, and rehearsed on a laptop")
    .version(version)
    .addHelpText("after", "\nExample:\n  trunkline rehearse\n")
    .showSuggestionAfterError()
    .exitOverride();
  for (const verb of VERBS) {
    const command = addCommand(program, verb.name)
      .description(verb.summary)
      .option("--cwd <directory>", "where to look for the project", process.cwd())
      .option("--json", "print one JSON document instead of text", false)
      .addHelpText("after", `${verb.exits ? `\nExit code:\n  ${verb.exits}\n` : ""}\nExample:\n  ${verb.example}\n`);
    if (verb.target) addEngineOptions(command, verb.target);
    verb.configure?.(command);
    command.action(() => run({ verb, options: { ...argumentsOf(command), ...command.opts<CliOptions>() } }));
  }
  return program;
}

/** A verb of two words lies in a group of the first. */
function addCommand(program: Command, name: string): Command {
  const [first = "", second] = name.split(" ");
  if (second === undefined) return program.command(first);
  const group = program.commands.find((command) => command.name() === first) ?? program.command(first);
  return group.command(second);
}

function addEngineOptions(command: Command, target: string): void {
  command
    .option("--env <name>", `environment: ${ENVIRONMENTS.join(", ")} (default: the one of the checked-out branch)`)
    .addOption(
      new Option("--target <target>", "real clouds, or the simulated one")
        .choices(["cloud", "rehearsal"])
        .default(target),
    )
    .addOption(
      new Option(
        "--engine <engine>",
        "the Pulumi CLI, or the engine of this package (default: fits the target)",
      ).choices(["cli", "embedded"]),
    );
}

function argumentsOf(command: Command): Record<string, unknown> {
  const given = command.processedArgs as readonly unknown[];
  const named = command.registeredArguments.map((argument, i) => [argument.name(), given[i]] as const);
  return Object.fromEntries(named.filter(([, value]) => value !== undefined));
}
