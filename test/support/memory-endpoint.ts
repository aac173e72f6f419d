import type {
  LiveEndpoint,
  LiveSlot,
  OnlineEndpointPort,
  RegisteredModel,
  ScoringAnswer,
  Slot,
  SlotMetrics,
  TrafficMap,
} from "../../automation/ports/online-endpoints";
import type { NewReleaseEntry, ReleaseJournal } from "../../automation/release/release-journal";
import { afterEntry, type ReleaseRecord } from "../../automation/release/release-record";
import type { ReleasePorts, ReleaseStep } from "../../automation/release/release-ports";
import { SLOTS } from "../../automation/ports/online-endpoints";
import type { ReleaseEntry } from "../../automation/release/release-entry";

/** The run was killed: nothing after it happens. */
export class Killed extends Error {}

/** What a slot does wrong. */
export interface SlotFault {
  readonly failRate?: number;
  readonly delayMs?: number;
  /** It never becomes healthy. */
  readonly unhealthy?: "failed" | "changing";
}

interface Served {
  readonly at: number;
  readonly slot: Slot;
  readonly failed: boolean;
  readonly tookMs: number;
}

/**
 * An endpoint in memory under a steady load, with a clock that only moves when somebody waits. Every request is checked
 * as it is answered: it goes where the map of that moment allows.
 */
export class MemoryEndpoint implements OnlineEndpointPort {
  slots: Partial<Record<Slot, LiveSlot>> = {};
  traffic: TrafficMap = {};
  mirror: TrafficMap = {};
  registered: RegisteredModel[] = [];
  faults: Partial<Record<Slot, SlotFault>> = {};
  now = Date.parse("2026-11-28T12:00:00Z");
  /** Requests a second while time passes. */
  perSecond = 0;
  served: Served[] = [];
  /** Requests that no slot could be found for, although the endpoint was live. */
  unserved = 0;
  wasLive = false;
  quotas?: { family: string; coresPerInstance: number; used: number; limit: number };
  private counter = 0;

  constructor(private readonly look: (endpoint: MemoryEndpoint) => void = () => {}) {}

  async live(): Promise<LiveEndpoint | undefined> {
    return { slots: { ...this.slots }, traffic: { ...this.traffic }, mirror: { ...this.mirror } };
  }

  async models(name: string): Promise<readonly RegisteredModel[]> {
    return this.registered.filter((model) => model.name === name);
  }

  async invoke(slot: Slot): Promise<ScoringAnswer> {
    const fault = this.faults[slot];
    const failed = (fault?.failRate ?? 0) > 0;
    const body = failed ? "the model failed" : JSON.stringify({ model: this.slots[slot]?.model });
    return { status: failed ? 500 : 200, body, slot, durationMs: 10 + (fault?.delayMs ?? 0) };
  }

  async metrics(from: Date, to: Date): Promise<Partial<Record<Slot, SlotMetrics>>> {
    const first = this.served.findLastIndex(({ at }) => at <= from.getTime()) + 1;
    const within = this.served.slice(first).filter(({ at }) => at <= to.getTime());
    return Object.fromEntries(
      SLOTS.map((slot) => {
        const own = within.filter((request) => request.slot === slot);
        const times = own.map(({ tookMs }) => tookMs).sort((a, b) => a - b);
        const at = (share: number) => times[Math.max(0, Math.ceil(share * times.length) - 1)];
        return [
          slot,
          { requests: own.length, errors: own.filter(({ failed }) => failed).length, p50Ms: at(0.5), p95Ms: at(0.95) },
        ];
      }),
    );
  }

  async logs(slot: Slot): Promise<string> {
    return `ImportError: no module named fare (${slot})`;
  }

  async quota() {
    return this.quotas;
  }

  async close(): Promise<void> {}

  /** What the engine does for a step. */
  change({ intent }: ReleaseStep): void {
    for (const slot of SLOTS) {
      const model = intent.slots[slot]?.model;
      if (model === undefined) delete this.slots[slot];
      else if (this.slots[slot]?.model !== model || this.slots[slot]?.state !== "healthy") {
        this.slots[slot] = { model, state: this.faults[slot]?.unhealthy ?? "healthy" };
      }
    }
    this.traffic = intent.traffic;
    this.mirror = intent.mirror ?? {};
    this.wasLive ||= SLOTS.some((slot) => (this.traffic[slot] ?? 0) > 0);
    this.look(this);
  }

  /** Time passes, and requests come in. */
  pass(milliseconds: number): void {
    const count = Math.round((this.perSecond * milliseconds) / 1000);
    for (let i = 1; i <= count; i++) this.request(this.now + (milliseconds * i) / count);
    this.now += milliseconds;
  }

  private request(at: number): void {
    // Every percent has its turn, so that a share of 1 is seen in a hundred requests.
    const draw = (this.counter++ * 37) % 100;
    const slot = SLOTS.find(
      (_, i) => draw < SLOTS.slice(0, i + 1).reduce((sum, one) => sum + (this.traffic[one] ?? 0), 0),
    );
    if (slot === undefined || this.slots[slot] === undefined) {
      if (this.wasLive) this.unserved++;
      return;
    }
    const { failRate = 0, delayMs = 0 } = this.faults[slot] ?? {};
    const failed = (this.counter * 61) % 1000 < failRate * 1000;
    this.served.push({ at, slot, failed, tookMs: 10 + delayMs });
  }
}

/** A journal in memory, which outlives a killed run. */
export class MemoryJournal implements ReleaseJournal {
  entries: ReleaseEntry[] = [];
  record: ReleaseRecord | undefined;

  constructor(private readonly clock: () => Date) {}

  async add(entry: NewReleaseEntry): Promise<void> {
    const stamped: ReleaseEntry = { ...entry, at: this.clock().toISOString() };
    this.entries.push(stamped);
    this.record = afterEntry(this.record, stamped);
  }
}

/** Ports over an endpoint in memory; `strike` is called at every point where a run could die, and may throw. */
export function memoryPorts(
  endpoint: MemoryEndpoint,
  journal: MemoryJournal,
  { strike = () => {}, notes = [] }: { strike?: (point: string) => void; notes?: string[] } = {},
): ReleasePorts {
  const struck = <T extends object>(target: T, name: string): T =>
    new Proxy(target, {
      get: (of, key) => {
        const member: unknown = Reflect.get(of, key, of);
        if (typeof member !== "function") return member;
        const call = member.bind(of) as (...args: unknown[]) => unknown;
        return async (...args: unknown[]) => {
          strike(`before ${name}.${String(key)}`);
          const answer = await call(...args);
          strike(`after ${name}.${String(key)}`);
          return answer;
        };
      },
    });
  return {
    endpoint: struck<OnlineEndpointPort>(endpoint, "endpoint"),
    journal: struck<ReleaseJournal>(journal, "journal"),
    apply: async (step) => {
      strike(`before ${step.title}`);
      endpoint.change(step);
      strike(`after ${step.title}`);
    },
    clock: () => new Date(endpoint.now),
    sleep: async (milliseconds, signal) => {
      signal.throwIfAborted();
      strike("before sleep");
      endpoint.pass(milliseconds);
      signal.throwIfAborted();
    },
    signal: new AbortController().signal,
    note: (text) => void notes.push(text),
    sampled: () => {},
  };
}
