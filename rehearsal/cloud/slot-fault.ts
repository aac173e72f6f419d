import type { PropertyMap } from "../engine/values/property-value";
import type { CloudResource } from "./cloud-resource";
import type { WorldView } from "./world";

/** What is wrong with a deployment of an endpoint, from now on. */
export interface SlotFault {
  /** Part of the requests that fail, from 0 to 1. @default 0 */
  readonly failRate?: number;
  /** Milliseconds that each answer takes longer. @default 0 */
  readonly delayMs?: number;
  /** Its containers never become ready: it cannot be deployed, and serves nobody. @default false */
  readonly unhealthy?: boolean;
  /** What its containers write then. @default a line that says that they crashed */
  readonly log?: string;
}

/** Marks what is no thing of a vendor: it is in no list of resources that a program made. */
const SCOPE = "rehearsal:faults";
const TYPE = "rehearsal:index:SlotFault";

/** What the simulated cloud keeps of a fault, so that other processes meet it as well. */
export function slotFaultResource(endpoint: string, slot: string, fault: SlotFault, createdAt: string): CloudResource {
  const log =
    fault.log ?? `the container of ${slot} exited with code 1: the scoring script raised an exception in init()`;
  const inputs: PropertyMap = { ...fault, ...(fault.unhealthy && { log }) };
  return { ...slotFaultKey(endpoint, slot), urn: "", inputs, outputs: {}, createdAt };
}

/** What identifies the fault of a slot in the simulated cloud. */
export function slotFaultKey(endpoint: string, slot: string) {
  return { scope: SCOPE, type: TYPE, id: `${endpoint}/${slot}` };
}

/** The fault of a slot, or of that slot of every endpoint; undefined where nothing is wrong with it. */
export function slotFault(world: WorldView, endpoint: string, slot: string): SlotFault | undefined {
  const found = [endpoint, "*"].flatMap((name) => {
    const { scope, type, id } = slotFaultKey(name, slot);
    return world.get(scope, type, id) ?? [];
  });
  return found[0]?.inputs;
}
