import { ConcurrentUpdateError, type Stack } from "@pulumi/pulumi/automation";
import { AutomationError } from "../errors";
import {
  runOperation,
  type OperationName,
  type OperationOptions,
  type OperationReport,
  type OperationTargets,
} from "../stack/run-operation";
import { SLOTS } from "../ports/online-endpoints";
import type { ServingPlatform } from "./serving-platform";
import { releaseTargets, strayChanges } from "./release-targets";
import type { ReleaseStep } from "./release-ports";

/** The variable that tells the program what a release makes of the endpoint; without it the program keeps what is live. */
export const RELEASE_VARIABLE = "TRUNKLINE_RELEASE";

/** How long another operation on the stack is waited for, and how often it is tried, in milliseconds. */
const LOCK_WAIT_MS = 600_000;
const LOCK_POLL_MS = 10_000;

export interface ApplyStepOptions extends OperationOptions {
  readonly stack: Stack;
  readonly platform: ServingPlatform;
  readonly clock: () => Date;
  readonly sleep: (milliseconds: number, signal: AbortSignal) => Promise<void>;
  readonly note: (text: string) => void;
}

/**
 * Carries a step out by an update of nothing but its parts of the endpoint. It is previewed first; a preview that would touch
 * anything else is refused. Throws AutomationError where it fails, with what the engine said.
 */
export async function applyStep(options: ApplyStepOptions, step: ReleaseStep): Promise<void> {
  const { stack, platform } = options;
  const only = { target: releaseTargets(platform, stack.name, step), replace: [], dependents: false };
  const { envVars } = stack.workspace;
  // Of the two parts that could be meant, the one of Azure has no name.
  const part = platform === "databricks" ? { part: "databricks.serving" } : {};
  envVars[RELEASE_VARIABLE] = JSON.stringify({ ...part, ...step.intent });
  try {
    const operate = (operation: OperationName, targets: OperationTargets = only) =>
      unlocked(options, () => runOperation(stack, operation, options, { only: targets }));
    if (step.anew) {
      const all = releaseTargets(platform, stack.name, { ...step, touches: ["endpoint", ...SLOTS] });
      const refresh = await operate("refresh", { ...only, target: all });
      if (refresh.result !== "succeeded") throw failure(step, refresh);
    }
    const preview = await operate("preview");
    if (preview.result !== "succeeded") throw failure(step, preview);
    const stray = strayChanges(platform, stack.name, step, preview.tree.resources);
    if (stray.length > 0) {
      throw new AutomationError(
        "refused",
        `to ${step.title} would touch more than the release may: ${stray.join("; ")}`,
        {
          hint: "bring the environment up first: trunkline up",
        },
      );
    }
    const update = await operate("up");
    if (update.result !== "succeeded") throw failure(step, update);
  } finally {
    delete envVars[RELEASE_VARIABLE];
  }
}

/** Waits while another operation has the stack: an update of the environment may be under way. */
async function unlocked<T>({ clock, sleep, signal, note }: ApplyStepOptions, operate: () => Promise<T>): Promise<T> {
  const until = clock().getTime() + LOCK_WAIT_MS;
  for (let told = false; ; told = true) {
    try {
      return await operate();
    } catch (fault) {
      const locked = fault instanceof AutomationError && fault.cause instanceof ConcurrentUpdateError;
      if (!locked || clock().getTime() >= until || signal.aborted) throw fault;
      if (!told) note("another operation has the stack: it is waited for");
      await sleep(LOCK_POLL_MS, signal);
    }
  }
}

function failure({ title }: ReleaseStep, report: OperationReport): AutomationError {
  const { operation, result, tree, fault } = report;
  const told = tree.messages.filter(({ severity }) => severity === "error").map(({ text }) => text.trim());
  const reason = [...new Set([...told, ...(fault ? [fault] : [])])].join("; ") || result;
  return new AutomationError("fault", `the ${operation} to ${title} ${result}: ${reason}`, {
    ...hintFor(reason),
    errorCode: "release-step-failed",
  });
}

function hintFor(reason: string): { hint?: string } {
  if (!/endpoint/i.test(reason) || !/already (?:exists|in use|taken)|not available|name .*taken/i.test(reason))
    return {};
  return { hint: "names of endpoints are unique in a region: take another azure.endpoint.name in the settings" };
}
