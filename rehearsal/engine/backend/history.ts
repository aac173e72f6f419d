import { join } from "node:path";
import { EngineError } from "../engine-error";
import { copyBlob, listBlobs, moveBlob, readBlob, writeBlob } from "./blob";
import { nanoseconds } from "./nanoseconds";
import type { StackReference } from "./stack-reference";
import type { StateDirectory } from "./state-directory";

/** A configuration value as the CLI stores it: text, `{ secure: <ciphertext> }`, or a structure with such in it. */
export type StoredConfig = Record<string, unknown>;

/** An entry of the history as it lies on disk (`backend.UpdateInfo` of the CLI). */
export interface HistoryEntry {
  version: number;
  kind: string;
  /** Unix time in seconds. */
  startTime: number;
  message: string;
  environment: Record<string, string>;
  config: StoredConfig;
  result: string;
  endTime: number;
  resourceChanges?: Record<string, number>;
}

/** Adds an entry, with a copy of the checkpoint beside it. */
export async function addHistory(directory: StateDirectory, stack: StackReference, entry: HistoryEntry): Promise<void> {
  const prefix = join(directory.historyDirectory(stack), `${stack.name}-${nanoseconds()}`);
  await writeBlob(`${prefix}.history.json`, JSON.stringify(entry));
  await copyBlob(directory.stackFile(stack), `${prefix}.checkpoint.json`);
}

/** Copies the checkpoint to the stack's backups, as the CLI does after each operation. */
export async function addBackup(directory: StateDirectory, stack: StackReference): Promise<void> {
  const file = join(directory.backupDirectory(stack), `${stack.name}.${nanoseconds()}.json`);
  await copyBlob(directory.stackFile(stack), file);
}

/** Entries of a stack's history, newest first: a page of them (from 1), or all where `pageSize` is 0. */
export async function readHistory(
  directory: StateDirectory,
  stack: StackReference,
  pageSize = 0,
  page = 1,
): Promise<HistoryEntry[]> {
  const folder = directory.historyDirectory(stack);
  const files = (await listBlobs(folder)).filter((name) => name.endsWith(".history.json")).reverse();
  const start = pageSize > 0 ? (Math.max(page, 1) - 1) * pageSize : 0;
  const wanted = pageSize > 0 ? files.slice(start, start + pageSize) : files;
  return await Promise.all(wanted.map((name) => readEntry(join(folder, name))));
}

/** Gives the history of a stack to the stack that it was renamed to. */
export async function moveHistory(directory: StateDirectory, from: StackReference, to: StackReference): Promise<void> {
  const folder = directory.historyDirectory(from);
  for (const name of await listBlobs(folder)) {
    const dash = name.lastIndexOf("-");
    if (name.slice(0, dash) !== from.name) continue;
    const target = join(directory.historyDirectory(to), `${to.name}${name.slice(dash)}`);
    await moveBlob(join(folder, name), target);
  }
}

async function readEntry(file: string): Promise<HistoryEntry> {
  try {
    return JSON.parse((await readBlob(file)) ?? "") as HistoryEntry;
  } catch (cause) {
    if (cause instanceof EngineError) throw cause;
    throw new EngineError(`reading history file ${file}: it is not JSON; remove it to see the rest of the history`, 1, {
      cause,
    });
  }
}
