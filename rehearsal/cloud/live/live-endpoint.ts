import type { CloudSeed } from "../seed";
import type { WorldView } from "../world";

/** What of the simulated cloud is read. */
export interface CloudState {
  readonly world: WorldView;
  readonly seed: CloudSeed;
}

/** A deployment behind an endpoint. */
export interface LiveSlot {
  /** Registered model as `name:version`; its id where that is another one. */
  readonly model: string;
  /** `Succeeded` or `Failed`. */
  readonly provisioningState: string;
  /** What its scorer depends on: another key is another scorer. */
  readonly key: string;
  /** File of its scoring script. */
  readonly script: string;
  /** Variables that the script finds. */
  readonly environment: Readonly<Record<string, string>>;
  /** Longest time that a request may take, in milliseconds. */
  readonly timeoutMs: number;
}

/** An endpoint as it is at one moment. */
export interface LiveEndpoint {
  readonly id: string;
  readonly slots: Readonly<Record<string, LiveSlot>>;
  /** Percentages by slot. */
  readonly traffic: Readonly<Record<string, number>>;
  /** Percentages by slot. */
  readonly mirror: Readonly<Record<string, number>>;
  /** What callers show, the first one preferred. @default tokens of the directory */
  readonly keys?: readonly string[];
}

/** A version of a registered model. */
export interface RegisteredModel {
  readonly version: string;
  /** ISO 8601, UTC. */
  readonly createdAt: string;
}
