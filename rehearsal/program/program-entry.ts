import { existsSync, readFileSync, statSync } from "node:fs";
import { dirname, join, resolve } from "node:path";

/** The file that a program starts with and the kind of module that it is. */
export interface ProgramEntry {
  readonly file: string;
  /** An ES module: the nearest package.json says `"type": "module"`, or the ending does. */
  readonly esm: boolean;
  /** The directory of the nearest package.json, else the file's own. */
  readonly packageRoot: string;
}

interface PackageManifest {
  readonly type?: string;
  readonly main?: string;
  readonly exports?: string | Record<string, string | Record<string, string> | undefined>;
}

/**
 * Finds the entry file of a program as the SDK's `cmd/run` does: a file as it is, a directory by its package.json, else
 * `index.js` or `index.ts` in it. Undefined where there is none.
 */
export function programEntry(main: string, pwd: string): ProgramEntry | undefined {
  const path = resolve(pwd, main);
  const file = [path, `${path}.js`, `${path}.ts`].find(isFile) ?? entryOfDirectory(path);
  if (file === undefined) return undefined;
  const packageRoot = packageRootOf(dirname(file));
  const esm = file.endsWith(".mjs") || file.endsWith(".mts") || (isUnmarked(file) && isModule(packageRoot));
  return { file, esm, packageRoot: packageRoot ?? dirname(file) };
}

function entryOfDirectory(directory: string): string | undefined {
  const { exports, main } = readManifest(directory) ?? {};
  const root = typeof exports === "string" ? exports : exports?.["."];
  const exported = typeof root === "object" ? (root.default ?? root.require ?? root.import) : root;
  const named = exports === undefined ? main : exported;
  const candidates = [named, named && `${named}.js`, named && `${named}/index.js`, "index.js", "index.ts"];
  return candidates.map((name) => name && join(directory, name)).find((path) => path && isFile(path)) || undefined;
}

function isUnmarked(file: string): boolean {
  return !/\.c[jt]s$/.test(file);
}

function isModule(packageRoot: string | undefined): boolean {
  return packageRoot !== undefined && readManifest(packageRoot)?.type === "module";
}

function packageRootOf(directory: string): string | undefined {
  if (isFile(join(directory, "package.json"))) return directory;
  return directory === dirname(directory) ? undefined : packageRootOf(dirname(directory));
}

function readManifest(directory: string): PackageManifest | undefined {
  const path = join(directory, "package.json");
  return existsSync(path) ? (JSON.parse(readFileSync(path, "utf8")) as PackageManifest) : undefined;
}

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() === true;
}
