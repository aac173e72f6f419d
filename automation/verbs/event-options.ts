import { Option, type Command } from "commander";
import { EVENT_KINDS } from "../events/read-event";

/** Adds the options that tell an event; without them it is read from the CI system, or from the repository. */
export function addEventOptions(command: Command): void {
  command
    .addOption(
      new Option("--event <event>", "what happened (default: as the CI system says)").choices([...EVENT_KINDS]),
    )
    .option("--branch <name>", "the branch that was pushed, or the head of a pull request")
    .option("--base-branch <name>", "the branch that a pull request goes to")
    .option("--commit <id>", "the commit, with all its digits");
}
