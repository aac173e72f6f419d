import type { ExitKind } from "./exit-codes";

export interface AutomationErrorOptions {
  /** What to do next, as a sentence without its end. */
  readonly hint?: string;
  readonly cause?: unknown;
}

/** A failure that a user can do something about: printed as one message with its hint, without a stack. */
export class AutomationError extends Error {
  override readonly name = "AutomationError";
  readonly hint?: string;

  constructor(
    readonly code: Exclude<ExitKind, "done">,
    message: string,
    { hint, cause }: AutomationErrorOptions = {},
  ) {
    super(message, { cause });
    this.hint = hint;
  }
}
