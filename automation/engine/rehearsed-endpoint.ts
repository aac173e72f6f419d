import { z } from "zod";
import { azureQuota, SERVED_PLATFORMS, serveEndpoints } from "../../rehearsal/cloud/live";
import type { SimulatedCloud } from "../../rehearsal/cloud/simulated-cloud";
import { AutomationError } from "../errors";
import { invokeOverHttp } from "../ports/invoke-over-http";
import type { EndpointReference } from "../release/endpoint-reference";
import { SLOTS, type OnlineEndpointPort, type Slot } from "../ports/online-endpoints";

/** What a person may have a slot do wrong, as JSON by slot. */
const FAULTS_VARIABLE = "TRUNKLINE_REHEARSAL_FAULTS";

const faultsSchema = z.partialRecord(
  z.enum(SLOTS),
  z.strictObject({
    failRate: z.number().min(0).max(1).optional(),
    delayMs: z.number().min(0).max(60_000).optional(),
    unhealthy: z.literal(true).optional(),
    log: z.string().optional(),
  }),
);

export interface RehearsedEndpointOptions {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Folder of the scoring script that slots run. @default the sample script's own copy */
  readonly scripts?: string;
}

/**
 * Serves an endpoint of the simulated cloud over HTTP on this machine, until it is closed. Slots fail or are slow as
 * `TRUNKLINE_REHEARSAL_FAULTS` says.
 */
export async function rehearsedEndpoint(
  cloud: SimulatedCloud,
  reference: EndpointReference,
  { env, scripts }: RehearsedEndpointOptions,
): Promise<OnlineEndpointPort> {
  const { platform, endpointName: name } = reference;
  const served = SERVED_PLATFORMS[platform];
  const faults = readFaults(env[FAULTS_VARIABLE]);
  const server = await serveEndpoints(cloud, {
    platform,
    ...(faults && { faults }),
    ...(scripts !== undefined && { scripts }),
  });
  const access = (slot?: Slot) => {
    const found = server.endpoint(name, slot);
    if (found) return found;
    throw new AutomationError("fault", `endpoint ${name} is not in the simulated cloud`, {
      hint: "trunkline release deploy",
    });
  };
  const ask = (body: string, slot?: Slot) => {
    const { scoringUri, bearer } = access(slot);
    return invokeOverHttp(scoringUri, bearer, body, slot);
  };
  const loads = new Set<() => Promise<void>>();
  return {
    async live() {
      const found = served.read(cloud, name);
      if (!found) return undefined;
      const slots = SLOTS.flatMap((slot) => {
        const deployed = found.slots[slot];
        if (!deployed) return [];
        const state = deployed.provisioningState === "Succeeded" ? "healthy" : "failed";
        return [[slot, { model: deployed.model, state }] as const];
      });
      return { slots: Object.fromEntries(slots), traffic: found.traffic, mirror: found.mirror };
    },
    models: async (model) => served.models(cloud, model).map((version) => ({ name: model, ...version })),
    invoke: (slot, body) => ask(body, slot),
    async metrics(from, to) {
      const found = Object.entries(server.metrics(name, from, to));
      return Object.fromEntries(
        found.map(([slot, { requests, errors, p50Ms, p95Ms }]) => [
          slot,
          { requests, errors, ...(requests > 0 && { p50Ms, p95Ms }) },
        ]),
      );
    },
    logs: (slot, lines) => server.logs(name, slot, lines),
    async quota(instanceType) {
      // Model serving of Databricks has limits that nobody can ask for.
      if (platform === "databricks") return undefined;
      const { subscriptionId, location } = reference;
      return azureQuota(cloud, { subscriptionId, region: location, instanceType });
    },
    load(body, perSecond, answered = () => {}) {
      const stop = steadyLoad(() => ask(body).then(answered), perSecond);
      loads.add(stop);
      return async () => {
        loads.delete(stop);
        await stop();
      };
    },
    async close() {
      for (const stop of loads) await stop();
      await server.close();
    },
  };
}

/** Sends requests at a steady rate until it is stopped; what fails is what the endpoint's metrics count. */
function steadyLoad(ask: () => Promise<unknown>, perSecond: number): () => Promise<void> {
  const open = new Set<Promise<unknown>>();
  const send = () => {
    const sent: Promise<unknown> = Promise.resolve()
      .then(ask)
      .catch(() => undefined)
      .finally(() => open.delete(sent));
    open.add(sent);
  };
  const timer = setInterval(send, 1000 / perSecond);
  return async () => {
    clearInterval(timer);
    await Promise.all(open);
  };
}

function readFaults(text: string | undefined) {
  if (text === undefined || text === "") return undefined;
  try {
    return faultsSchema.parse(JSON.parse(text));
  } catch (cause) {
    const reason = cause instanceof z.ZodError ? z.prettifyError(cause) : (cause as Error).message;
    throw new AutomationError("usage", `${FAULTS_VARIABLE} says what slots do wrong, got "${text}": ${reason}`, {
      hint: `for example ${FAULTS_VARIABLE}='{"green":{"failRate":0.5}}'`,
      cause,
    });
  }
}
