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
