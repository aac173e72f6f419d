import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import type { RunOwner } from "../state/run-owner";
import type { JournalEntry, RunEntry } from "./journal-entry";
import { LineFile } from "./line-file";
import type { RunJournal, StackState } from "./run-journal";

/** A journal in a file of JSON lines; each record is synced to the disk before work goes on. */
export class FileJournal implements RunJournal {
  private constructor(
    readonly file: string,
    private readonly lines: LineFile,
  ) {}

  /** Begins the journal of a run in a directory, which is made when it is not there. */
  static async begin(directory: string, entry: RunEntry): Promise<FileJournal> {
    await mkdir(directory, { recursive: true, mode: 0o700 });
    // Names sort by the time of their run.
    const file = join(directory, `${entry.at.replace(/\D/g, "")}-${entry.run}.jsonl`);
    return new FileJournal(file, await LineFile.create(file, entry));
  }

  /** Goes on with a journal; what a crash cut off its last line is dropped. */
  static async resume(file: string, text: string, owner: RunOwner): Promise<FileJournal> {
    const journal = new FileJournal(file, await LineFile.resume(file, text));
    await journal.append({ kind: "resumed", at: new Date().toISOString(), owner });
    return journal;
  }

  record(stack: string, state: StackState, detail?: string): Promise<void> {
    const at = new Date().toISOString();
    return this.append({ kind: "stack", at, stack, state, ...(detail !== undefined && { detail }) });
  }

  /** Lets go of the run. */
  async end(): Promise<void> {
    await this.append({ kind: "ended", at: new Date().toISOString() });
    await this.lines.close();
  }

  private append(entry: JournalEntry): Promise<void> {
    return this.lines.append(entry);
  }
}
