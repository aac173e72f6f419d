import type { PropertyDiff } from "../provider/provider";
import type { ResourceState } from "../state/deployment-file";

/** What a step does to a resource. @see https://github.com/pulumi/pulumi/blob/master/sdk/go/common/apitype/events.go */
export type StepOp =
  | "same"
  | "create"
  | "update"
  | "delete"
  | "replace"
  | "create-replacement"
  | "delete-replaced"
  | "read"
  | "read-replacement"
  | "refresh"
  | "discard"
  | "discard-replaced"
  | "remove-pending-replace"
  | "import"
  | "import-replacement";

/** How a step went. `partial`: the resource exists but did not become ready. */
export interface StepOutcome {
  readonly status: "ok" | "partial" | "unknown";
  readonly error?: Error;
  /** Tells the program, once the result is in the state. */
  readonly complete?: () => void;
}

/** One thing to be done to one resource. */
export interface Step {
  readonly op: StepOp;
  readonly urn: string;
  readonly old: ResourceState | undefined;
  readonly next: ResourceState | undefined;
  /** The resource that the step is about: the new one where there is one. */
  readonly res: ResourceState;
  /** Whether it is counted by itself; the parts of a replacement are not. */
  readonly logical: boolean;
  /** Not shown and not counted. */
  readonly internal: boolean;
  /** Properties that need the replacement. */
  readonly keys?: readonly string[];
  readonly diffs?: readonly string[];
  readonly detailedDiff?: Readonly<Record<string, PropertyDiff>>;
  apply(): Promise<StepOutcome>;
  /** Tells the program that the step failed. */
  fail(): void;
  /** Tells the program that the step was not tried. */
  skip(): void;
}
