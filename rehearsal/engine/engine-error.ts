/** The exit code of a command whose stack is not there, as the CLI has it since its version 3.250. */
export const STACK_NOT_FOUND = 6;

/** A failure of an engine operation: printed as `error: <message>` on standard error, then the command ends with `exitCode`. */
export class EngineError extends Error {
  override readonly name = "EngineError";

  constructor(
    message: string,
    readonly exitCode = 1,
    options?: { cause?: unknown },
  ) {
    super(message, options);
  }
}
