import assert from "node:assert/strict";
import { SLOTS } from "../../automation/ports/online-endpoints";
import { deploySlot } from "../../automation/release/deploy-slot";
import { promoteSlot, type PromoteOptions } from "../../automation/release/promote-slot";
import type { ReleasePorts } from "../../automation/release/release-ports";
import { parseExpectation } from "../../automation/release/expectation";
import { testSlot } from "../../automation/release/test-slot";
import { MemoryEndpoint, MemoryJournal, memoryPorts } from "./memory-endpoint";

export const OWNER = { host: "laptop", pid: 1, user: "me" };

export const PROMOTION: PromoteOptions = {
  steps: [10, 50, 100],
  holdMs: 60_000,
  sampleMs: 10_000,
  limits: { errorRate: 0.01, p95Ms: 200, fewest: 20 },
};

const CASES = [{ name: "alive", body: "{}", expected: parseExpectation("{}", "alive.expect.json") }];

export const deploy = (ports: ReleasePorts, version?: string) =>
  deploySlot(ports, {
    asked: { name: "fare", ...(version !== undefined && { version }) },
    size: { instanceType: "Standard_DS3_v2", instanceCount: 2 },
    timeoutMs: 600_000,
    pollMs: 10_000,
    owner: OWNER,
  });

export const test = (ports: ReleasePorts) => testSlot(ports, { cases: CASES, owner: OWNER });

export const promote = (ports: ReleasePorts, options: Partial<PromoteOptions> = {}) =>
  promoteSlot(ports, { ...PROMOTION, ...options });

/** What holds at every moment, whatever is done: once live, all requests go to healthy slots. */
export function assertServes({ traffic, mirror, slots, wasLive, unserved }: MemoryEndpoint): void {
  const served = SLOTS.filter((slot) => (traffic[slot] ?? 0) > 0);
  const sum = served.reduce((all, slot) => all + (traffic[slot] ?? 0), 0);
  assert.ok(sum === 100 || (sum === 0 && !wasLive), `traffic adds up to ${sum}`);
  for (const slot of served) assert.equal(slots[slot]?.state, "healthy", `${slot} gets traffic`);
  const mirrored = SLOTS.filter((slot) => (mirror[slot] ?? 0) > 0);
  assert.ok(mirrored.length <= 1, "requests are copied to one slot at most");
  for (const slot of mirrored) {
    assert.ok((mirror[slot] ?? 0) <= 50, "at most half of the requests is copied");
    assert.equal(traffic[slot] ?? 0, 0, `${slot} is live and gets copies`);
  }
  assert.equal(unserved, 0, "a request was served by nobody");
}

/** An endpoint without anything, and a registry with so many versions. */
export function world(versions = 200) {
  const endpoint = new MemoryEndpoint(assertServes);
  endpoint.registered = Array.from({ length: versions }, (_, i) => ({ name: "fare", version: String(i + 1) }));
  const journal = new MemoryJournal(() => new Date(endpoint.now));
  const notes: string[] = [];
  return { endpoint, journal, notes, ports: memoryPorts(endpoint, journal, { notes }) };
}

/** A first model that serves everybody. */
export async function served(version = "1") {
  const all = world();
  await deploy(all.ports, version);
  await test(all.ports);
  await promote(all.ports);
  all.endpoint.perSecond = 50;
  return all;
}
