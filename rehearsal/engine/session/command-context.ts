import type { StaleLocks } from "../backend/state-directory";

/** What a command of the engine is run with: the part of a process that `PulumiCommand.run` passes on. */
export interface CommandContext {
  /** Directory in which the project lies. */
  readonly cwd: string;
  /** The whole environment, process.env included. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Writes to standard output. */
  out(text: string): void;
  /** Writes to standard error. */
  err(text: string): void;
  readonly signal?: AbortSignal;
  /** What becomes of a lock whose owner is gone. @default "take-over" */
  readonly staleLocks?: StaleLocks;
}
