/** What a journal says of a stack: what is going to be done, is being done, and came of it. */
export const STACK_STATES = ["planned", "applying", "applied", "failed", "unknown"] as const;

/**
 * `planned`: not begun. `applying`: an engine is at work, or was when the run died. `applied`: it is what its program
 * declares. `failed`: the engine said so, and its state is whole. `unknown`: the engine gave no answer.
 */
export type StackState = (typeof STACK_STATES)[number];

/** Keeps what becomes of the stacks of a run. */
export interface RunJournal {
  /** Answers when the record will survive a crash of the machine. */
  record(stack: string, state: StackState, detail?: string): Promise<void>;
}
