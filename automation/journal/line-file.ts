import { open, type FileHandle } from "node:fs/promises";
import { dirname } from "node:path";

/** A file of JSON lines; each is synced to the disk before work goes on. */
export class LineFile {
  private last: Promise<void> = Promise.resolve();

  private constructor(private readonly handle: FileHandle) {}

  /** Makes a file that must not be there yet. */
  static async create(file: string, first: unknown): Promise<LineFile> {
    const lines = new LineFile(await open(file, "ax", 0o600));
    await lines.append(first);
    await syncDirectory(file);
    return lines;
  }

  /** Goes on with a file whose text is known, or makes it; what a crash cut off its last line is dropped. */
  static async resume(file: string, text: string): Promise<LineFile> {
    const handle = await open(file, "a", 0o600);
    await handle.truncate(Buffer.byteLength(text.slice(0, text.lastIndexOf("\n") + 1)));
    if (text === "") await syncDirectory(file);
    return new LineFile(handle);
  }

  /** One line at a time: a record is whole before the next begins. After a failure none follows. */
  append(entry: unknown): Promise<void> {
    this.last = this.last.then(async () => {
      await this.handle.appendFile(`${JSON.stringify(entry)}\n`);
      await this.handle.sync();
    });
    return this.last;
  }

  close(): Promise<void> {
    return this.handle.close();
  }
}

/** Makes the name of a new file last. Windows and some file systems know no sync of directories. */
async function syncDirectory(file: string): Promise<void> {
  const directory = await open(dirname(file), "r").catch(() => undefined);
  await directory?.sync().catch(() => undefined);
  await directory?.close();
}
