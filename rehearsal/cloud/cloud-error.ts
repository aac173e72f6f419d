/** A refusal of the simulated cloud or of its document: the message says what, the value got, and what is allowed. */
export class CloudError extends Error {
  override readonly name = "CloudError";
}
