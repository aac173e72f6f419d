import { mkdir, open, type FileHandle } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { RunOwner } from "../state/run-owner";
import type { JournalEntry, RunEntry } from "./journal-entry";
import type { RunJournal, StackState } from "./run-journal";

/** A journal in a file of JSON lines; each record is synced to the disk before work goes on. */
export class FileJournal implements RunJournal {
  private last: Promise<void> = Promise.resolve();

  private constructor(
    readonly file: string,
    private readonly handle: FileHandle,
  ) {}

  /** Begins the journal of a run in a directory, which is made when it is not there. */
  static async begin(directory: string, entry: RunEntry): Promise<FileJournal> {
    await mkdir(directory, { recursive: true, mode: 0o700 });
    // Names sort by the time of their run.
    const file = join(directory, `${entry.at.replace(/\D/g, "")}-${entry.run}.jsonl`);
    const journal = new FileJournal(file, await open(file, "ax", 0o600));
    await journal.append(entry);
    await syncDirectory(file);
    return journal;
  }

  /** Goes on with a journal; what a crash cut off its last line is dropped. */
  static async resume(file: string, text: string, owner: RunOwner): Promise<FileJournal> {
    const handle = await open(file, "a", 0o600);
    await handle.truncate(Buffer.byteLength(text.slice(0, text.lastIndexOf("\n") + 1)));
    const journal = new FileJournal(file, handle);
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
    await this.handle.close();
  }

  /** One line at a time: a record is whole before the next begins. After a failure none follows. */
  private append(entry: JournalEntry): Promise<void> {
    this.last = this.last.then(async () => {
      await this.handle.appendFile(`${JSON.stringify(entry)}\n`);
      await this.handle.sync();
    });
    return this.last;
  }
}

/** Makes the name of a new file last. Windows and some file systems know no sync of directories. */
async function syncDirectory(file: string): Promise<void> {
  const directory = await open(dirname(file), "r").catch(() => undefined);
  await directory?.sync().catch(() => undefined);
  await directory?.close();
}
