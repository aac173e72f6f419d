import { constants } from "node:fs";
import { open, readFile, stat, truncate, type FileHandle } from "node:fs/promises";
import { crc32 } from "node:zlib";
import { EngineError } from "../engine-error";
import type { DeploymentFile } from "../state/deployment-file";
import { removeBlob } from "./blob";
import { syncDirectory } from "./durable-file";
import { errorCode, fileFault } from "./file-fault";
import type { ChangeStart, StateChange } from "./state-change";

/** The first line of a journal: what it extends. */
export interface JournalHeader extends ChangeStart {
  readonly journal: 1;
  /** SHA-256 of the checkpoint's text. */
  readonly checkpoint: string;
  readonly secretsProvider: NonNullable<DeploymentFile["secrets_providers"]>;
}

/** A journal as it lies on disk. */
export interface JournalContent {
  /** Undefined where even the first line was cut: nobody was told that anything was written. */
  readonly header: JournalHeader | undefined;
  readonly changes: readonly StateChange[];
  /** SHA-256 of the checkpoint that holds all changes, once that was about to be written. */
  readonly foldedInto: string | undefined;
  /** How many bytes are whole lines. */
  readonly bytes: number;
}

/** The journal of a checkpoint: a file beside it, whose ending keeps the CLI from taking it for a stack. */
export function journalFile(checkpointFile: string): string {
  return `${checkpointFile}.journal`;
}

/**
 * Changes of a state that its checkpoint does not hold yet, one JSON line each behind a checksum. A line that was cut by
 * a crash is recognised, and left out: nobody was told that it was written.
 */
export class StateJournal {
  private constructor(
    readonly file: string,
    private readonly handle: FileHandle,
    private size: number,
  ) {}

  /** Begins a journal beside the checkpoint, readable by whom the checkpoint is; the first append makes it last. */
  static async create(checkpointFile: string): Promise<StateJournal> {
    const file = journalFile(checkpointFile);
    try {
      const { mode } = await stat(checkpointFile);
      // What has been there was folded in or set aside when the lock was taken.
      // Appending: after a write that was cut and taken back, the next one begins at the end, not where that ended.
      const flags = constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL | constants.O_APPEND;
      const handle = await open(file, flags, mode & 0o777);
      await syncDirectory(file);
      return new StateJournal(file, handle, 0);
    } catch (cause) {
      throw fileFault("write", file, cause);
    }
  }

  /** Adds lines; resolves when they are safely on disk. Where that fails the file is as it was before. */
  async append(values: readonly (JournalHeader | StateChange | { folded: string })[]): Promise<void> {
    const bytes = Buffer.from(values.map(lineOf).join(""));
    await this.requireOwn();
    try {
      await this.handle.appendFile(bytes);
      await this.handle.datasync();
      this.size += bytes.length;
    } catch (cause) {
      await this.handle.truncate(this.size).catch(() => undefined);
      throw fileFault("write", this.file, cause);
    }
  }

  /** Removes the file: the checkpoint holds everything. */
  async remove(): Promise<void> {
    await this.close();
    await removeBlob(this.file);
  }

  async close(): Promise<void> {
    await this.handle.close();
  }

  /** Throws where someone took the stack over in spite of the lock: what is written now would be lost. */
  private async requireOwn(): Promise<void> {
    const [own, named] = await Promise.all([this.handle.stat(), stat(this.file).catch(() => undefined)]);
    if (named?.ino === own.ino && named.size === this.size) return;
    throw new EngineError(
      `${this.file} was changed by something else while this process held the stack, so nothing more is written: ` +
        "end the other process, refresh the stack, then run again",
    );
  }
}

/** Reads the journal beside a checkpoint; undefined where there is none. Throws EngineError for one that is damaged. */
export async function readJournal(checkpointFile: string): Promise<JournalContent | undefined> {
  const file = journalFile(checkpointFile);
  let bytes: Buffer;
  try {
    bytes = await readFile(file);
  } catch (cause) {
    if (errorCode(cause) === "ENOENT") return undefined;
    throw fileFault("read", file, cause);
  }
  return parseJournal(bytes, file);
}

/** Marks a journal that a dead process left as held by the checkpoint that is about to be written. */
export async function markFolded(checkpointFile: string, { bytes }: JournalContent, digest: string): Promise<void> {
  const file = journalFile(checkpointFile);
  try {
    await truncate(file, bytes);
    const handle = await open(file, "a");
    try {
      await handle.appendFile(lineOf({ folded: digest }));
      await handle.datasync();
    } finally {
      await handle.close();
    }
  } catch (cause) {
    throw fileFault("write", file, cause);
  }
}

/** Reads the text of a journal, up to a last line that was cut. */
export function parseJournal(bytes: Buffer, file: string): JournalContent {
  let header: JournalHeader | undefined;
  let foldedInto: string | undefined;
  const changes: StateChange[] = [];
  let position = 0;
  for (let number = 1; position < bytes.length; number++) {
    const end = bytes.indexOf("\n", position);
    const value = end < 0 ? undefined : valueOf(bytes.subarray(position, end).toString());
    if (value === undefined) {
      if (end >= 0 && followedByLine(bytes, end + 1)) throw damaged(file, number);
      break;
    }
    if (number === 1) {
      header = value as JournalHeader;
      if (header.journal !== 1) throw damaged(file, number);
    } else if ("folded" in value) foldedInto = (value as { folded: string }).folded;
    else changes.push(value as StateChange);
    position = end + 1;
  }
  return { header, changes, foldedInto, bytes: position };
}

/** Whether a whole line comes later: then the bad one was not cut by a crash. */
function followedByLine(bytes: Buffer, from: number): boolean {
  const lines = bytes.subarray(from).toString().split("\n").slice(0, -1);
  return lines.some((line) => valueOf(line) !== undefined);
}

function lineOf(value: object): string {
  const text = JSON.stringify(value);
  return `${crc32(text).toString(16).padStart(8, "0")} ${text}\n`;
}

function valueOf(line: string): object | undefined {
  const text = line.slice(9);
  if (line[8] !== " " || crc32(text).toString(16).padStart(8, "0") !== line.slice(0, 8)) return undefined;
  return JSON.parse(text) as object;
}

function damaged(file: string, line: number): EngineError {
  return new EngineError(
    `the journal ${file} is damaged: line ${line} is not what was written; nothing was changed: ` +
      "it holds what an interrupted operation did after the checkpoint beside it; restore it, or move it away to go on " +
      "from the checkpoint alone, and refresh the stack then",
  );
}
