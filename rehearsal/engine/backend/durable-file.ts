import { mkdir, open, rename, rm } from "node:fs/promises";
import { dirname } from "node:path";
import { errorCode, fileFault } from "./file-fault";
import { temporaryOf } from "./temporary-file";

const UNSUPPORTED: ReadonlySet<string> = new Set(["EISDIR", "EPERM", "EACCES", "EINVAL", "ENOTSUP"]);

/** How often a file is written whose temporary file goes away. */
const ATTEMPTS = 3;

/**
 * Replaces a file's contents as a whole: a temporary file in the same directory is written, synced and renamed, so that
 * a reader, or a crash at any moment, sees the old contents or the new ones.
 *
 * `FileHandle.writeFile` goes on after a short write, and so meets the error of a full disk; write-file-atomic 7 ignores
 * how much was written, and would put a truncated file in place.
 */
export async function writeFileDurably(file: string, text: string, mode = 0o644): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    const temporary = temporaryOf(file);
    try {
      const handle = await openInDirectory(temporary, mode);
      try {
        await handle.writeFile(text);
        await handle.sync();
      } finally {
        await handle.close();
      }
      await rename(temporary, file);
      await syncDirectory(file);
      return;
    } catch (cause) {
      // Whoever removes what killed processes have left may take away what has no file yet: it is written again.
      if (errorCode(cause) === "ENOENT" && attempt < ATTEMPTS) continue;
      await rm(temporary, { force: true }).catch(() => undefined);
      throw fileFault("write", file, cause);
    }
  }
}

/** Makes the name of a file last: a file that was synced is still lost with a directory entry that was not. */
export async function syncDirectory(file: string): Promise<void> {
  try {
    const handle = await open(dirname(file), "r");
    try {
      await handle.sync();
    } finally {
      await handle.close();
    }
  } catch (cause) {
    // Some systems and file systems know no sync of directories.
    if (!UNSUPPORTED.has(errorCode(cause) ?? "")) throw cause;
  }
}

/** Directories are there almost always: they are made only when opening fails for want of them. */
async function openInDirectory(file: string, mode: number) {
  try {
    return await open(file, "wx", mode);
  } catch (cause) {
    if (errorCode(cause) !== "ENOENT") throw cause;
    await mkdir(dirname(file), { recursive: true });
    return await open(file, "wx", mode);
  }
}
