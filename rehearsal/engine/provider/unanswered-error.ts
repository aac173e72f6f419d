/**
 * Thrown in the place of an answer that is not waited for any more, or of one to a creation that cannot be used: nobody
 * knows what becomes of the call, and it stays among the pending operations.
 */
export class UnansweredError extends Error {
  override readonly name = "UnansweredError";
}
