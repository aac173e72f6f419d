import type { Stack } from "@pulumi/pulumi/automation";
import type { OperationReport } from "../stack/run-operation";
import type { WorkOutcome } from "./stack-outcome";

/** What an update came to. One that did not succeed is unknown while its state tells of work that nobody saw the end of. */
export async function outcomeOf(stack: Pick<Stack, "exportStack">, report: OperationReport): Promise<WorkOutcome> {
  if (report.result === "succeeded") return { kind: report.changed ? "applied" : "unchanged" };
  const pending = await pendingOperations(stack);
  if (pending > 0) return { kind: "unknown", reason: `${pending} operations on resources were cut off` };
  return report.result === "cancelled" ? { kind: "stopped" } : { kind: "failed", reason: reasonOf(report) };
}

function reasonOf({ fault, tree }: OperationReport): string {
  const told = tree.messages.find(({ severity }) => severity === "error")?.text;
  return fault ?? told ?? "the engine gave no reason";
}

async function pendingOperations(stack: Pick<Stack, "exportStack">): Promise<number> {
  const { deployment } = (await stack.exportStack()) as {
    readonly deployment?: { readonly pending_operations?: readonly unknown[] };
  };
  return deployment?.pending_operations?.length ?? 0;
}
