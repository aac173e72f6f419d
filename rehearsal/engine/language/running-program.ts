/** A program that runs against the engine, inline or in a process of its own. */
export interface RunningProgram {
  /** Settles when the program has ended; rejects where it failed, with BailError where it told why itself. */
  readonly ended: Promise<void>;
  /** Ends the program now, where it does not end by itself. */
  kill(): void;
}
