import type { RunJournal } from "../journal/run-journal";
import type { WorkOutcome } from "./stack-outcome";

/** Writes into a journal what the work on a stack came to. */
export async function recordOutcome(journal: RunJournal, stack: string, outcome: WorkOutcome): Promise<void> {
  switch (outcome.kind) {
    case "applied":
    case "unchanged":
      return journal.record(stack, "applied");
    case "failed":
      return journal.record(stack, "failed", outcome.reason);
    case "stopped":
      return journal.record(stack, "failed", "it was told to stop");
    case "refused":
      return journal.record(stack, "planned", outcome.reason);
    case "unknown":
      return journal.record(stack, "unknown", outcome.reason);
    case "changing":
      return journal.record(stack, "planned");
  }
}
