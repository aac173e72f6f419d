import { mkdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { LineFile } from "../journal/line-file";
import type { ReleaseEntry } from "./release-entry";
import { afterEntry, readRelease, type ReleaseRecord } from "./release-record";

type Unstamped<T> = T extends unknown ? Omit<T, "at"> : never;

/** What is recorded of a release; the time is added. */
export type NewReleaseEntry = Unstamped<ReleaseEntry>;

/** Keeps what becomes of an endpoint's releases. */
export interface ReleaseJournal {
  /** The last release. */
  readonly record: ReleaseRecord | undefined;
  /** Answers when the entry will survive a crash of the machine. */
  add(entry: NewReleaseEntry): Promise<void>;
}

/** A journal of releases in a file of JSON lines, one an endpoint. */
export class FileReleaseJournal implements ReleaseJournal {
  private constructor(
    private readonly lines: LineFile,
    private current: ReleaseRecord | undefined,
    private readonly clock: () => Date,
  ) {}

  /** Opens the journal of an endpoint in a directory, which is made when it is not there. */
  static async open(directory: string, endpoint: string, clock: () => Date): Promise<FileReleaseJournal> {
    await mkdir(directory, { recursive: true, mode: 0o700 });
    const file = releaseFile(directory, endpoint);
    const text = await readText(file);
    const record = readRelease(text, file);
    return new FileReleaseJournal(await LineFile.resume(file, text), record, clock);
  }

  /** The last release of an endpoint, without opening its journal for more. */
  static async read(directory: string, endpoint: string): Promise<ReleaseRecord | undefined> {
    const file = releaseFile(directory, endpoint);
    return readRelease(await readText(file), file);
  }

  get record(): ReleaseRecord | undefined {
    return this.current;
  }

  async add(entry: NewReleaseEntry): Promise<void> {
    const stamped: ReleaseEntry = { ...entry, at: this.clock().toISOString() };
    await this.lines.append(stamped);
    this.current = afterEntry(this.current, stamped);
  }

  close(): Promise<void> {
    return this.lines.close();
  }
}

function releaseFile(directory: string, endpoint: string): string {
  return join(directory, `${endpoint}.jsonl`);
}

function readText(file: string): Promise<string> {
  return readFile(file, "utf8").catch((fault: NodeJS.ErrnoException) => {
    if (fault.code === "ENOENT") return "";
    throw fault;
  });
}
