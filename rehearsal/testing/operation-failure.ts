import { messageOf } from "../message-of";
import type { RecordedOperation } from "./rehearsal-stack";

/** Thrown by an operation that failed, with what it did up to then; `cause` is the Automation API's own error. */
export class OperationFailure extends Error {
  override readonly name = "OperationFailure";

  constructor(
    readonly operation: RecordedOperation,
    options: { readonly cause: unknown },
  ) {
    super(`${operation.kind} failed: ${reasonOf(operation, options.cause)}`, options);
  }
}

function reasonOf({ messages }: RecordedOperation, cause: unknown): string {
  const errors = messages.filter(({ severity }) => severity === "error").map(({ text }) => text);
  if (errors.length > 0) return errors.join("; ");
  return messageOf(cause);
}
