import { InvalidArgumentError } from "commander";

/** Reads a whole number from 1. */
export function parsePositive(text: string): number {
  const number = Number(text);
  if (/^\d+$/.test(text) && Number.isSafeInteger(number) && number > 0) return number;
  throw new InvalidArgumentError(`expected a whole number from 1, got '${text}'.`);
}

/** Reads the value of a flag such as `--run-program=true`. */
export function parseBoolean(text: string): boolean {
  if (["true", "t", "1"].includes(text.toLowerCase())) return true;
  if (["false", "f", "0"].includes(text.toLowerCase())) return false;
  throw new InvalidArgumentError(`expected true or false, got '${text}'.`);
}

/** Gathers the values of a flag that may be given several times, in order. */
export function collect(text: string, before: readonly string[]): readonly string[] {
  return [...before, text];
}
