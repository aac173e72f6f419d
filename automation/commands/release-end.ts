import type { Slot } from "../ports/online-endpoints";
import { abortRelease, retireSlot, rollBack, type EndedRelease } from "../release/end-release";
import type { EnvironmentName } from "../stack/stack-for-branch";
import { withRelease, type ReleaseDeps, type ReleaseOptions } from "./release-session";

export interface ReleaseRollbackOptions extends ReleaseOptions {
  /** The slot that gets all traffic, whatever is recorded. @default where requests went before the release */
  readonly to?: Slot;
  /** Remove the other slot afterwards. @default false */
  readonly retire?: boolean;
}

/** Where requests go after a release was ended. */
export interface ReleaseEndResult extends EndedRelease {
  readonly kind: "rolled back" | "aborted";
  readonly environment: EnvironmentName;
  readonly endpoint: string;
}

/** Sends requests back to where they went before the release; both slots stay, unless one is to go. */
export function releaseRollback(deps: ReleaseDeps, options: ReleaseRollbackOptions): Promise<ReleaseEndResult> {
  return withRelease(deps, options, async ({ opened: { environment }, reference, ports }) => {
    const { traffic } = await rollBack(ports, options.to);
    const removed = options.retire === true ? (await retireSlot(ports)).removed : [];
    return { kind: "rolled back", environment, endpoint: reference.endpointName, traffic, removed };
  });
}

/** Ends a release that is not promoted: requests go where they went, and the new slot is removed. */
export function releaseAbort(deps: ReleaseDeps, options: ReleaseOptions): Promise<ReleaseEndResult> {
  return withRelease(deps, options, async ({ opened: { environment }, reference, ports }) => {
    const ended = await abortRelease(ports);
    return { kind: "aborted", environment, endpoint: reference.endpointName, ...ended };
  });
}
