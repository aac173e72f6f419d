import type { ResourceState } from "../state/deployment-file";
import type { PropertyMap } from "../values/property-value";
import type { Goal } from "./goal";

/** How a registration ended, as the program is told. */
export interface RegisterResult {
  readonly state: ResourceState;
  readonly result: "success" | "failed" | "skipped";
  /** The resource was not created because it is not among the targets: its outputs are not known. */
  readonly unknown?: boolean;
}

/** The program wants a resource to exist. */
export interface RegisterEvent {
  readonly kind: "register";
  readonly goal: Goal;
  done(result: RegisterResult): void;
}

/** The program wants to know a resource that it does not manage. */
export interface ReadEvent {
  readonly kind: "read";
  readonly id: string;
  readonly type: string;
  readonly name: string;
  readonly provider: string;
  readonly parent: string;
  readonly properties: PropertyMap;
  readonly dependencies: readonly string[];
  readonly additionalSecretOutputs: readonly string[];
  readonly sourcePosition: string | undefined;
  readonly stackTrace: readonly { sourcePosition: string }[] | undefined;
  done(result: RegisterResult): void;
}

/** The program has finished a component (or the stack) and tells its outputs. */
export interface OutputsEvent {
  readonly kind: "outputs";
  readonly urn: string;
  readonly outputs: PropertyMap;
  done(): void;
}

export type SourceEvent = RegisterEvent | ReadEvent | OutputsEvent;

/** Where the wishes of an operation come from: a running program, or nothing at all (a destroy). */
export interface Source {
  /**
   * The next wish; undefined at the end. Rejects where the program failed, with BailError where that was reported already.
   */
  next(): Promise<SourceEvent | undefined>;
  /** Ends the program, which may be waiting for answers that will never come. Rejects where it ended in error. */
  close(): Promise<void>;
}
