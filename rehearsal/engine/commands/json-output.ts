/** JSON as the CLI prints it: two blanks of indentation, and a line end. */
export function jsonOutput(value: unknown): string {
  return `${JSON.stringify(value, undefined, 2)}\n`;
}

/** A time as the CLI prints it in JSON: UTC with milliseconds. */
export function jsonTime(time: Date): string {
  return time.toISOString();
}

/** The object with its keys in order, as the CLI prints maps. */
export function sortedKeys<T>(object: Readonly<Record<string, T>>): Record<string, T> {
  return Object.fromEntries(Object.entries(object).sort(([a], [b]) => (a < b ? -1 : 1)));
}
