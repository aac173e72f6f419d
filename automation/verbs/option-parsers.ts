import { InvalidArgumentError } from "commander";

/** Gathers the values of an option that may be repeated. */
export function repeated(value: string, before: readonly string[] = []): readonly string[] {
  return [...before, value];
}

/** Reads a number that is more than zero and at most `limit`. */
export function positive(limit: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (text.trim() !== "" && value > 0 && value <= limit) return value;
    throw new InvalidArgumentError(`it must be a number above 0 and at most ${limit}.`);
  };
}

/** How many stacks are worked on at once. Throws for anything but 1 to 999. */
export function parallel(text: string): number {
  if (/^[1-9]\d{0,2}$/.test(text)) return Number(text);
  throw new InvalidArgumentError(`got "${text}", allowed are 1 to 999`);
}
