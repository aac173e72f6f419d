/** Thrown in the place of an answer that is not waited for any more: nobody knows what becomes of the call. */
export class UnansweredError extends Error {
  override readonly name = "UnansweredError";
}
