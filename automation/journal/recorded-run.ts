import { AutomationError } from "../errors";
import type { RunOwner } from "../state/run-owner";
import { journalEntrySchema, type JournalEntry, type RunEntry } from "./journal-entry";
import type { StackState } from "./run-journal";

/** What became of a stack, by the last record of it. */
export interface RecordedStack {
  readonly state: StackState;
  /** ISO 8601, UTC. */
  readonly at: string;
  readonly detail?: string;
}

/** A run as its journal tells it. */
export interface RecordedRun {
  readonly begun: RunEntry;
  /** Who was at it last. */
  readonly owner: RunOwner;
  /** Each stack of the run. */
  readonly stacks: ReadonlyMap<string, RecordedStack>;
  /** Its last owner has let go of it. */
  readonly ended: boolean;
}

/**
 * Reads a journal. A last line that was cut by a crash is dropped: nobody went on before it was whole. Throws AutomationError
 * for anything else that is not a journal's.
 */
export function readRun(text: string, file: string): RecordedRun {
  const entries = entriesOf(text, file);
  const [begun] = entries;
  if (begun?.kind !== "run") throw damaged(file, 1);
  const stacks = new Map<string, RecordedStack>(begun.stacks.map((name) => [name, { state: "planned", at: begun.at }]));
  let owner = begun.owner;
  let ended = false;
  for (const [index, entry] of entries.slice(1).entries()) {
    ended = entry.kind === "ended";
    if (entry.kind === "run") throw damaged(file, index + 2);
    if (entry.kind === "resumed") owner = entry.owner;
    if (entry.kind === "stack") {
      if (!stacks.has(entry.stack)) throw damaged(file, index + 2);
      const { state, at, detail } = entry;
      stacks.set(entry.stack, { state, at, ...(detail !== undefined && { detail }) });
    }
  }
  return { begun, owner, stacks, ended };
}

/** Whether nothing of the run is left to do. */
export function isComplete({ stacks }: RecordedRun): boolean {
  return [...stacks.values()].every(({ state }) => state === "applied");
}

function entriesOf(text: string, file: string): JournalEntry[] {
  const lines = text.split("\n");
  // What follows the last end of a line is empty, or was cut.
  lines.pop();
  return lines.map((line, index) => {
    const { success, data } = journalEntrySchema.safeParse(parsed(line));
    if (!success) throw damaged(file, index + 1);
    return data;
  });
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

function damaged(file: string, line: number): AutomationError {
  return new AutomationError("fault", `line ${line} of the journal ${file} is not one of a journal`, {
    hint: "see by hand what became of the run, then move the file away and begin a new run",
  });
}
