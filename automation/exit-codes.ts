/** How a run of the CLI ends; only `main.ts` sets it. */
export const EXIT_CODES = {
  /** What was asked for is done. */
  done: 0,
  /** Something failed. */
  fault: 1,
  /** The command line or the configuration asks for something that there is not. */
  usage: 2,
  /** It could be done and was refused: something is protected, or a rule forbids it. */
  refused: 3,
  /** What exists differs from what was recorded. */
  drift: 4,
} as const;

/** The name of an exit code. */
export type ExitKind = keyof typeof EXIT_CODES;

/** How the CLI ends: as itself, or with the exit code of a program that it ran for its user. */
export type Exit = ExitKind | { readonly ofProgram: number };

/** The exit code of the process. */
export function exitCodeOf(exit: Exit): number {
  return typeof exit === "string" ? EXIT_CODES[exit] : exit.ofProgram;
}
