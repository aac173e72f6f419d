import type { ColorMode, OperationKind, OperationRequest } from "./operation-request";
import { usageError } from "./verb";

const COLOR_MODES: readonly ColorMode[] = ["always", "never", "raw", "auto"];

/** The flags of all four operations as commander gives them; those that an operation does not take are absent. */
export interface OperationFlags {
  readonly stack?: string;
  readonly configFile?: string;
  readonly client?: string;
  readonly execKind?: string;
  readonly execAgent?: string;
  readonly eventLog?: string;
  readonly message?: string;
  readonly expectNoChanges?: boolean;
  readonly refresh?: boolean;
  readonly diff?: boolean;
  readonly replace?: readonly string[];
  readonly target: readonly string[];
  readonly exclude: readonly string[];
  readonly targetDependents?: boolean;
  readonly excludeDependents?: boolean;
  readonly excludeProtected?: boolean;
  readonly parallel?: number;
  readonly plan?: string;
  readonly savePlan?: string;
  readonly continueOnError?: boolean;
  readonly clearPendingCreates?: boolean;
  readonly showSecrets?: boolean;
  readonly suppressOutputs?: boolean;
  readonly suppressProgress?: boolean;
  readonly runProgram?: boolean;
  readonly previewOnly?: boolean;
  readonly remove?: boolean;
  readonly color: ColorMode;
  readonly debug: boolean;
}

/** The request that the flags make; flags that the operation does not take have their defaults. */
export function operationRequest(kind: OperationKind, flags: OperationFlags): OperationRequest {
  if (!COLOR_MODES.includes(flags.color)) {
    throw usageError(`--color must be one of ${COLOR_MODES.join(", ")}, got '${flags.color}'`);
  }
  return {
    kind,
    previewOnly: kind === "preview" || (flags.previewOnly ?? false),
    // To `up` and `preview` the flag says only whether a refresh before them asks the program; they run it in any case.
    runProgram: kind === "up" || kind === "preview" || (flags.runProgram ?? false),
    clientAddress: flags.client,
    execKind: flags.execKind ?? "",
    execAgent: flags.execAgent ?? "",
    eventLog: flags.eventLog,
    message: flags.message ?? "",
    expectNoChanges: flags.expectNoChanges ?? false,
    refresh: flags.refresh ?? false,
    // A destroy that runs the program refreshes everything before, like one that does not.
    refreshProgram:
      kind !== "destroy" && (kind === "refresh" || (flags.refresh ?? false)) && (flags.runProgram ?? false),
    diff: flags.diff ?? false,
    replace: flags.replace ?? [],
    targets: flags.target,
    excludes: flags.exclude,
    targetDependents: flags.targetDependents ?? false,
    excludeDependents: flags.excludeDependents ?? false,
    excludeProtected: flags.excludeProtected ?? false,
    parallel: flags.parallel,
    plan: flags.plan,
    savePlan: flags.savePlan,
    continueOnError: flags.continueOnError ?? false,
    clearPendingCreates: flags.clearPendingCreates ?? false,
    showSecrets: flags.showSecrets ?? false,
    suppressOutputs: flags.suppressOutputs ?? false,
    suppressProgress: flags.suppressProgress ?? false,
    color: flags.color,
    debug: flags.debug,
  };
}
