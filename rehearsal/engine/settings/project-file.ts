import { readFile } from "node:fs/promises";
import { dirname, extname, join, resolve } from "node:path";
import { parse } from "yaml";
import { messageOf } from "../../message-of";
import { errorCode, fileFault } from "../backend/file-fault";
import { checkProjectName } from "../backend/stack-reference";
import { EngineError } from "../engine-error";
import type { ProjectConfigEntry } from "./project-config";

const FILE_NAMES = ["Pulumi.yaml", "Pulumi.yml", "Pulumi.json"];

/** What the engine uses of a `Pulumi.yaml`. */
export interface ProjectFile {
  /** Absolute path of the file. */
  readonly file: string;
  /** The directory in which it lies. */
  readonly root: string;
  readonly name: string;
  readonly runtime: string;
  /** `runtime.options.nodeargs`, split at blanks. */
  readonly nodeArgs: readonly string[];
  /** The program's entry point as the file names it. @default `.` */
  readonly main: string;
  readonly backendUrl?: string;
  /** Configuration that the project declares, by key. */
  readonly config: Readonly<Record<string, ProjectConfigEntry>>;
  /** Absolute path of the directory in which `Pulumi.<stack>.yaml` lie. */
  readonly stackConfigDirectory: string;
}

/** Reads the project file of a directory or of the nearest one above it; undefined where there is none. */
export async function findProject(directory: string): Promise<ProjectFile | undefined> {
  for (const name of FILE_NAMES) {
    const file = join(directory, name);
    try {
      return parseProject(await readFile(file, "utf8"), file);
    } catch (cause) {
      if (errorCode(cause) !== "ENOENT") throw fileFault("read", file, cause);
    }
  }
  const parent = dirname(directory);
  return parent === directory ? undefined : await findProject(parent);
}

/** Reads the text of a project file. Throws EngineError where it is not valid. */
export function parseProject(text: string, file: string): ProjectFile {
  let content: unknown;
  try {
    content = parse(text);
  } catch (cause) {
    throw new EngineError(`could not read ${file}: ${messageOf(cause)}`, 1, {
      cause,
    });
  }
  if (!isRecord(content)) throw new EngineError(`${file} must be an object with 'name' and 'runtime'`);
  const { name, runtime, main, backend, config, stackConfigDir } = content;
  if (typeof name !== "string") throw new EngineError(`${file}: 'name' must be a text, got ${JSON.stringify(name)}`);
  checkProjectName(name);
  const kind = isRecord(runtime) ? runtime["name"] : runtime;
  if (typeof kind !== "string") {
    throw new EngineError(`${file}: 'runtime' must be a text or an object with 'name', got ${JSON.stringify(runtime)}`);
  }
  const root = dirname(file);
  const url = isRecord(backend) ? backend["url"] : undefined;
  // `config` was the name of the directory before it became the project's configuration.
  const configDirectory = typeof config === "string" ? config : stackConfigDir;
  return {
    file,
    root,
    name,
    runtime: kind,
    nodeArgs: nodeArguments(runtime),
    main: typeof main === "string" && main !== "" ? main : ".",
    backendUrl: typeof url === "string" && url !== "" ? url : undefined,
    config: isRecord(config) ? (config as Record<string, ProjectConfigEntry>) : {},
    stackConfigDirectory: typeof configDirectory === "string" ? resolve(root, configDirectory) : root,
  };
}

/** The file that holds a stack's configuration: beside the project file, in the same format. */
export function stackConfigPath(project: ProjectFile, stackName: string): string {
  return join(project.stackConfigDirectory, `Pulumi.${stackName}${extname(project.file)}`);
}

function nodeArguments(runtime: unknown): string[] {
  const options = isRecord(runtime) ? runtime["options"] : undefined;
  const text = isRecord(options) ? options["nodeargs"] : undefined;
  return typeof text === "string" ? text.split(/\s+/).filter(Boolean) : [];
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
