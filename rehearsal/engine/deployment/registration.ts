import type { ResourceState } from "../state/deployment-file";
import type { Goal } from "./goal";
import type { RegisterEvent } from "./source-event";
import type { Step } from "./step";

/** One registration on its way through the step rules. */
export interface Registration {
  readonly event: RegisterEvent;
  readonly goal: Goal;
  readonly urn: string;
  /** The resource as the state has it, refreshed or imported where that was done. */
  readonly old: ResourceState | undefined;
  /** The resource as it is going to be. */
  readonly next: ResourceState;
  /** Errors were reported that forbid any step. */
  readonly invalid: boolean;
  /** It was deleted earlier in this operation, to be created anew. */
  readonly recreating: boolean;
  readonly imported: boolean;
  /** Stays the same from a plan to its update. */
  readonly randomSeed: Uint8Array;
}

/** Steps to be executed in this order, and what follows when something that they do has ended. */
export interface Generated {
  readonly steps: readonly Step[];
  /** Resolves to the rest of the work. It never rejects: an error is thrown by the rest. */
  readonly rest?: Promise<() => Promise<Generated>>;
}
