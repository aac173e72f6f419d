import type { Bundle } from "../bundle/bundle";
import { AutomationError } from "../errors";
import type { StackReport } from "../report/pipeline-report";
import { reportResources, type ResourceDependencies } from "../report/report-resources";
import type { OperationReport } from "../stack/run-operation";
import type { StackOutcome, WorkOutcome } from "./stack-outcome";

/** What became of the work on a stack: its report but for what is known without the work. */
export type WorkReport = Omit<StackReport, "project" | "environment" | "reasons">;

/** A report of a stack on which nothing was done. */
export const NOTHING = { counts: {}, changes: [], policies: [], messages: [], durationMs: 0 } as const;

/** What an operation came to. */
export function operationWork(
  result: StackReport["result"],
  report: OperationReport,
  dependencies: ResourceDependencies = new Map(),
): WorkReport {
  const { counts, tree, fault, durationMs } = report;
  return {
    ...{ result, counts: { ...counts }, changes: [], policies: tree.policies, messages: tree.messages },
    resources: reportResources(report, dependencies),
    durationMs: Math.round(durationMs),
    ...(fault !== undefined && { detail: fault }),
  };
}

/** What a bundle tells of the stack that it is of. */
export function bundleWork({ digest, expiresAt, changes }: Bundle): Pick<WorkReport, "bundle" | "changes"> {
  return { bundle: { digest, expiresAt }, changes };
}

/** A stack that cannot begin is one result of the run: the others go on, and the report tells of it. */
export function faultWork(fault: unknown): WorkReport {
  if (!(fault instanceof AutomationError)) {
    return { ...NOTHING, result: "unknown", detail: fault instanceof Error ? fault.message : String(fault) };
  }
  const detail = fault.hint === undefined ? fault.message : `${fault.message}; next: ${fault.hint}`;
  return { ...NOTHING, result: fault.code === "refused" ? "refused" : "failed", detail };
}

/** A stack whose turn did not come. */
export function notBegun(outcome: StackOutcome | undefined): WorkReport {
  switch (outcome?.kind) {
    case "blocked":
      return { ...NOTHING, result: "blocked", detail: `by ${outcome.by.join(", ")}` };
    case "waiting":
      return { ...NOTHING, result: "waiting", detail: `for ${outcome.for.join(", ")}, whose outputs may change` };
    default:
      return { ...NOTHING, result: "stopped", detail: "it was told to stop" };
  }
}

/** What the work on a stack means for those that build on it. */
export function workOutcome({ result, detail = "", gate }: WorkReport): WorkOutcome {
  switch (result) {
    case "unchanged":
    case "applied":
    case "changing":
      return { kind: result };
    case "stopped":
      return { kind: "stopped" };
    case "unknown":
      return { kind: "unknown", reason: detail };
    case "refused":
    case "waiting":
      return { kind: "refused", reason: detail || (gate?.reasons ?? []).map(({ message }) => message).join("; ") };
    default:
      return { kind: "failed", reason: detail };
  }
}
