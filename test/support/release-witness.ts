import type { ScoringAnswer, TrafficMap } from "../../automation/ports/online-endpoints";
import { liveSlots } from "../../automation/release/traffic";
import { readAzureEndpoint } from "../../rehearsal";
import type { SimulatedCloud } from "../../rehearsal/cloud/simulated-cloud";

/** A map from the moment on that the cloud has it, in milliseconds of the process's clock. */
interface Since {
  readonly at: number;
  readonly slots: readonly string[];
}

/** The clocks of a request and of the cloud are read one after the other: so far apart they may be, in milliseconds. */
const CLOCK_MS = 5;

/**
 * Sees every answer of an endpoint, and every change that the simulated cloud makes to its traffic: an answer has to come
 * from a slot that had traffic at some moment between its request and itself.
 */
export class ReleaseWitness {
  answers = 0;
  failed = 0;
  /** Answers from slots that had no traffic, and answers from nobody. */
  readonly stray: string[] = [];
  private readonly maps: Since[] = [];

  private constructor() {}

  /** Watches an endpoint of a cloud from now on. */
  static of(cloud: SimulatedCloud, endpoint: string): ReleaseWitness {
    const witness = new ReleaseWitness();
    const look = () => witness.see(readAzureEndpoint(cloud, endpoint)?.traffic ?? {});
    const commit = cloud.commit.bind(cloud);
    cloud.commit = (change) => {
      const done = commit(change);
      // What is committed counts for the next request, before it is on disk.
      look();
      return done;
    };
    look();
    return witness;
  }

  readonly answered = ({ status, slot, body, durationMs }: ScoringAnswer): void => {
    const now = performance.now();
    this.answers++;
    if (status !== 200) this.failed++;
    if (slot === undefined || !this.allowed(now - durationMs - CLOCK_MS, now).includes(slot)) {
      this.stray.push(`${slot} ${status} ${body}`);
    }
  };

  /** Slots that had traffic at a moment of a span of time. */
  private allowed(from: number, to: number): readonly string[] {
    const first = this.maps.findLastIndex(({ at }) => at <= from);
    return this.maps.slice(Math.max(0, first)).flatMap(({ at, slots }) => (at <= to ? slots : []));
  }

  private see(traffic: TrafficMap): void {
    const slots = liveSlots(traffic);
    if (this.maps.at(-1)?.slots.join() !== slots.join()) this.maps.push({ at: performance.now(), slots });
  }
}
