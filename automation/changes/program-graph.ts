import { posix } from "node:path";
import type { Message, Metafile } from "esbuild";
import type { PackageImport } from "./npm-lockfile";

/** What a program is made of, as its imports tell it. Paths are those from the workspace's root, with `/`. */
export interface ProgramGraph {
  /** Every file that the program imports, itself or through others. */
  readonly files: ReadonlySet<string>;
  /** Packages that are imported, with the folder of who imports them. */
  readonly packages: readonly PackageImport[];
  /** Where an import would have found a source file that is not there now. */
  readonly places: ImportPlaces;
  /** Why more may belong to the program than its imports tell. */
  readonly partial?: string;
}

/** Places at which imports look for source files, without their endings. */
export interface ImportPlaces {
  readonly paths: ReadonlySet<string>;
  /** Why an import may look anywhere. */
  readonly anywhere?: string;
}

/** Endings of the files that an import finds as source. */
export const SOURCE_FILE = /\.[cm]?[jt]sx?$/;

/**
 * Warnings after which a program may read what its imports do not tell.
 * @see https://esbuild.github.io/api/#non-analyzable-imports
 */
export const OBSTACLES: Readonly<Record<string, string>> = {
  "unsupported-require-call": "requires a module whose name is computed",
  "unsupported-dynamic-import": "imports a module whose name is computed",
  "indirect-require": "hands `require` on",
  "require-resolve-not-external": "asks for the place of a module with `require.resolve`",
};

/** The graph of one entry of a build, whose paths are those from the workspace's root. */
export function programGraph(entry: string, inputs: Metafile["inputs"], warnings: readonly Message[]): ProgramGraph {
  const files = new Set<string>();
  const packages = new Map<string, PackageImport>();
  const paths = new Set<string>([sourcePath(entry)]);
  let anywhere: string | undefined;
  const pending = [entry];
  for (let file = pending.pop(); file !== undefined; file = pending.pop()) {
    const input = inputs[file];
    if (input === undefined || files.has(file)) continue;
    files.add(file);
    const from = folderOf(file);
    for (const { path, external, original = path } of input.imports) {
      if (external) {
        const name = packageName(original);
        if (name !== undefined) packages.set(`${from}\n${name}`, { name, from });
        continue;
      }
      pending.push(path);
      const looked = lookedAt(from, original, path);
      if (looked === undefined) anywhere ??= `${file} imports ${original}`;
      else for (const place of looked) paths.add(place);
    }
  }
  const obstacle = warnings.find(
    ({ id, location }) => id in OBSTACLES && location !== null && files.has(location.file),
  );
  const partial = obstacle && `${obstacle.location?.file}:${obstacle.location?.line} ${OBSTACLES[obstacle.id]}`;
  return { files, packages: [...packages.values()], places: { paths, anywhere }, ...(partial ? { partial } : {}) };
}

/** Whether a source file, were it there, might be what an import of a program finds. */
export function isImportPlace({ paths, anywhere }: ImportPlaces, file: string): boolean {
  return anywhere !== undefined || paths.has(sourcePath(file));
}

/**
 * The places that an import looks at, without endings and without `index`; undefined where that cannot be told: for
 * aliases, packages of the workspace, folders with a `main` of their own and patterns.
 */
function lookedAt(from: string, original: string, found: string): string[] | undefined {
  if (!/^\.{1,2}(?:\/|$)/.test(original) || original.includes("*")) return undefined;
  const target = posix.join(from === "" ? "." : from, original);
  const places = [sourcePath(target), target.replace(/\/$/, "")];
  return places.includes(sourcePath(found)) || target === found ? places : undefined;
}

/** A file without its ending, and a folder's index as the folder: what may take each other's place has the same. */
function sourcePath(file: string): string {
  const path = file.replace(SOURCE_FILE, "").replace(/\/$/, "");
  return path === "index" ? "." : path.replace(/\/index$/, "");
}

/** The package of an import; undefined for Node's own modules. */
function packageName(specifier: string): string | undefined {
  if (/^(?:node:|[./])/.test(specifier)) return undefined;
  const [first = "", second] = specifier.split("/");
  return first.startsWith("@") && second !== undefined ? `${first}/${second}` : first;
}

function folderOf(file: string): string {
  const folder = posix.dirname(file);
  return folder === "." ? "" : folder;
}
