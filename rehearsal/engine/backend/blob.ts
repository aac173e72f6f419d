import { createHash } from "node:crypto";
import { mkdir, readFile, readdir, rename, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { writeFileDurably } from "./durable-file";
import { errorCode, fileFault } from "./file-fault";

/** The suffix of the sidecar file in which the CLI's storage library keeps a file's attributes. */
const ATTRIBUTES = ".attrs";

/**
 * Writes a file of the state directory, with the sidecar that the CLI writes too. An old sidecar beside new contents would
 * give a wrong checksum, so that it goes first: after a kill between them there is none, which the CLI takes as well.
 * @see https://github.com/google/go-cloud/blob/master/blob/fileblob/attrs.go
 */
export async function writeBlob(file: string, text: string): Promise<void> {
  try {
    await rm(file + ATTRIBUTES, { force: true });
  } catch (cause) {
    throw fileFault("write", file, cause);
  }
  await writeFileDurably(file, text);
  const attributes = {
    "user.cache_control": "",
    "user.content_disposition": "",
    "user.content_encoding": "",
    "user.content_language": "",
    "user.content_type": "text/plain; charset=utf-8",
    "user.metadata": {},
    md5: createHash("md5").update(text).digest("base64"),
  };
  await writeFileDurably(file + ATTRIBUTES, `${JSON.stringify(attributes)}\n`);
}

/** The text of a file of the state directory; undefined where there is none. */
export async function readBlob(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, "utf8");
  } catch (cause) {
    if (errorCode(cause) === "ENOENT") return undefined;
    throw fileFault("read", file, cause);
  }
}

/** Copies a file with its sidecar; the copy appears as a whole. */
export async function copyBlob(from: string, to: string): Promise<void> {
  const text = await readBlob(from);
  if (text !== undefined) await writeBlob(to, text);
}

/** Moves a file with its sidecar, over a file that may be there. */
export async function moveBlob(from: string, to: string): Promise<void> {
  try {
    await mkdir(dirname(to), { recursive: true });
    await rename(from, to);
    await rename(from + ATTRIBUTES, to + ATTRIBUTES).catch(ignoreAbsence);
  } catch (cause) {
    throw fileFault("write", to, cause);
  }
}

/** Removes a file and its sidecar; a file that is not there is no error. */
export async function removeBlob(file: string): Promise<void> {
  try {
    await rm(file, { force: true });
    await rm(file + ATTRIBUTES, { force: true });
  } catch (cause) {
    throw fileFault("remove", file, cause);
  }
}

/** Names of the files of a directory, sorted, without sidecars and temporary files; none where there is no directory. */
export async function listBlobs(directory: string): Promise<string[]> {
  try {
    const entries = await readdir(directory, { withFileTypes: true });
    const names = entries.filter((entry) => entry.isFile()).map((entry) => entry.name);
    return names.filter((name) => !name.endsWith(ATTRIBUTES) && !name.endsWith(".tmp")).sort();
  } catch (cause) {
    if (errorCode(cause) === "ENOENT") return [];
    throw fileFault("list", directory, cause);
  }
}

/** Removes a directory and all that is in it. */
export async function removeDirectory(...parts: string[]): Promise<void> {
  const directory = join(...parts);
  try {
    await rm(directory, { recursive: true, force: true });
  } catch (cause) {
    throw fileFault("remove", directory, cause);
  }
}

function ignoreAbsence(cause: unknown): void {
  if (errorCode(cause) !== "ENOENT") throw cause;
}
