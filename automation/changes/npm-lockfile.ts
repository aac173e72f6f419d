import { posix } from "node:path";
import { z } from "zod";

const dependencies = z.record(z.string(), z.string()).optional();

/** What decides which code an entry stands for, and what it needs. */
const entry = z.object({
  version: z.string().optional(),
  resolved: z.string().optional(),
  integrity: z.string().optional(),
  link: z.boolean().optional(),
  hasInstallScript: z.boolean().optional(),
  dependencies,
  optionalDependencies: dependencies,
  peerDependencies: dependencies,
});

const lockfile = z.object({
  lockfileVersion: z.union([z.literal(2), z.literal(3)]),
  packages: z.record(z.string(), entry),
});

/** An installed package: where it lies, and what is installed there. */
export type LockEntry = z.infer<typeof entry>;

/** The entries of a `package-lock.json`, by where they are installed: `node_modules/a/node_modules/b`. */
export type NpmLockfile = ReadonlyMap<string, LockEntry>;

/** A package as a file imports it. */
export interface PackageImport {
  readonly name: string;
  /** The folder of the file, from the lockfile's own; empty for that one itself. */
  readonly from: string;
}

/** What a program reaches of a lockfile. */
export interface ReachedPackages {
  readonly entries: NpmLockfile;
  /** Names that are imported and not in the lockfile. */
  readonly missing: readonly string[];
}

/**
 * Reads a `package-lock.json` or `npm-shrinkwrap.json` of version 2 or 3; undefined for anything else.
 * @see https://docs.npmjs.com/cli/configuring-npm/package-lock-json
 */
export function parseNpmLockfile(text: string): NpmLockfile | undefined {
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch {
    return undefined;
  }
  const parsed = lockfile.safeParse(content);
  return parsed.success ? new Map(Object.entries(parsed.data.packages)) : undefined;
}

/** The entries that imports reach, with all that those need in turn, found as Node finds them. */
export function reachedPackages(lock: NpmLockfile, imports: Iterable<PackageImport>): ReachedPackages {
  const entries = new Map<string, LockEntry>();
  const missing = new Set<string>();
  const pending: string[] = [];
  for (const { name, from } of imports) {
    const key = findEntry(lock, from, name);
    if (key === undefined) missing.add(name);
    else pending.push(key);
  }
  for (let key = pending.pop(); key !== undefined; key = pending.pop()) {
    const found = lock.get(key);
    if (found === undefined || entries.has(key)) continue;
    entries.set(key, found);
    // The code of a linked package lies in the folder that it leads to, and so do its own dependencies.
    if (found.link && found.resolved !== undefined) pending.push(posix.normalize(found.resolved));
    const { dependencies: needed, optionalDependencies: optional, peerDependencies: peers } = found;
    for (const name of Object.keys({ ...needed, ...optional, ...peers })) {
      const needs = findEntry(lock, key, name);
      if (needs !== undefined) pending.push(needs);
    }
  }
  return { entries, missing: [...missing].sort() };
}

/** Packages that differ between what is reached of two lockfiles, by name, sorted. */
export function changedPackages(before: NpmLockfile, after: NpmLockfile): string[] {
  const keys = new Set([...before.keys(), ...after.keys()]);
  const changed = [...keys].filter((key) => JSON.stringify(before.get(key)) !== JSON.stringify(after.get(key)));
  return [...new Set(changed.map((key) => nameOf(key)))].sort();
}

/** The entry that a name means in a folder: the nearest `node_modules` on the way up that has it. */
function findEntry(lock: NpmLockfile, from: string, name: string): string | undefined {
  for (let folder = from; ; folder = parentOf(folder)) {
    const key = folder === "" ? `node_modules/${name}` : `${folder}/node_modules/${name}`;
    if (lock.has(key)) return key;
    if (folder === "") return undefined;
  }
}

function parentOf(folder: string): string {
  const parent = posix.dirname(folder);
  return parent === "." ? "" : parent;
}

function nameOf(key: string): string {
  return key.slice(key.lastIndexOf("node_modules/")).replace(/^node_modules\//, "") || key;
}
