/** One of several things to choose from. */
export interface Choice<T> {
  readonly value: T;
  readonly name: string;
}

/** Asks the person at the terminal. Each rejects when the person presses Ctrl-C. */
export interface Questions {
  /** A line of text; asked again with the fault for as long as `fault` has one. */
  input(message: string, fault: (text: string) => string | undefined, initial?: string): Promise<string>;
  select<T>(message: string, choices: readonly Choice<T>[], initial?: T): Promise<T>;
  several<T>(message: string, choices: readonly Choice<T>[], initial: readonly T[]): Promise<readonly T[]>;
  confirm(message: string, initial: boolean): Promise<boolean>;
}

/** The questions of this process; undefined where nobody sits before its streams, as in CI. */
export async function terminalQuestions(env: NodeJS.ProcessEnv = process.env): Promise<Questions | undefined> {
  if (!process.stdin.isTTY || !process.stderr.isTTY || env.CI) return undefined;
  const { checkbox, confirm, input, select } = await import("@inquirer/prompts");
  // Standard output is for results.
  const context = { output: process.stderr };
  return {
    input: (message, fault, initial) =>
      input(
        { message, validate: (text) => fault(text) ?? true, ...(initial !== undefined && { default: initial }) },
        context,
      ),
    select: (message, choices, initial) =>
      select({ message, choices: [...choices], ...(initial !== undefined && { default: initial }) }, context),
    several: async (message, choices, initial) =>
      checkbox({ message, choices: choices.map((one) => ({ ...one, checked: initial.includes(one.value) })) }, context),
    confirm: (message, initial) => confirm({ message, default: initial }, context),
  };
}
