import { randomUUID } from "node:crypto";
import { AutomationError } from "../errors";
import { SLOTS, type LiveEndpoint, type ScoringAnswer, type Slot } from "../ports/online-endpoints";
import type { RunOwner } from "../state/run-owner";
import { checkAnswers, percentile } from "./check-answers";
import type { TestCase } from "./read-requests";
import { existing, type ReleasePorts } from "./release-ports";
import type { ReleaseRecord } from "./release-record";
import { liveSlots } from "./traffic";

/** How one case ended. */
export interface CaseOutcome {
  readonly name: string;
  readonly answers: number;
  /** What was other than expected; empty where the case passed. */
  readonly faults: readonly string[];
  /** 95th percentile of the time to answer, in milliseconds. */
  readonly p95Ms: number;
}

/** How the test of a slot ended. */
export interface TestedSlot {
  readonly kind: "passed" | "failed";
  readonly slot: Slot;
  readonly model: string;
  readonly cases: readonly CaseOutcome[];
}

/**
 * Sends the cases to the slot without traffic, by name, and compares what comes back. A release that was begun elsewhere is
 * taken over where there is no doubt which slot it is about. Only a slot that passed may be promoted.
 */
export async function testSlot(
  ports: ReleasePorts,
  { cases, owner }: { readonly cases: readonly TestCase[]; readonly owner: RunOwner },
): Promise<TestedSlot> {
  const { slot, model } = await underTest(ports, owner);
  const outcomes: CaseOutcome[] = [];
  for (const one of cases) outcomes.push(await runCase(ports, slot, one));
  const kind = outcomes.every(({ faults }) => faults.length === 0) ? "passed" : "failed";
  if (kind === "passed") await ports.journal.add({ kind: "tested", cases: cases.length });
  return { kind, slot, model, cases: outcomes };
}

async function runCase(
  { endpoint, signal }: ReleasePorts,
  slot: Slot,
  { name, body, expected }: TestCase,
): Promise<CaseOutcome> {
  const answers: ScoringAnswer[] = [];
  const samples = expected.latency?.samples ?? 1;
  while (answers.length < samples && !signal.aborted) answers.push(await endpoint.invoke(slot, body));
  if (signal.aborted) throw new AutomationError("fault", "the test was told to stop", { hint: "run it again" });
  const times = answers.map(({ durationMs }) => durationMs);
  const faults = checkAnswers(answers, expected, slot);
  return { name, answers: answers.length, faults, p95Ms: percentile(times, 95) ?? 0 };
}

/** The release whose slot is tested: the recorded one, else the one that the endpoint itself tells. */
async function underTest(ports: ReleasePorts, owner: RunOwner): Promise<ReleaseRecord> {
  const live = await existing(ports);
  const recorded = ports.journal.record;
  const fits = recorded && !recorded.outcome && live.slots[recorded.slot]?.model === recorded.model;
  if (!fits || !recorded.deployed) await takeOver(ports, live, owner);
  const record = ports.journal.record;
  const found = record && live.slots[record.slot];
  if (!record || found?.state !== "healthy") {
    throw new AutomationError(
      "refused",
      `${record?.slot ?? "the slot"} is ${found?.state ?? "not there"}: nothing can be tested`,
      {
        hint: "deploy the model again: trunkline release deploy",
      },
    );
  }
  return record;
}

async function takeOver({ journal, note }: ReleasePorts, live: LiveEndpoint, owner: RunOwner): Promise<void> {
  const served = liveSlots(live.traffic);
  const idle = SLOTS.filter((slot) => live.slots[slot] && !served.includes(slot));
  const [slot, ...more] = idle;
  const model = slot && live.slots[slot]?.model;
  if (slot === undefined || model === undefined || more.length > 0) {
    throw new AutomationError(
      "usage",
      `${idle.length} slots without traffic are there: it is not clear which one to test`,
      {
        hint: "deploy a model to one: trunkline release deploy",
      },
    );
  }
  note(`${slot} with ${model} was deployed elsewhere: its release is taken over`);
  const release = randomUUID().slice(0, 8);
  await journal.add({ kind: "begun", version: 1, release, slot, model, previous: live.traffic, owner });
  await journal.add({ kind: "deployed" });
}
