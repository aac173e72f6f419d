import { Command, Option } from "commander";
import { ENVIRONMENTS } from "./stack/stack-for-branch";
import type { Target } from "./engine/engine-session";

/** What the command line asks for. */
export interface Invocation {
  readonly verb: VerbName;
  readonly options: CliOptions;
}

/** The options of the command line; what a verb has no option for is absent. */
export interface CliOptions {
  readonly cwd: string;
  readonly env?: string;
  readonly target: Target;
  readonly engine?: "embedded" | "cli";
  readonly json: boolean;
  readonly removeProtection?: boolean;
}

/** The verbs of the CLI. */
export type VerbName = keyof typeof VERBS;

/** What each verb is for, the target that it has by default, and an example. */
const VERBS = {
  rehearse: {
    summary: "preview an environment, bring it up in the simulated cloud, preview again and show its outputs",
    target: "rehearsal",
    example: "trunkline rehearse --env prd",
  },
  preview: {
    summary: "show what an update would change",
    target: "cloud",
    example: "trunkline preview --target rehearsal --env dev",
  },
  up: {
    summary: "bring an environment to what the program declares",
    target: "cloud",
    example: "trunkline up --target rehearsal --env dev",
  },
  refresh: {
    summary: "take over into the state what the environment is like in the cloud",
    target: "cloud",
    example: "trunkline refresh --target rehearsal --env dev",
  },
  destroy: {
    summary: "delete an environment; refused while resources are protected",
    target: "cloud",
    example: "trunkline destroy --target rehearsal --env dev --remove-protection",
  },
  outputs: {
    summary: "show the outputs of an environment, secrets masked",
    target: "cloud",
    example: "trunkline outputs --target rehearsal --env dev --json",
  },
  cancel: {
    summary: "remove the lock that a run which ended early has left",
    target: "cloud",
    example: "trunkline cancel --target rehearsal --env dev",
  },
} as const satisfies Record<string, { summary: string; target: Target; example: string }>;

/** The menu: hands what was asked for to `run`. Errors of the command line are thrown as CommanderError. */
export function menu(version: string, run: (invocation: Invocation) => Promise<void>): Command {
  const program = new Command("trunkline")
    .description("From a git branch to a running ML platform: previewed, gated, and rehearsed on a laptop")
    .version(version)
    .addHelpText("after", "\nExample:\n  trunkline rehearse\n")
    .showSuggestionAfterError()
    .exitOverride();
  for (const [verb, { summary, target, example }] of Object.entries(VERBS)) {
    const command = program
      .command(verb)
      .description(summary)
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
      )
      .option("--cwd <directory>", "where to look for the project", process.cwd())
      .option("--json", "print one JSON document instead of text", false)
      .addHelpText("after", `\nExample:\n  ${example}\n`)
      .action((options: CliOptions) => run({ verb: verb as VerbName, options }));
    if (verb === "destroy") {
      command.option("--remove-protection", "delete protected resources too (rehearsals only)", false);
    }
  }
  return program;
}
