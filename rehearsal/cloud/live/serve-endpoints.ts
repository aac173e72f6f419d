import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { messageOf } from "../../message-of";
import { CloudError } from "../cloud-error";
import type { SimulatedCloud } from "../simulated-cloud";
import { slotFault, type SlotFault, slotFaultKey, slotFaultResource } from "../slot-fault";
import { AccessTokens } from "./access-tokens";
import { authorizationRefusal } from "./authorize";
import type { LiveEndpoint } from "./live-endpoint";
import { readBody, reply, Refusal } from "./http-exchange";
import { type Asked, type PlatformName, SERVED_PLATFORMS, type ServedPlatform } from "./served-platform";
import { ScorerPool, type ScorerPoolOptions } from "./scorer-pool";
import { SlotCounter, type SlotMetrics } from "./slot-metrics";
import { SlotRequests } from "./slot-requests";
import { ExactRouter, RandomRouter } from "./traffic-router";

/** How endpoints are served. */
export interface ServeOptions extends ScorerPoolOptions {
  /** Whose endpoints are served. @default "azure" */
  readonly platform?: PlatformName;
  /** Routes by chance, with numbers from 0 up to 1. @default exactly by the percentages */
  readonly random?: () => number;
  /** Faults from the start, by slot, of every endpoint. @default those that the simulated cloud has */
  readonly faults?: Readonly<Record<string, SlotFault>>;
}

/** What a caller needs to score. */
export interface EndpointAccess {
  /** Address on loopback. */
  readonly scoringUri: string;
  /** Token or key for the header `authorization: Bearer …`; a secret of the simulation. */
  readonly bearer: string;
}

/** Every online endpoint of a vendor in a simulated cloud, served on loopback. */
export interface LiveEndpoints {
  /** Address of the server, which answers metrics beside what is scored: `GET /endpoints/<name>/metrics`. */
  readonly url: string;
  /** How to call an endpoint, or one slot where its address names that; undefined where there is none of that name. */
  endpoint(name: string, slot?: string): EndpointAccess | undefined;
  /** How requests went from one moment up to another, by slot; those that had none are there with zeros. */
  metrics(name: string, from: Date | number, to: Date | number): Record<string, SlotMetrics>;
  /** The last lines that a slot has written. */
  logs(name: string, slot: string, tail?: number): Promise<string>;
  /** Injects a fault into a slot, which need not exist yet, or takes it away; `*` is every endpoint. It outlives the server. */
  fault(name: string, slot: string, fault: SlotFault | undefined): Promise<void>;
  /** Waits for open requests; ends the server and everything that it runs. */
  close(): Promise<void>;
}

const TOKEN_LIFETIME_MS = 60 * 60 * 1000;

/**
 * Serves every online endpoint of a vendor in a simulated cloud over HTTP on loopback, as Azure does, or Databricks: by
 * traffic or to the slot that the caller names, for callers with a token or key. What each request meets is read from the cloud as it is
 * then, at once as a whole, so that a change of traffic takes effect between two requests.
 */
export async function serveEndpoints(cloud: SimulatedCloud, options: ServeOptions = {}): Promise<LiveEndpoints> {
  const service = new EndpointService(cloud, options);
  for (const [slot, fault] of Object.entries(options.faults ?? {})) await service.fault("*", slot, fault);
  await service.listen();
  return service;
}

class EndpointService implements LiveEndpoints {
  private readonly server: Server;
  private readonly platform: ServedPlatform;
  private readonly tokens: AccessTokens;
  private readonly counters = new Map<string, Map<string, SlotCounter>>();
  private readonly pool: ScorerPool;
  private readonly requests: SlotRequests;
  private readonly open = new Set<Promise<void>>();

  constructor(
    private readonly cloud: SimulatedCloud,
    options: ServeOptions,
  ) {
    this.platform = SERVED_PLATFORMS[options.platform ?? "azure"];
    this.tokens = new AccessTokens(this.platform.audience);
    this.pool = new ScorerPool(options, this.platform.spoken);
    const router = options.random ? new RandomRouter(options.random) : new ExactRouter();
    const counter = (endpoint: string, slot: string) => this.counter(endpoint, slot);
    this.requests = new SlotRequests(cloud, this.platform, this.pool, router, counter);
    this.server = createServer((request, response) => this.track(this.answer(request, response)));
  }

