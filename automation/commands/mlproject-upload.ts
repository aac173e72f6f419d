import { readFile } from "node:fs/promises";
import { basename, join, resolve } from "node:path";
import { parseMlproject, MLPROJECT } from "../mlflow/mlproject-file";
import { projectFiles } from "../mlflow/project-files";
import { checkProjectName } from "../mlflow/project-name";
import { planUpload, readRecord, recordPath, type UploadRecord } from "../mlflow/upload-record";
import type { EnvironmentName } from "../stack/stack-for-branch";
import { openPlatform, type MlflowDeps } from "./mlflow-platform";
import type { VerbOptions } from "./verb";

export interface MlprojectUploadOptions extends VerbOptions {
  /** The folder of the project. */
  readonly path: string;
  /** Name of the project on the share. @default the folder's name */
  readonly name?: string;
}

/** What an upload did. */
export interface MlprojectUploadResult {
  readonly kind: "uploaded";
  readonly environment: EnvironmentName;
  readonly project: string;
  /** Where it lies, for people. */
  readonly place: string;
  /** Paths of the files that were written, and of those that went, in order. */
  readonly written: readonly string[];
  readonly removed: readonly string[];
  /** How many files were there already. */
  readonly unchanged: number;
  readonly entryPoints: readonly string[];
}

/**
 * Puts a project on the file share: the files that changed since its last upload, by their content. Each is replaced as a
 * whole, the MLproject file last. An upload that was cut off is completed by the next one.
 */
export async function mlprojectUpload(
  deps: MlflowDeps,
  options: MlprojectUploadOptions,
): Promise<MlprojectUploadResult> {
  const directory = resolve(options.cwd, options.path);
  const project = checkProjectName(options.name ?? basename(directory));
  const files = await projectFiles(directory);
  const mlproject = files.find(({ path }) => path.toLowerCase() === MLPROJECT.toLowerCase())?.path ?? MLPROJECT;
  const { entryPoints } = parseMlproject(await readFile(join(directory, mlproject), "utf8"), mlproject);
  const { environment, share } = await openPlatform(deps, options);
  const uploaded = readRecord(await share.read(recordPath(project)));
  const shared = new Map(
    (await share.list(project)).map(({ path, ...file }) => [path.slice(project.length + 1), file] as const),
  );
  const plan = planUpload(files, uploaded, shared);
  const record: { version: 1; files: UploadRecord["files"] } = { version: 1, files: { ...uploaded.files } };
  for (const { path, size, sha256 } of plan.write) {
    const etag = await share.write(`${project}/${path}`, await readFile(join(directory, path)));
    record.files[path] = { sha256, size, etag };
  }
  for (const path of plan.remove) await share.remove(`${project}/${path}`);
  const local = new Set(files.map(({ path }) => path));
  for (const path of Object.keys(record.files)) if (!local.has(path)) delete record.files[path];
  if (plan.write.length + plan.remove.length > 0) {
    await share.write(recordPath(project), Buffer.from(JSON.stringify(record)));
  }
  return {
    kind: "uploaded",
    environment,
    project,
    place: share.place,
    written: plan.write.map(({ path }) => path).sort(),
    removed: plan.remove,
    unchanged: plan.keep.length,
    entryPoints: Object.keys(entryPoints),
  };
}
