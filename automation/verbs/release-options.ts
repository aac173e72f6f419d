import { InvalidArgumentError, Option, type Command } from "commander";
import { PLATFORMS } from "../release/serving-platform";
import { SLOTS } from "../ports/online-endpoints";

/** Adds the option that tells one of several endpoints. */
export function addPlatformOption(command: Command): Command {
  return command.addOption(
    new Option("--platform <platform>", "where the endpoint lies, if the environment has several").choices([
      ...PLATFORMS,
    ]),
  );
}

/** The option that names a slot. */
export function slotOption(flags: string, text: string): Option {
  return new Option(flags, text).choices([...SLOTS]);
}

/** Reads a whole percent within limits. */
export function percent(lowest: number, highest: number): (text: string) => number {
  return (text) => {
    const value = /^\d{1,3}$/.test(text) ? Number(text) : NaN;
    if (value >= lowest && value <= highest) return value;
    throw new InvalidArgumentError(`it must be a whole number from ${lowest} to ${highest}.`);
  };
}

/** Reads a number from 0 to a limit. */
export function upTo(limit: number): (text: string) => number {
  return (text) => {
    const value = text.trim() === "" ? NaN : Number(text);
    if (value >= 0 && value <= limit) return value;
    throw new InvalidArgumentError(`it must be a number from 0 to ${limit}.`);
  };
}
