import { createHash } from "node:crypto";
import { lstat, readdir, readFile, stat } from "node:fs/promises";
import { join, posix, resolve } from "node:path";
import { isMap, signatureOf, SIGNATURES, type PropertyMap } from "./property-value";
import { tarEnd, tarEntry } from "./tar-entry";

/** Directory that the CLI never packs. */
const BOOKKEEPING = ".pulumi";
/** Files that are archives already, by their names. */
const PACKED = /\.(?:tar|tgz|tar\.gz|zip|jar)$/;

/** What a packed file is called, and what it holds. */
interface Entry {
  readonly name: string;
  readonly contents: Buffer;
}

/**
 * The hash of an archive: of the file where it is one, else of the POSIX tar that its contents make, so that it equals
 * the one that the CLI computes. Paths are relative to `directory`. Throws an Error for what cannot be read.
 */
export async function archiveHash(archive: PropertyMap, directory: string): Promise<string> {
  const hash = createHash("sha256");
  const { path } = archive;
  if (typeof path === "string" && PACKED.test(path))
    return hash.update(await read(resolve(directory, path))).digest("hex");
  const seen = new Set<string>();
  for (const { name, contents } of await entriesOf(archive, directory)) {
    if (seen.has(name)) continue;
    seen.add(name);
    for (const part of tarEntry(name, contents)) hash.update(part);
  }
  return hash.update(tarEnd()).digest("hex");
}

/** The contents of an asset. Throws an Error for a file that cannot be read, and for an address: nothing is fetched. */
export async function assetContents(asset: PropertyMap, directory: string): Promise<Buffer> {
  const { path, uri, text } = asset;
  if (typeof path === "string" && path !== "") return read(resolve(directory, path));
  if (typeof uri === "string" && uri !== "") throw unfetched(uri);
  return Buffer.from(typeof text === "string" ? text : "");
}

async function entriesOf({ path, uri, assets }: PropertyMap, directory: string): Promise<Entry[]> {
  if (typeof path === "string" && path !== "") return entriesOfPath(resolve(directory, path));
  if (typeof uri === "string" && uri !== "") throw unfetched(uri);
  if (!isMap(assets)) return [];
  const names = Object.keys(assets).sort(byBytes);
  const nested = await Promise.all(names.map((name) => entriesOfAsset(name, assets[name] as PropertyMap, directory)));
  return nested.flat();
}

async function entriesOfPath(folder: string): Promise<Entry[]> {
  if (PACKED.test(folder)) {
    throw new Error(`archive ${folder} is within another: the embedded engine does not unpack it; use its directory`);
  }
  const found = await lstat(folder).catch((error: unknown) => {
    throw new Error(`couldn't read archive path '${folder}': ${faultOf(error, "stat", folder)}`, { cause: error });
  });
  // The CLI does not follow a link to a directory, not even here: such an archive is empty.
  if (found.isSymbolicLink() && (await stat(folder)).isDirectory()) return [];
  if (!found.isDirectory()) throw new Error(`'${folder}' is neither a recognized archive type nor a directory`);
  return filesBelow(folder, "");
}

async function entriesOfAsset(name: string, asset: PropertyMap, directory: string): Promise<Entry[]> {
  if (signatureOf(asset) !== SIGNATURES.archive) return [{ name, contents: await assetContents(asset, directory) }];
  const inner = await entriesOf(asset, directory);
  return inner.map((entry) => ({ ...entry, name: posix.join(name, entry.name) }));
}

async function filesBelow(root: string, folder: string): Promise<Entry[]> {
  const names = (await readdir(join(root, folder))).sort(byBytes);
  const nested = await Promise.all(
    names.map(async (name): Promise<Entry[]> => {
      if (name === BOOKKEEPING) return [];
      const path = posix.join(folder, name);
      const file = join(root, path);
      if ((await lstat(file)).isDirectory()) return filesBelow(root, path);
      if ((await stat(file)).isDirectory()) return [];
      return [{ name: path, contents: await readFile(file) }];
    }),
  );
  return nested.flat();
}

async function read(file: string): Promise<Buffer> {
  try {
    return await readFile(file);
  } catch (error) {
    throw new Error(`failed to open asset file '${file}': ${faultOf(error, "open", file)}`, { cause: error });
  }
}

/** What went wrong with a file, in the words of the CLI where they matter most. */
function faultOf(error: unknown, call: string, file: string): string {
  const { code } = error as NodeJS.ErrnoException;
  if (code === "EISDIR") return "it is a directory; use an archive";
  return code === "ENOENT" ? `${call} ${file}: no such file or directory` : String(error);
}

function unfetched(uri: string): Error {
  return new Error(`asset at ${uri}: the embedded engine fetches nothing; use a file or text, or the real CLI`);
}

/** The order of Go's strings, in which the CLI packs. */
function byBytes(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a), Buffer.from(b));
}
