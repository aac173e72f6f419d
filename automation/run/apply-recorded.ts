import type { Stack } from "@pulumi/pulumi/automation";
import { AutomationError } from "../errors";
import type { RunJournal } from "../journal/run-journal";
import type { OperationReport } from "../stack/run-operation";
import { applyStack, type ApplyDeps } from "./apply-stack";
import { outcomeOf } from "./outcome-of";
import { recordOutcome } from "./record-outcome";

/** Brings one stack up and records before and after it what becomes of it; throws what bringing it up throws. */
export async function applyRecorded(
  deps: ApplyDeps,
  journal: RunJournal,
  name: string,
  stack: Stack,
): Promise<OperationReport> {
  await journal.record(name, "applying");
  let report: OperationReport;
  try {
    report = await applyStack(deps, stack);
  } catch (fault) {
    // What is refused or cannot begin has done nothing.
    const kind = fault instanceof AutomationError ? "failed" : "unknown";
    await recordOutcome(journal, name, { kind, reason: fault instanceof Error ? fault.message : String(fault) });
    throw fault;
  }
  await recordOutcome(journal, name, await outcomeOf(stack, report));
  return report;
}
