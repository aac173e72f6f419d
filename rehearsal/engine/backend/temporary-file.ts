import { randomUUID } from "node:crypto";
import { readdir, rm } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { errorCode, fileFault } from "./file-fault";

const ENDING = /\.[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\.tmp$/;

/** A new name for what is to replace a file. */
export function temporaryOf(file: string): string {
  return `${file}.${randomUUID()}.tmp`;
}

/**
 * Removes what killed processes have left of the files: temporary ones, told by their names. A process that lives and
 * loses one in this way writes it again.
 */
export async function removeTemporaries(...files: readonly string[]): Promise<void> {
  for (const directory of new Set(files.map((file) => dirname(file)))) {
    const names = new Set(files.map((file) => basename(file)));
    await removeTemporariesIn(directory, (name) => names.has(name));
  }
}

/** Removes what killed processes have left in a directory of the files that are asked for, or of all. */
export async function removeTemporariesIn(
  directory: string,
  isAsked: (name: string) => boolean = () => true,
): Promise<void> {
  try {
    for (const name of await readdir(directory)) {
      if (ENDING.test(name) && isAsked(name.replace(ENDING, ""))) await rm(join(directory, name), { force: true });
    }
  } catch (cause) {
    if (errorCode(cause) !== "ENOENT") throw fileFault("remove", directory, cause);
  }
}
