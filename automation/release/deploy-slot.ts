import { randomUUID } from "node:crypto";
import { AutomationError } from "../errors";
import type { LiveEndpoint, Slot } from "../ports/online-endpoints";
import type { RunOwner } from "../state/run-owner";
import { chooseModel, modelText, type AskedModel } from "./choose-model";
import { chooseSlot } from "./choose-slot";
import {
  estimateQuota,
  quotaText,
  refuseWithoutQuota,
  type DeploymentSize,
  type QuotaEstimate,
} from "./quota-estimate";
import { intentOf, type ReleasePorts } from "./release-ports";
import { otherSlot, trafficText } from "./traffic";

/** Lines of a deployment's log that are shown where it does not come up. */
const LOG_LINES = 30;

/** How long a deployment that Azure cancelled by itself is let be, in milliseconds. See https://learn.microsoft.com/azure/machine-learning/how-to-troubleshoot-online-endpoints#error-operationcanceled */
const CANCELLED_MS = 60_000;

export interface DeploySlotOptions {
  readonly asked: AskedModel;
  readonly size: DeploymentSize;
  /** How long a slot may take to become healthy, in milliseconds. */
  readonly timeoutMs: number;
  /** How often it is looked at, in milliseconds. */
  readonly pollMs: number;
  readonly commit?: string;
  readonly owner: RunOwner;
}

/** A model that is up and gets no traffic. */
export interface DeployedSlot {
  readonly slot: Slot;
  /** As `name:version`. */
  readonly model: string;
  readonly quota: QuotaEstimate;
  readonly live: LiveEndpoint;
}

/**
 * Brings a model up in the slot without traffic, and waits until it is healthy; the endpoint is made where there is none.
 * May be interrupted and run again. Throws with the deployment's log where it does not come up; requests go where they went.
 */
export async function deploySlot(ports: ReleasePorts, options: DeploySlotOptions): Promise<DeployedSlot> {
  const { endpoint, journal, note } = ports;
  const found = await endpoint.live();
  const live = found ?? { slots: {}, traffic: {}, mirror: {} };
  const slot = chooseSlot(live);
  const model = modelText(chooseModel(await endpoint.models(options.asked.name), options.asked));
  const quota = estimateQuota(options.size, await endpoint.quota(options.size.instanceType));
  note(quotaText(quota));
  // A slot that is there has its share of the quota already.
  if (!live.slots[slot]) refuseWithoutQuota(quota);
  const last = journal.record;
  const resumes = last && !last.outcome && !last.deployed && last.slot === slot && last.model === model;
  if (!resumes) {
    const { owner, commit } = options;
    const release = randomUUID().slice(0, 8);
    const entry = { kind: "begun", version: 1, release, slot, model, previous: live.traffic, owner } as const;
    await journal.add({ ...entry, ...(commit !== undefined && { commit }) });
  }
  const { slots, traffic } = intentOf(live);
  note(`${model} goes to ${slot}, without traffic (${trafficText(traffic)})`);
  const step = {
    title: `deploy ${model} to ${slot}`,
    intent: { slots: { ...slots, [slot]: { model } }, traffic },
    touches: ["endpoint", slot],
    anew: !found,
  } as const;
  if (!found)
    note("the endpoint is not there and is made: bring the environment up afterwards for what others may do there");
  try {
    await ports.apply(step).catch(async (fault: Error) => {
      if (!/OperationCancell?ed/.test(fault.message)) throw fault;
      note(`Azure cancelled the deployment: once more in ${CANCELLED_MS / 1000} s`);
      await ports.sleep(CANCELLED_MS, ports.signal);
      await ports.apply(step);
    });
    const after = await healthy(ports, slot, model, options);
    await journal.add({ kind: "deployed" });
    return { slot, model, quota, live: after };
  } catch (fault) {
    if (!(fault instanceof AutomationError) || fault.code !== "fault") throw fault;
    throw await withLog(ports, slot, fault);
  }
}

async function healthy(
  ports: ReleasePorts,
  slot: Slot,
  model: string,
  options: DeploySlotOptions,
): Promise<LiveEndpoint> {
  const until = ports.clock().getTime() + options.timeoutMs;
  for (;;) {
    const live = await ports.endpoint.live();
    const found = live?.slots[slot];
    if (live && found?.state === "healthy" && found.model === model) return live;
    if (found?.state === "failed") throw new AutomationError("fault", `${slot} with ${model} failed to come up`);
    if (ports.clock().getTime() >= until) {
      const seconds = Math.round(options.timeoutMs / 1000);
      throw new AutomationError("fault", `${slot} with ${model} is not healthy after ${seconds} s`);
    }
    await ports.sleep(options.pollMs, ports.signal);
  }
}

/** The fault with what the deployment logged, where it logged anything. */
async function withLog({ endpoint }: ReleasePorts, slot: Slot, fault: AutomationError): Promise<AutomationError> {
  const log = await endpoint.logs(slot, LOG_LINES).catch(() => "");
  const text = log.trim() === "" ? fault.message : `${fault.message}; its log ends with\n${log.trimEnd()}`;
  const hint = `${otherSlot(slot)} is not touched; correct the model or its scoring script and deploy again, or remove the slot: trunkline release abort`;
  return new AutomationError("fault", text, { hint: fault.hint ?? hint, cause: fault, errorCode: "slot-unhealthy" });
}
