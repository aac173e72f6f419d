import { ConcurrentUpdateError, type EngineEvent, type Stack } from "@pulumi/pulumi/automation";
import { AutomationError } from "../errors";
import { OperationTree, type ResourceRow } from "../report/operation-tree";
import { failureText } from "./failure-text";

/** What the engine does to a stack. */
export type OperationName = "preview" | "up" | "refresh" | "destroy";

/** How an operation ended, with all that it told. */
export interface OperationReport {
  readonly operation: OperationName;
  readonly result: "succeeded" | "failed" | "cancelled";
  /** Whether anything but unchanged resources was counted. */
  readonly changed: boolean;
  /** Resources by what was done to them, or would be. */
  readonly counts: Readonly<Record<string, number>>;
  readonly tree: OperationTree;
  /** Why it failed, where no message of the tree says so. */
  readonly fault?: string;
  readonly durationMs: number;
}

export interface OperationOptions {
  readonly signal: AbortSignal;
  /** A monotonic clock in milliseconds. */
  readonly now: () => number;
  /** Is told when an operation begins; answers who watches it. */
  readonly watch: (operation: OperationName, tree: OperationTree) => OperationWatcher;
  /** Keeps for a report what operations do. @default nobody asks for one */
  readonly recorder?: OperationRecorder;
}

/** Keeps what operations do to stacks. */
export interface OperationRecorder {
  /** Is awaited before an operation begins. */
  begin(stack: Stack, operation: OperationName): Promise<OperationRecording>;
}

/** Keeps what one operation does. */
export interface OperationRecording {
  /** Where a preview saves its plan if nothing else asks for one. */
  readonly plan?: string;
  observe(event: EngineEvent): void;
  /** Is awaited when the operation has ended, however that was; `plan` is where its plan lies. */
  end(report: OperationReport, plan?: string): Promise<void>;
}

/** What a single operation is told beyond its options. */
export interface OperationDetails {
  /** Path of the plan that a preview saves, or that an update keeps to. */
  readonly plan?: string;
  /** The resources that alone are looked at. */
  readonly only?: OperationTargets;
  /** Is told of every event of the engine. */
  readonly observe?: (event: EngineEvent) => void;
}

/** What an operation is limited to. */
export interface OperationTargets {
  /** URNs; `*` stands for a part of one, `**` for any text. */
  readonly target: readonly string[];
  /** Those of them that are replaced. */
  readonly replace: readonly string[];
  /** Whether what depends on them is looked at as well. @default true */
  readonly dependents?: boolean;
}

/** Follows an operation while it runs. */
export interface OperationWatcher {
  ended(row: ResourceRow): void;
  stop(): void;
}

/**
 * Carries an operation out and answers how it went; a failed operation is a result. Throws AutomationError where the stack
 * is locked, since nothing was done then.
 */
export async function runOperation(
  stack: Stack,
  operation: OperationName,
  options: OperationOptions,
  details: OperationDetails = {},
): Promise<OperationReport> {
  const recording = await options.recorder?.begin(stack, operation);
  if (!recording) return operate(stack, operation, options, details);
  const plan = details.plan ?? recording.plan;
  const observe = (event: EngineEvent) => {
    recording.observe(event);
    details.observe?.(event);
  };
  const kept = { ...details, observe, ...(plan !== undefined && { plan }) };
  const report = await operate(stack, operation, options, kept);
  await recording.end(report, plan);
  return report;
}

async function operate(
  stack: Stack,
  operation: OperationName,
  { signal, now, watch }: OperationOptions,
  { plan, only, observe }: OperationDetails,
): Promise<OperationReport> {
  const tree = new OperationTree();
  const watcher = watch(operation, tree);
  const startedAt = now();
  const onEvent = (event: EngineEvent) => {
    const row = tree.apply(event, now());
    if (row) watcher.ended(row);
    observe?.(event);
  };
  const report = (result: OperationReport["result"], fault?: string): OperationReport => {
    const changed = Object.entries(tree.counts).some(([change, count]) => change !== "same" && (count ?? 0) > 0);
    return { operation, result, changed, counts: tree.counts, tree, fault, durationMs: now() - startedAt };
  };
  try {
    const details = {
      ...(plan !== undefined && { plan }),
      ...(only && {
        target: [...only.target],
        replace: [...only.replace],
        targetDependents: only.dependents ?? true,
      }),
    };
    await stack[operation]({ onEvent, signal, color: "never", ...details });
    return report("succeeded");
  } catch (cause) {
    if (cause instanceof ConcurrentUpdateError) {
      throw new AutomationError("fault", failureText(cause), {
        hint: "wait for the other run to end; trunkline cancel says who holds the lock, and removes it once that run is gone",
        errorCode: "stack-locked",
        cause,
      });
    }
    if (signal.aborted) return report("cancelled");
    const told = tree.messages.some(({ severity }) => severity === "error");
    return report("failed", told ? undefined : failureText(cause));
  } finally {
    watcher.stop();
  }
}
