import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, parse, relative, sep } from "node:path";
import type { Metafile } from "esbuild";
import type { InputPaths } from "./input-record";

/** Files beside the program that decide what its imports mean. */
const RESOLUTION_FILES = ["package.json", "tsconfig.json", "package-lock.json", "npm-shrinkwrap.json"];

/**
 * Everything whose change may change a bundle: each file that esbuild read, the manifests that it resolved through, the
 * directories in which a new file or package would take the place of one that was found, and, above the project, the
 * places where one would.
 */
export function bundleInputs(projectDir: string, metafile: Metafile): InputPaths {
  const files = new Set<string>();
  const directories = new Set<string>();
  const absent = new Set<string>();
  for (const input of Object.keys(metafile.inputs)) {
    if (/^(?:<|\(|[\w-]{2,}:)/.test(input)) continue; // the entry, a disabled module, or made by a plugin
    const file = join(projectDir, input);
    files.add(file);
    for (const directory of enclosingDirectories(projectDir, file)) directories.add(directory);
  }
  for (const directory of [...directories]) {
    for (const name of RESOLUTION_FILES) addIfFile(files, join(directory, name));
    for (const packages of packageDirectories(directory)) directories.add(packages);
  }
  for (const directory of ancestors(projectDir)) {
    for (const name of [...RESOLUTION_FILES, "node_modules"]) {
      const path = join(directory, name);
      if (!existsSync(path)) absent.add(path);
      else if (name !== "node_modules") files.add(path);
    }
    for (const packages of packageDirectories(directory)) directories.add(packages);
  }
  for (const file of [...files]) if (file.endsWith("tsconfig.json")) addExtended(files, file);
  return { files, directories, absent };
}

/** The directories from a file up to its package's root or the project's, and no further. */
function enclosingDirectories(projectDir: string, file: string): string[] {
  const found: string[] = [];
  const inProject = !relative(projectDir, file).startsWith("..") && !file.includes(`${sep}node_modules${sep}`);
  for (let directory = dirname(file); directory !== parse(directory).root; directory = dirname(directory)) {
    found.push(directory);
    if (inProject ? directory === projectDir : existsSync(join(directory, "package.json"))) break;
    if (directory.endsWith(`${sep}node_modules`)) break;
  }
  return found;
}

/** `node_modules` of a directory and the scopes in it, where there is one. */
function packageDirectories(directory: string): string[] {
  const packages = join(directory, "node_modules");
  if (!statSync(packages, { throwIfNoEntry: false })?.isDirectory()) return [];
  const scopes = readdirSync(packages).filter((name) => name.startsWith("@"));
  return [packages, ...scopes.map((scope) => join(packages, scope))];
}

/** The directories above a directory, nearest first. */
function ancestors(directory: string): string[] {
  const above = dirname(directory);
  return above === directory ? [] : [above, ...ancestors(above)];
}

function addIfFile(files: Set<string>, path: string): void {
  if (statSync(path, { throwIfNoEntry: false })?.isFile()) files.add(path);
}

/** The configurations that a tsconfig.json extends, by a relative path or from a package. */
function addExtended(files: Set<string>, tsconfig: string): void {
  const [, value] = /"extends"\s*:\s*("[^"]*"|\[[^\]]*\])/.exec(readFileSync(tsconfig, "utf8")) ?? [];
  for (const [, specifier] of (value ?? "").matchAll(/"([^"]*)"/g)) {
    const extended = resolveExtended(tsconfig, specifier ?? "");
    if (extended === undefined || files.has(extended)) continue;
    files.add(extended);
    addExtended(files, extended);
  }
}

function resolveExtended(tsconfig: string, specifier: string): string | undefined {
  const resolve = createRequire(tsconfig).resolve;
  for (const candidate of [specifier, `${specifier}.json`, `${specifier}/tsconfig.json`]) {
    try {
      const found = resolve(candidate);
      if (found.endsWith(".json")) return found;
    } catch {
      // Not there under this name: esbuild tries the next one as well.
    }
  }
  return undefined;
}
