import type { OwnersPort } from "../ports/owners";
import { lastRun, refuseLiving } from "./last-run";
import { isComplete } from "./recorded-run";
import type { StackState } from "./run-journal";

/**
 * What the last run of an environment left undone, by stack: `unknown` where nobody saw the end of the work on it, `failed`,
 * or `planned`; empty where it came to its end. Throws a refusal while its owner may be at work.
 */
export async function leftByLastRun(
  directory: string,
  owners: OwnersPort,
): Promise<ReadonlyMap<string, Exclude<StackState, "applying" | "applied">>> {
  const last = await lastRun(directory);
  if (last === undefined || isComplete(last.run)) return new Map();
  await refuseLiving(owners, last);
  const left = new Map<string, Exclude<StackState, "applying" | "applied">>();
  for (const [stack, { state }] of last.run.stacks) {
    if (state !== "applied") left.set(stack, state === "applying" ? "unknown" : state);
  }
  return left;
}
