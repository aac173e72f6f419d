import { setTimeout as sleep } from "node:timers/promises";
import { slotFault } from "../slot-fault";
import type { SimulatedCloud } from "../simulated-cloud";
import { Refusal } from "./http-exchange";
import type { LiveEndpoint } from "./live-endpoint";
import { ScoringError } from "./scorer";
import type { ServedPlatform } from "./served-platform";
import type { ScorerLease, ScorerPool } from "./scorer-pool";
import type { SlotCounter } from "./slot-metrics";
import type { TrafficRouter } from "./traffic-router";

/** The answer of a slot. */
export interface SlotAnswer {
  readonly slot: string;
  /** JSON. */
  readonly text: string;
}

/** A request that a slot has, from the moment on that it was chosen. */
interface Assigned {
  readonly endpoint: string;
  readonly slot: string;
  readonly body: string;
  readonly lease: ScorerLease;
  readonly ready: boolean;
  readonly timeoutMs: number;
  readonly mirrored: boolean;
}

/** Chooses the slot of each request and has it scored there. */
export class SlotRequests {
  private readonly copies = new Set<Promise<unknown>>();

  constructor(
    private readonly cloud: SimulatedCloud,
    private readonly platform: ServedPlatform,
    private readonly pool: ScorerPool,
    private readonly router: TrafficRouter,
    private readonly counter: (endpoint: string, slot: string) => SlotCounter,
  ) {}

  /** The answer of the slot that the traffic, or the caller, chooses. Throws a {@link Refusal} where there is none. */
  async score(name: string, body: string, wanted: string | undefined): Promise<SlotAnswer> {
    // From here to the lease nothing else runs: the slot that is chosen is there, and stays until it has answered.
    const endpoint = this.platform.read(this.cloud, name);
    if (endpoint === undefined) throw new Refusal(404, `there is no endpoint ${name}`);
    const slot = wanted ?? this.router.pick(endpoint.id, endpoint.traffic);
    if (slot === undefined) throw new Refusal(404, `no deployment behind ${name} has traffic`);
    const assigned = this.assign(name, endpoint, slot, body, false);
    if (assigned === undefined) throw new Refusal(404, `there is no deployment ${slot} behind ${name}`);
    if (wanted === undefined) this.mirror(name, endpoint, body);
    return { slot, text: await this.serve(assigned) };
  }

  /** Resolves when the copies of live requests are answered as well. */
  async settled(): Promise<void> {
    while (this.copies.size > 0) await Promise.all(this.copies);
  }

  private mirror(name: string, endpoint: LiveEndpoint, body: string): void {
    for (const [slot, percent] of Object.entries(endpoint.mirror)) {
      if (percent <= 0 || !this.router.happens(`mirror ${endpoint.id} ${slot}`, percent)) continue;
      const assigned = this.assign(name, endpoint, slot, body, true);
      if (assigned === undefined) continue;
      // Nobody sees how a copy goes; it is counted.
      const copy = this.serve(assigned).catch(() => undefined);
      this.copies.add(copy);
      void copy.finally(() => this.copies.delete(copy));
    }
  }

  private assign(
    name: string,
    endpoint: LiveEndpoint,
    slot: string,
    body: string,
    mirrored: boolean,
  ): Assigned | undefined {
    const found = Object.hasOwn(endpoint.slots, slot) ? endpoint.slots[slot] : undefined;
    if (found === undefined) return undefined;
    const { key, provisioningState, timeoutMs } = found;
    const lease = this.pool.lease(found, () => this.platform.read(this.cloud, name)?.slots[slot]?.key === key);
    return { endpoint: name, slot, body, lease, ready: provisioningState === "Succeeded", timeoutMs, mirrored };
  }

  private async serve(assigned: Assigned): Promise<string> {
    const { endpoint, slot, lease, mirrored } = assigned;
    let started = performance.now();
    let failed = true;
    try {
      const scorer = await lease.scorer;
      // The start of a container is no latency of its requests.
      await scorer.ready.catch(() => {});
      started = performance.now();
      const text = await this.scored(assigned);
      failed = false;
      return text;
    } finally {
      lease.release();
      this.counter(endpoint, slot).count(Date.now(), performance.now() - started, { failed, mirrored });
    }
  }

  private async scored({ endpoint, slot, body, lease, ready, timeoutMs }: Assigned): Promise<string> {
    const fault = slotFault(this.cloud.world, endpoint, slot) ?? {};
    if (!ready || fault.unhealthy) throw new Refusal(503, `no container of the deployment ${slot} is healthy`, slot);
    const { delayMs = 0, failRate = 0 } = fault;
    if (delayMs > 0) await sleep(Math.min(delayMs, timeoutMs));
    if (delayMs >= timeoutMs) throw new Refusal(408, `the deployment ${slot} took longer than ${timeoutMs} ms`, slot);
    if (this.router.happens(`fault ${endpoint} ${slot}`, failRate * 100)) {
      throw new Refusal(503, `the container of the deployment ${slot} failed by an injected fault`, slot);
    }
    const timeout = new AbortController();
    const late = sleep(timeoutMs - delayMs, undefined, { signal: timeout.signal }).then(
      () => {
        throw new Refusal(408, `the deployment ${slot} took longer than ${timeoutMs} ms`, slot);
      },
      () => undefined as never,
    );
    try {
      return await Promise.race([this.answerOf(lease, body, slot), late]);
    } finally {
      timeout.abort();
    }
  }

  private async answerOf(lease: ScorerLease, body: string, slot: string): Promise<string> {
    const scorer = await lease.scorer;
    try {
      await scorer.ready;
      return await scorer.score(body);
    } catch (error) {
      if (!(error instanceof ScoringError)) throw error;
      throw new Refusal(424, `the scoring script of the deployment ${slot} failed: ${error.message}`, slot);
    }
  }
}
