import type { CloudChange } from "../cloud-resource";
import type { CloudCall } from "../faults";
import type { CloudSeed } from "../seed";
import type { ResourceTypeTable } from "../tables/table";
import type { WorldView } from "../world";
import type { ReferrerIndex } from "./references";

/** The part of the simulated cloud that providers work on. */
export interface CloudBackend {
  readonly seed: CloudSeed;
  readonly world: WorldView;
  readonly referrers: ReferrerIndex;
  now(): Date;
  tableOf(type: string): ResourceTypeTable | undefined;
  /** Applies a change at once; resolves when it is safely on disk. */
  commit(change: CloudChange): Promise<void>;
  /** Lets latency and fault rules act on a call; answers the reasons for which it may succeed only half. */
  strike(call: CloudCall, signal: AbortSignal): Promise<readonly string[] | undefined>;
}
