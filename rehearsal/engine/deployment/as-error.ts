/** Whatever was thrown, as an Error. */
export function asError(thrown: unknown): Error {
  if (thrown instanceof Error) return thrown;
  if (typeof thrown === "string") return new Error(thrown);
  const { message } = (thrown ?? {}) as { message?: unknown };
  if (typeof message === "string") return new Error(message);
  const what = typeof thrown === "object" && thrown !== null ? "an object without a message" : String(thrown);
  return new Error(`${what} was thrown, expected an Error`);
}
