import { mkdir, readFile, stat } from "node:fs/promises";
import { dirname } from "node:path";
import { writeFileDurably } from "../../engine/backend/durable-file";
import { removeTemporaries } from "../../engine/backend/temporary-file";
import { CloudError } from "../cloud-error";
import type { CloudChange } from "../cloud-resource";
import { ChangeJournal, type JournalEntry } from "./change-journal";
import type { CloudDocument } from "./cloud-document";
import { parseCloudDocument } from "./cloud-document";
import { lockDocument } from "./document-lock";

/**
 * Keeps the simulated cloud in one JSON document. While it is open, changes go to a journal beside the document; they
 * are folded into the document, which is replaced atomically, when it is closed, or opened again after a crash.
 */
export class DocumentStore {
  private constructor(
    readonly file: string,
    /** The document as it was when it was opened; undefined where there was none. */
    readonly document: CloudDocument | undefined,
    /** Changes that came after the document, left by a process that died. */
    readonly pending: readonly JournalEntry[],
    /** A journal lies beside the document: it must be folded in before the first change. */
    readonly leftBehind: boolean,
    private sequence: number,
    private readonly journal: ChangeJournal,
    private fingerprint: string | undefined,
    private readonly unlock: () => Promise<void>,
  ) {}

  /** Locks and reads the document. Throws CloudError where it is damaged or in use, and changes nothing then. */
  static async open(file: string): Promise<DocumentStore> {
    await mkdir(dirname(file), { recursive: true });
    const unlock = await lockDocument(file);
    try {
      await removeTemporaries(file);
      const before = await fingerprintOf(file);
      const document = before === undefined ? undefined : parseCloudDocument(file, await readFile(file, "utf8"));
      const journal = new ChangeJournal(`${file}.journal`);
      const folded = document?.sequence ?? 0;
      const pending = (await journal.read()).filter((entry) => entry.sequence > folded);
      const leftBehind = await journal.exists();
      const sequence = pending.at(-1)?.sequence ?? folded;
      return new DocumentStore(file, document, pending, leftBehind, sequence, journal, before, unlock);
    } catch (error) {
      await unlock();
      throw error;
    }
  }

  /** Records a change; resolves when it is safely on disk. */
  append(change: CloudChange): Promise<void> {
    return this.journal.append({ sequence: ++this.sequence, ...change });
  }

  /** Whether changes lie in the journal that the document does not have. */
  changed(): Promise<boolean> {
    return this.journal.exists();
  }

  /** Replaces the document by one that holds every change so far, and empties the journal. */
  async fold(content: Pick<CloudDocument, "seed" | "resources">): Promise<void> {
    await this.journal.close();
    if ((await fingerprintOf(this.file)) !== this.fingerprint) {
      throw new CloudError(
        `${this.file} was changed by something else while this process used it and is left as it is; ` +
          `the changes of this process are in ${this.journal.file}`,
      );
    }
    const document: CloudDocument = { version: 1, sequence: this.sequence, ...content };
    await writeFileDurably(this.file, `${JSON.stringify(document, null, 2)}\n`);
    this.fingerprint = await fingerprintOf(this.file);
    await this.journal.remove();
  }

  /** Lets other processes use the document. */
  async close(): Promise<void> {
    await this.journal.close();
    await this.unlock();
  }
}

async function fingerprintOf(file: string): Promise<string | undefined> {
  try {
    const { ino, size, mtimeMs } = await stat(file);
    return `${ino} ${size} ${mtimeMs}`;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
}
