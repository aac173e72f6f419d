import type { FileHandle } from "node:fs/promises";
import { open, readFile, rm, stat } from "node:fs/promises";
import { setImmediate } from "node:timers/promises";
import { messageOf } from "../../message-of";
import { CloudError } from "../cloud-error";
import type { CloudChange } from "../cloud-resource";
import { damaged, isResource } from "./cloud-document";

/** A line of the journal. */
export interface JournalEntry extends CloudChange {
  readonly sequence: number;
}

interface Batch {
  readonly lines: string[];
  readonly written: Promise<void>;
}

/**
 * Changes that are not part of the document yet, one JSON line each, in `<document>.journal`. Changes that come while a
 * write runs go together into the next one, and each waits for the write that holds it: n changes cost n lines, never n
 * documents.
 */
export class ChangeJournal {
  private handle: FileHandle | undefined;
  private size = 0;
  private next: Batch | undefined;
  private running: Promise<void> = Promise.resolve();
  private failure: unknown;

  constructor(readonly file: string) {}

  /** Whether there is a journal, once what was appended is written. Throws what a write has failed with. */
  async exists(): Promise<boolean> {
    await this.running;
    if (this.failure !== undefined) throw this.refusal();
    return (await stat(this.file).catch(() => undefined)) !== undefined;
  }

  /** The entries on disk. A last line that was cut while it was written is left out: nobody was told that it happened. */
  async read(): Promise<JournalEntry[]> {
    const text = await readFile(this.file, "utf8").catch((error: NodeJS.ErrnoException) => {
      if (error.code === "ENOENT") return "";
      throw error;
    });
    const lines = text.split("\n");
    const tail = lines.pop();
    const entries = lines.map((line, i) => this.parse(line, i + 1));
    const complete = tail ? tryParse(tail) : undefined;
    return complete ? [...entries, complete] : entries;
  }

  /** Adds an entry; resolves when it is safely on disk. After a failed write every further one fails. */
  append(entry: JournalEntry): Promise<void> {
    if (this.next === undefined) {
      const lines: string[] = [];
      const written = this.running.then(() => this.write(lines));
      this.next = { lines, written };
      this.running = written.catch(() => undefined);
    }
    this.next.lines.push(`${JSON.stringify(entry)}\n`);
    return this.next.written;
  }

  /** Waits for what was appended, then closes the file. */
  async close(): Promise<void> {
    await this.running;
    await this.handle?.close();
    this.handle = undefined;
  }

  /** Removes the file: its entries are part of the document now. */
  async remove(): Promise<void> {
    await this.close();
    await rm(this.file, { force: true });
    this.size = 0;
  }

  private async write(lines: string[]): Promise<void> {
    await setImmediate();
    this.next = undefined;
    if (this.failure !== undefined) throw this.refusal();
    try {
      const bytes = Buffer.from(lines.join(""));
      const handle = await this.opened();
      await handle.appendFile(bytes);
      await handle.datasync();
      this.size += bytes.length;
    } catch (error) {
      this.failure = error;
      throw error;
    }
  }

  private refusal(): CloudError {
    const reason = messageOf(this.failure);
    return new CloudError(`a change of the simulated cloud could not be written to ${this.file}: ${reason}`, {
      cause: this.failure,
    });
  }

  private async opened(): Promise<FileHandle> {
    if (this.handle === undefined) return (this.handle = await open(this.file, "ax"));
    const [own, named] = await Promise.all([this.handle.stat(), stat(this.file).catch(() => undefined)]);
    if (named === undefined || named.ino !== own.ino || named.size !== this.size) {
      throw new CloudError(
        `${this.file} was changed by something else while this process used it; nothing more is written: ` +
          "end the other process, then run again",
      );
    }
    return this.handle;
  }

  private parse(line: string, number: number): JournalEntry {
    const entry = tryParse(line);
    if (entry === undefined) throw damaged(this.file, `line ${number} is no change`);
    return entry;
  }
}

function tryParse(line: string): JournalEntry | undefined {
  try {
    const entry = JSON.parse(line) as JournalEntry | null;
    const valid = Number.isSafeInteger(entry?.sequence) && (entry?.put ?? []).every(isResource);
    return valid ? (entry as JournalEntry) : undefined;
  } catch {
    return undefined;
  }
}
