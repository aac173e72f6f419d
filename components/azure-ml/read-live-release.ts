import { getOnlineDeployment } from "@pulumi/azure-native/machinelearningservices/getOnlineDeployment";
import { getOnlineEndpoint } from "@pulumi/azure-native/machinelearningservices/getOnlineEndpoint";
import { type InvokeOptions, RunError } from "@pulumi/pulumi";
import { modelOfId, type Release, type SlotRelease } from "./live-release";
import { isSlotName, type ReleaseIntent, type SlotName, slotNames } from "./release-intent";

/** Where an endpoint is. */
export interface EndpointAddress {
  readonly resourceGroupName: string;
  readonly workspaceName: string;
  readonly endpointName: string;
}

/**
 * What an endpoint serves now; undefined where there is no endpoint, no workspace or no group. Throws a RunError where
 * a deployment that this program does not know has traffic, since that could not be kept.
 */
export async function readLiveRelease(address: EndpointAddress, opts: InvokeOptions): Promise<Release | undefined> {
  const endpoint = await unlessMissing(getOnlineEndpoint(address, opts));
  if (endpoint === undefined) return undefined;
  const slots: Partial<Record<SlotName, SlotRelease>> = {};
  for (const slot of slotNames) {
    const live = await readSlot(address, slot, opts);
    if (live) slots[slot] = live;
  }
  const { traffic, mirrorTraffic } = endpoint.properties;
  const mirror = sharesOf(address, slots, mirrorTraffic);
  return {
    slots,
    traffic: sharesOf(address, slots, traffic),
    ...(Object.keys(mirror).length > 0 && { mirror }),
  };
}

async function readSlot(
  address: EndpointAddress,
  slot: SlotName,
  opts: InvokeOptions,
): Promise<SlotRelease | undefined> {
  const found = await unlessMissing(getOnlineDeployment({ ...address, deploymentName: slot }, opts));
  if (found === undefined) return undefined;
  const { model: id, environmentId, codeConfiguration } = found.properties;
  const model = modelOfId(id ?? "");
  if (model === undefined) {
    throw new RunError(
      `the slot ${slot} of ${address.endpointName} serves ${id ?? "no model"}, which is no registered model of a workspace; ` +
        "remove that deployment, or register its model and deploy it with a release",
    );
  }
  const { codeId, scoringScript: script } = codeConfiguration ?? {};
  return { model, scoring: { ...(environmentId && { environmentId }), ...(codeId && { codeId, script }) } };
}

/** A share of nothing that is left of a slot that is gone says nothing; any other share is kept or refused. */
function sharesOf(
  { endpointName }: EndpointAddress,
  slots: Release["slots"],
  shares: Readonly<Record<string, number>> = {},
): ReleaseIntent["traffic"] {
  const kept: { -readonly [slot in SlotName]?: number } = {};
  for (const [name, share] of Object.entries(shares)) {
    if (isSlotName(name) && slots[name] !== undefined) kept[name] = share;
    else if (share > 0) {
      throw new RunError(
        `the deployment ${name} of ${endpointName} has ${share} percent of the traffic, and is none of ${slotNames.join(", ")}; ` +
          "give its traffic to one of these, or remove it",
      );
    }
  }
  return kept;
}

/** What the lookup answers; undefined where Azure says that there is no such thing. Any other failure is thrown. */
async function unlessMissing<T>(lookup: Promise<T>): Promise<T | undefined> {
  try {
    return await lookup;
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    if (/(?:RESPONSE |Status(?:Code)?=)404\b|\b(?:Parent)?Resource(?:Group)?NotFound\b/.test(message)) return undefined;
    throw error;
  }
}