  async listen(): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      this.server.once("error", reject);
      this.server.listen(0, "127.0.0.1", resolve);
    });
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  endpoint(name: string, slot?: string): EndpointAccess | undefined {
    const endpoint = this.read(name);
    if (endpoint === undefined) return undefined;
    const bearer = endpoint.keys?.[0] ?? this.tokens.issue(Date.now() + TOKEN_LIFETIME_MS);
    return { scoringUri: `${this.url}${this.platform.scoringPath(name, slot)}`, bearer };
  }

  metrics(name: string, from: Date | number, to: Date | number): Record<string, SlotMetrics> {
    const counted = this.counters.get(name) ?? new Map<string, SlotCounter>();
    const slots = new Set([...Object.keys(this.read(name)?.slots ?? {}), ...counted.keys()]);
    return Object.fromEntries(
      [...slots].map((slot) => [slot, this.counter(name, slot).between(Number(from), Number(to))]),
    );
  }

  async logs(name: string, slot: string, tail = 100): Promise<string> {
    const found = this.read(name)?.slots[slot];
    if (found === undefined) throw new CloudError(`there is no slot ${slot} behind the endpoint ${name}`);
    const fault = slotFault(this.cloud.world, name, slot);
    const written = fault?.unhealthy && fault.log ? fault.log.split("\n") : await this.pool.log(found);
    return written.slice(-tail).join("\n");
  }

  async fault(name: string, slot: string, fault: SlotFault | undefined): Promise<void> {
    await this.cloud.commit(
      fault
        ? { put: [slotFaultResource(name, slot, fault, this.cloud.now().toISOString())] }
        : { remove: [slotFaultKey(name, slot)] },
    );
  }

  async close(): Promise<void> {
    const closed = new Promise((resolve) => this.server.close(resolve));
    this.server.closeIdleConnections();
    while (this.open.size > 0) await Promise.all(this.open);
    await this.requests.settled();
    this.server.closeAllConnections();
    await closed;
    await this.pool.close();
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    try {
      const asked = this.platform.asked(request.url ?? "");
      const endpoint = asked && this.read(asked.name);
      if (endpoint === undefined) throw new Refusal(404, `there is no endpoint ${asked?.name ?? "at this address"}`);
      if (asked?.what === "metrics") {
        const now = Date.now();
        reply(response, 200, JSON.stringify(this.metrics(asked.name, now - 60_000, now + 1)));
      } else await this.score(request, response, asked!, endpoint);
    } catch (error) {
      const { status, slot } = error instanceof Refusal ? error : { status: 500, slot: undefined };
      const told = JSON.stringify({ error: { code: status, message: messageOf(error) } });
      reply(response, status, told, this.slotHeaders(slot));
    }
  }

  private async score(
    request: IncomingMessage,
    response: ServerResponse,
    { name, slot: named }: Asked,
    endpoint: LiveEndpoint,
  ): Promise<void> {
    if (request.method !== "POST") throw new Refusal(405, "an endpoint scores by POST");
    const refusal = authorizationRefusal(request.headers.authorization, endpoint, this.tokens, Date.now());
    if (refusal !== undefined) throw new Refusal(401, refusal);
    const body = await readBody(request);
    const { slotHeader } = this.platform;
    const header = slotHeader === undefined ? undefined : request.headers[slotHeader];
    const { slot, text } = await this.requests.score(name, body, named ?? (header as string | undefined));
    reply(response, 200, text, this.slotHeaders(slot));
  }

  private slotHeaders(slot: string | undefined): Record<string, string> {
    const { slotHeader } = this.platform;
    return slotHeader === undefined || slot === undefined ? {} : { [slotHeader]: slot };
  }

  private read(name: string): LiveEndpoint | undefined {
    return this.platform.read(this.cloud, name);
  }

  private counter(endpoint: string, slot: string): SlotCounter {
    const slots = this.counters.get(endpoint) ?? new Map<string, SlotCounter>();
    this.counters.set(endpoint, slots);
    const counter = slots.get(slot) ?? new SlotCounter();
    slots.set(slot, counter);
    return counter;
  }

  private track(answered: Promise<void>): void {
    this.open.add(answered);
    void answered.finally(() => this.open.delete(answered));
  }
}
