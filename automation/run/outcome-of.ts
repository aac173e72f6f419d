import type { Stack } from "@pulumi/pulumi/automation";
import { failureText } from "../stack/failure-text";
import type { OperationReport } from "../stack/run-operation";
import type { WorkOutcome } from "./stack-outcome";

/** What an update came to. One that did not succeed is unknown while its state tells of work that nobody saw the end of. */
export async function outcomeOf(stack: Pick<Stack, "exportStack">, report: OperationReport): Promise<WorkOutcome> {
  if (report.result === "succeeded") return { kind: report.changed ? "applied" : "unchanged" };
  const pending = await pendingOperations(stack);
  if (typeof pending === "string") return { kind: "unknown", reason: `the state cannot be read: ${pending}` };
  if (pending > 0) return { kind: "unknown", reason: `${pending} operations on resources were cut off` };
  return report.result === "cancelled" ? { kind: "stopped" } : { kind: "failed", reason: reasonOf(report) };
}

function reasonOf({ fault, tree }: OperationReport): string {
  const told = tree.messages.find(({ severity }) => severity === "error")?.text;
  return fault ?? told ?? "the engine gave no reason";
}

/** How many operations on resources nobody saw the end of, or why that cannot be told, such as a passphrase that does not fit. */
async function pendingOperations(stack: Pick<Stack, "exportStack">): Promise<number | string> {
  try {
    const { deployment } = (await stack.exportStack()) as {
      readonly deployment?: { readonly pending_operations?: readonly unknown[] };
    };
    return deployment?.pending_operations?.length ?? 0;
  } catch (failure) {
    return failureText(failure);
  }
}
