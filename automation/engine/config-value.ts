/** The config of an environment as its file has it, of which nothing is known. */
export type Config = Readonly<Record<string, unknown>>;

/** What lies at a path of a value that may have any form; undefined where there is nothing. */
export function at(value: unknown, ...path: readonly string[]): unknown {
  return path.reduce<unknown>((inner, key) => (inner as Config | null | undefined)?.[key], value);
}

/** The elements of a list; none where the value is no list. */
export function elements(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? (value as readonly unknown[]) : [];
}
