/** Ends an operation whose cause has been reported already: it is not to be printed again. */
export class BailError extends Error {
  override readonly name = "BailError";
}

/** Whether the error has been reported already. */
export function isBail(error: unknown): error is BailError {
  return error instanceof BailError;
}
