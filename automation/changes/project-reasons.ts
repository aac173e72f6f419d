import { posix } from "node:path";
import { minimatch } from "minimatch";
import type { FileChange } from "../ports/git-output";
import type { Program } from "./read-programs";
import { isImportPlace, SOURCE_FILE } from "./program-graph";
import type { Reason } from "./reason";

/** A project as the decision about it sees it. Paths are those from the workspace's root, with `/`. */
export interface ProjectInputs {
  readonly name: string;
  /** Its folder; `.` for the root. */
  readonly path: string;
  /** The folder of its `Pulumi.<env>.yaml`. */
  readonly configPath: string;
  readonly program: Program;
  /** Globs of files that it is declared to read. */
  readonly artifacts: readonly string[];
  /** The lockfile that its packages are installed by; undefined where there is none that can be read. */
  readonly lockfile?: string;
}

/** What has changed since the last deployment of a project. */
export interface ProjectChanges {
  readonly files: readonly FileChange[];
  /** Packages of the lockfile that the program reaches and that changed; undefined where that cannot be told. */
  readonly packages?: readonly string[];
  /** Manifests whose change bears on imports; what is no manifest is left out. */
  readonly manifests: ReadonlySet<string>;
}

/** What holds for the whole workspace. */
export interface WorkspaceInputs {
  readonly projects: readonly ProjectInputs[];
  readonly environment: string;
  /** Globs of files that no program is made of. */
  readonly ignore: readonly string[];
  readonly settingsFile: string;
}

/** Files that decide what imports mean, for everything in their folder. */
const MANIFEST = /^(?:package|[jt]sconfig)\.json$/;

/** Lockfiles that are read. */
export const LOCKFILES = ["package-lock.json", "npm-shrinkwrap.json"] as const;

const STACK_FILE = /^Pulumi\.(.+)\.yaml$/;

/**
 * Why a project is to be brought up, from what has changed since its last deployment; empty where nothing that changed
 * bears on it. Whatever is not known to be without a bearing counts.
 */
export function projectReasons(project: ProjectInputs, changes: ProjectChanges, workspace: WorkspaceInputs): Reason[] {
  const { program } = project;
  const unreadable: Reason[] = program.kind === "unreadable" ? [{ kind: "unreadable", text: program.reason }] : [];
  return [...unreadable, ...changes.files.flatMap((change) => fileReason(project, change, changes, workspace) ?? [])];
}

function fileReason(
  project: ProjectInputs,
  change: FileChange,
  changes: ProjectChanges,
  workspace: WorkspaceInputs,
): Reason | undefined {
  const { path } = change;
  const [folder, file] = [posix.dirname(path), posix.basename(path)];
  const graph = project.program.kind === "graph" ? project.program.graph : undefined;
  if (graph?.files.has(path)) return { kind: "program", path };
  if (graph && change.status === "deleted" && SOURCE_FILE.test(path) && isImportPlace(graph.places, path)) {
    return { kind: "program", path };
  }
  const glob = project.artifacts.find((pattern) => fits(path, pattern));
  if (glob !== undefined) return { kind: "artifact", path, glob };
  if (path === workspace.settingsFile) return { kind: "settings", path };
  const config = configReason(project, path, folder, file, workspace);
  if (config !== undefined) return config === "none" ? undefined : config;
  if (path === project.lockfile) return lockfileReason(path, changes);
  if (MANIFEST.test(file) && !change.link) {
    if (isReadFrom(project, folder)) return changes.manifests.has(path) ? { kind: "manifest", path } : undefined;
    if (file === "package.json") return undefined;
  }
  if (LOCKFILES.some((name) => name === file) && isReadFrom(project, folder)) return { kind: "unknown", path };
  if (isKnownOtherwise(project, change, workspace)) return undefined;
  return concerns(project, path, workspace) ? { kind: "unknown", path } : undefined;
}

/** The settings of this environment count; those of another one and of another project do not. */
function configReason(
  project: ProjectInputs,
  path: string,
  folder: string,
  file: string,
  { projects, environment }: WorkspaceInputs,
): Reason | "none" | undefined {
  if (file === "Pulumi.yaml") return folder === project.path ? { kind: "config", path } : "none";
  const [, stack] = STACK_FILE.exec(file) ?? [];
  if (stack === undefined) return undefined;
  if (folder === project.configPath) return stack === environment ? { kind: "config", path } : "none";
  return projects.some(({ configPath }) => configPath === folder) ? "none" : undefined;
}

function lockfileReason(path: string, { packages }: ProjectChanges): Reason | undefined {
  if (packages === undefined) return { kind: "unknown", path };
  return packages.length > 0 ? { kind: "packages", path, names: packages } : undefined;
}

/** Whether the program lies in a folder, or any file that it imports. */
function isReadFrom({ path, program }: ProjectInputs, folder: string): boolean {
  if (isWithin(path, folder)) return true;
  return program.kind === "graph" && [...program.graph.files].some((file) => isWithin(file, folder));
}

/** Whether it is known what a file is for, and that this project has no part in it. */
function isKnownOtherwise(
  project: ProjectInputs,
  { path, link }: FileChange,
  { projects, ignore }: WorkspaceInputs,
): boolean {
  const others = projects.filter(({ name }) => name !== project.name);
  const whole = project.program.kind === "graph" && project.program.graph.partial === undefined;
  if (others.some(({ artifacts }) => artifacts.some((glob) => fits(path, glob)))) return true;
  if (ignore.some((glob) => fits(path, glob))) return true;
  if (link || !whole) return false;
  if (others.some(({ program }) => program.kind === "graph" && program.graph.files.has(path))) return true;
  // A source file that no import reaches is no part of the program.
  return SOURCE_FILE.test(path) || LOCKFILES.some((name) => posix.basename(path) === name);
}

/** A file in the folder of a project concerns that one; one at the root, or of nobody, concerns them all. */
function concerns(project: ProjectInputs, path: string, { projects }: WorkspaceInputs): boolean {
  const owners = projects.filter((owner) => owner.path !== "." && isWithin(path, owner.path));
  const nearest = owners.sort((a, b) => b.path.length - a.path.length)[0];
  return nearest === undefined || nearest.name === project.name;
}

function isWithin(path: string, folder: string): boolean {
  return folder === "." ? !path.startsWith("../") : path === folder || path.startsWith(`${folder}/`);
}

function fits(path: string, glob: string): boolean {
  return minimatch(path, glob, { dot: true, nonegate: true, nocomment: true });
}
