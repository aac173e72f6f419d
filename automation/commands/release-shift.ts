import { AutomationError } from "../errors";
import type { TrafficMap } from "../ports/online-endpoints";
import { begun, existing } from "../release/release-ports";
import { setTraffic } from "../release/set-traffic";
import { split } from "../release/traffic";
import type { EnvironmentName } from "../stack/stack-for-branch";
import { approveTraffic } from "./release-approval";
import { withRelease, type ReleaseDeps, type ReleaseOptions } from "./release-session";

export interface ReleaseShiftOptions extends ReleaseOptions {
  /** Percent of the requests that the new slot gets. */
  readonly to?: number;
  /** Percent of the requests that the new slot gets a copy of, while it has no traffic. */
  readonly mirror?: number;
}

/** Where requests go now. */
export interface ReleaseShiftResult {
  readonly kind: "shifted";
  readonly environment: EnvironmentName;
  readonly endpoint: string;
  readonly traffic: TrafficMap;
  readonly mirror: TrafficMap;
  readonly approvedBy: readonly string[];
}

/** Gives the new slot a share of the requests, or copies of them, and leaves it so. */
export async function releaseShift(deps: ReleaseDeps, options: ReleaseShiftOptions): Promise<ReleaseShiftResult> {
  const { to, mirror: copied } = options;
  if ((to === undefined) === (copied === undefined)) {
    throw new AutomationError(
      "usage",
      "--to and --mirror each say what the new slot gets: one of them has to be given",
      {
        hint: "for example trunkline release shift --to 10",
      },
    );
  }
  return withRelease(deps, options, async (session) => {
    const { opened, reference, ports } = session;
    if (reference.platform === "databricks" && copied !== undefined) {
      throw new AutomationError("refused", "model serving of Databricks copies no requests to a second slot", {
        hint: "give the slot a small share of them: trunkline release shift --to 1; or score what its inference tables keep",
      });
    }
    const { slot, model, tested, outcome } = begun(ports);
    if (outcome !== undefined || !tested) {
      const state = outcome === undefined ? "has not passed its test" : `was ${outcome}`;
      throw new AutomationError("refused", `${model} in ${slot} ${state}: it gets no traffic`, {
        hint: outcome === undefined ? "test it first: trunkline release test" : "deploy anew: trunkline release deploy",
      });
    }
    const approvedBy = await approveTraffic(deps, session, options.target);
    const { traffic: before } = await existing(ports);
    const traffic = to === undefined ? before : split(slot, to);
    const mirror = copied === undefined || copied === 0 ? {} : { [slot]: copied };
    await setTraffic(ports, traffic, mirror);
    const { environment } = opened;
    return { kind: "shifted", environment, endpoint: reference.endpointName, traffic, mirror, approvedBy };
  });
}
