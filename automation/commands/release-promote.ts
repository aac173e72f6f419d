import { resolve } from "node:path";
import type { Slot } from "../ports/online-endpoints";
import { retireSlot } from "../release/end-release";
import { promoteSlot, type Promotion } from "../release/promote-slot";
import { readRequests } from "../release/read-requests";
import { parseDuration, parseSteps } from "../release/step-plan";
import { DEFAULT_LIMITS, type WatchLimits } from "../release/watch-rule";
import { findProject } from "../stack/find-project";
import type { EnvironmentName } from "../stack/stack-for-branch";
import { approveTraffic } from "./release-approval";
import { withRelease, type ReleaseDeps, type ReleaseOptions, type ReleaseSession } from "./release-session";
import { DEFAULT_REQUESTS } from "./release-test";

export interface ReleasePromoteOptions extends ReleaseOptions {
  /** Percents, as in `10,50,100`. @default all at once */
  readonly steps?: string;
  /** How long each step is held and watched. @default 5m with steps, else not at all */
  readonly hold?: string;
  /** How often the slots are looked at. */
  readonly every: string;
  /** Percent of the requests to the new slot that may fail. */
  readonly maxErrors: number;
  /** 95th percentile of the time to answer, in milliseconds. @default not looked at */
  readonly maxLatency?: number;
  /** Requests from which on a slot is judged. */
  readonly fewest?: number;
  /** Remove the old slot afterwards; a rollback is not possible then. @default false */
  readonly retire?: boolean;
  /** Requests a second that a rehearsal sends while it watches. */
  readonly load: number;
}

/** How a promotion ended. */
export interface ReleasePromoteResult extends Promotion {
  readonly environment: EnvironmentName;
  readonly endpoint: string;
  /** Slots that were removed. */
  readonly removed: readonly Slot[];
  /** Who approved, and how. */
  readonly approvedBy: readonly string[];
}

/** Gives the new slot all traffic, at once or by steps that are watched; goes back by itself where a limit is crossed. */
export async function releasePromote(deps: ReleaseDeps, options: ReleasePromoteOptions): Promise<ReleasePromoteResult> {
  const steps = options.steps === undefined ? [100] : parseSteps(options.steps);
  const holdMs = parseDuration("hold", options.hold ?? (options.steps === undefined ? "0" : "5m"));
  const sampleMs = Math.max(100, parseDuration("every", options.every));
  const limits: WatchLimits = {
    errorRate: options.maxErrors / 100,
    fewest: options.fewest ?? DEFAULT_LIMITS.fewest,
    ...(options.maxLatency !== undefined && { p95Ms: options.maxLatency }),
  };
  return withRelease(deps, options, async (session) => {
    const { opened, reference, ports } = session;
    const approvedBy = await approveTraffic(deps, session, options.target);
    const stopLoad = holdMs > 0 ? await rehearsedLoad(session, options) : undefined;
    try {
      const promotion = await promoteSlot(ports, { steps, holdMs, sampleMs, limits });
      const retires = options.retire === true && promotion.kind === "promoted";
      const removed = retires ? (await retireSlot(ports)).removed : [];
      return { ...promotion, environment: opened.environment, endpoint: reference.endpointName, removed, approvedBy };
    } finally {
      await stopLoad?.();
    }
  });
}

/** Nobody uses what is rehearsed: it sends the first request of the tests itself. */
async function rehearsedLoad(
  { ports, reference }: ReleaseSession,
  { load, cwd }: ReleasePromoteOptions,
): Promise<(() => Promise<void>) | undefined> {
  if (!ports.endpoint.load || load === 0) return undefined;
  const [first] = await readRequests(resolve(findProject(cwd), DEFAULT_REQUESTS[reference.platform]));
  return ports.endpoint.load(first?.body ?? "{}", load);
}
