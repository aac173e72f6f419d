import type { ExitKind } from "./exit-codes";

export interface AutomationErrorOptions {
  /** What to do next, as a sentence without its end. */
  readonly hint?: string;
  readonly cause?: unknown;
  /** Name in the table of error codes, for a message that is another program's; else it is told by the message's words. */
  readonly errorCode?: string;
}

/** A failure that a user can do something about: printed as one message with its hint, without a stack. */
export class AutomationError extends Error {
  override readonly name = "AutomationError";
  readonly hint?: string;
  /** Its name in the table of error codes, where it is not told by the words of the message. */
  readonly errorCode?: string;

  constructor(
    readonly code: Exclude<ExitKind, "done">,
    message: string,
    { hint, cause, errorCode }: AutomationErrorOptions = {},
  ) {
    super(message, { cause });
    this.hint = hint;
    this.errorCode = errorCode;
  }
}
