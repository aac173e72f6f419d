/** The two deployments behind an endpoint that take turns. */
export const SLOTS = ["blue", "green"] as const;

/** A blue or green deployment behind one online endpoint. */
export type Slot = (typeof SLOTS)[number];

/** Percent by slot; a slot that is not named has none. */
export type TrafficMap = Readonly<Partial<Record<Slot, number>>>;

/** A deployment as its cloud has it now. */
export interface LiveSlot {
  /** Model that it serves, as `name:version`. */
  readonly model: string;
  /** `changing`: the cloud is still at it. */
  readonly state: "healthy" | "changing" | "failed";
}

/** An endpoint as its cloud has it now. */
export interface LiveEndpoint {
  readonly slots: Readonly<Partial<Record<Slot, LiveSlot>>>;
  readonly traffic: TrafficMap;
  /** Percent of requests that are copied to a slot, whose answers nobody gets. */
  readonly mirror: TrafficMap;
}

/** A version of a model in the registry. */
export interface RegisteredModel {
  readonly name: string;
  readonly version: string;
  /** ISO 8601; absent where the registry does not say. */
  readonly createdAt?: string;
}

/** An answer of an endpoint. */
export interface ScoringAnswer {
  readonly status: number;
  readonly body: string;
  /** The deployment that answered, where the endpoint says so. */
  readonly slot?: string;
  readonly durationMs: number;
}

/** What a slot answered within a span of time. */
export interface SlotMetrics {
  readonly requests: number;
  /** Requests that a fault of the server ended: status 500 and above. */
  readonly errors: number;
  /** Median of the time to answer, in milliseconds; absent without requests. */
  readonly p50Ms?: number;
  readonly p95Ms?: number;
}

/** Metrics by slot. */
export type MetricsBySlot = Readonly<Partial<Record<Slot, SlotMetrics>>>;

/** Cores that deployments may use in a location, for one family of machines. */
export interface CoreQuota {
  readonly family: string;
  readonly coresPerInstance: number;
  readonly used: number;
  readonly limit: number;
}

/** What a release asks of one endpoint. Each call throws AutomationError where it is not answered; none is answered by guessing. */
export interface OnlineEndpointPort {
  /** Undefined where there is no such endpoint. */
  live(): Promise<LiveEndpoint | undefined>;
  /** All versions of a model, in any order; empty where there is none. */
  models(name: string): Promise<readonly RegisteredModel[]>;
  /** Sends a request to one slot, whatever its traffic is. */
  invoke(slot: Slot, body: string): Promise<ScoringAnswer>;
  /** What the slots answered from a time until another. */
  metrics(from: Date, to: Date): Promise<MetricsBySlot>;
  /** The last lines that a deployment logged. */
  logs(slot: Slot, lines: number): Promise<string>;
  /** Undefined where the platform has none that could be asked for. */
  quota(instanceType: string): Promise<CoreQuota | undefined>;
  /** Sends a request again and again by the traffic map, so many a second, until that is stopped; only what is rehearsed can. */
  load?(body: string, perSecond: number, answered?: (answer: ScoringAnswer) => void): () => Promise<void>;
  close(): Promise<void>;
}
