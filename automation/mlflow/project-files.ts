import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { readdir, realpath, stat } from "node:fs/promises";
import { join, relative, sep } from "node:path";
import { pipeline } from "node:stream/promises";
import { AutomationError } from "../errors";
import { MLPROJECT } from "./mlproject-file";

/** A file of a project on this machine. */
export interface ProjectFile {
  /** Below the project's folder, with `/`. */
  readonly path: string;
  readonly size: number;
  /** SHA-256 of its content, in hexadecimal. */
  readonly sha256: string;
}

/** What is made on the way and belongs to nobody's project. */
const LEFT_OUT = new Set([".git", ".venv", "__pycache__", ".ipynb_checkpoints", "mlruns", "mlartifacts", ".DS_Store"]);

/** More than a project has; a wrong folder has it soon. */
const MAX_FILES = 10_000;

/**
 * The files of a project, in the order of their paths. Throws a usage error where the folder is no project, or where a
 * link leads out of it.
 */
export async function projectFiles(directory: string): Promise<readonly ProjectFile[]> {
  const root = await rootOf(directory);
  const paths = await pathsBelow(root, root);
  if (!paths.some((path) => path.toLowerCase() === MLPROJECT.toLowerCase())) {
    throw new AutomationError("usage", `${directory} has no file ${MLPROJECT}`, {
      hint: "name the folder of a project, see https://mlflow.org/docs/latest/ml/projects/",
    });
  }
  const files: ProjectFile[] = [];
  for (const path of paths.sort()) {
    const file = join(root, path);
    files.push({ path, size: (await stat(file)).size, sha256: await digestOf(file) });
  }
  return files;
}

async function rootOf(directory: string): Promise<string> {
  const found = await stat(directory).catch(() => undefined);
  if (found?.isDirectory()) return realpath(directory);
  throw new AutomationError("usage", `${directory} is no folder`, { hint: "name the folder of a project" });
}

async function pathsBelow(root: string, directory: string): Promise<string[]> {
  const paths: string[] = [];
  for (const entry of await readdir(directory, { withFileTypes: true })) {
    if (LEFT_OUT.has(entry.name)) continue;
    const path = join(directory, entry.name);
    const named = relative(root, path).split(sep).join("/");
    if (entry.isSymbolicLink()) await checkLink(root, path, named);
    const { isDirectory, isFile } = await kindOf(path);
    if (isDirectory && entry.isSymbolicLink()) throw linkFault(named, "is a link to a folder");
    if (isDirectory) paths.push(...(await pathsBelow(root, path)));
    else if (isFile) paths.push(named);
    else throw new AutomationError("usage", `${named} is neither a file nor a folder`, { hint: "remove it" });
    if (paths.length > MAX_FILES) {
      throw new AutomationError("usage", `${root} has more than ${MAX_FILES} files`, {
        hint: "name the folder of the project itself; data belongs into the artifact store",
      });
    }
  }
  return paths;
}

async function kindOf(path: string): Promise<{ isDirectory: boolean; isFile: boolean }> {
  const found = await stat(path).catch(() => undefined);
  return { isDirectory: found?.isDirectory() ?? false, isFile: found?.isFile() ?? false };
}

async function checkLink(root: string, path: string, named: string): Promise<void> {
  const target = await realpath(path).catch(() => undefined);
  if (target === undefined) throw linkFault(named, "is a link that leads to nothing");
  if (!target.startsWith(root + sep)) throw linkFault(named, "is a link that leads out of the project");
}

function linkFault(path: string, what: string): AutomationError {
  return new AutomationError("usage", `${path} ${what}`, {
    hint: "put the file itself into the project",
    errorCode: "link-in-project",
  });
}

async function digestOf(file: string): Promise<string> {
  const hash = createHash("sha256");
  await pipeline(createReadStream(file), hash);
  return hash.digest("hex");
}
