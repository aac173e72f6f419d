import type { OperationReport } from "../stack/run-operation";

/** What a person can do after an operation that did not succeed. */
export function nextAfterFailure({ operation, result }: OperationReport): string[] {
  if (result === "cancelled") return [`${operation} was stopped; the state is whole, and the next run goes on from it`];
  return operation === "preview" ? [] : ["what was done until then is in the state; correct the cause and run again"];
}
