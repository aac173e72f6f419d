import { join, posix } from "node:path";
import { SETTINGS_FILE } from "../settings/load-settings";
import type { Settings } from "../settings/settings-schema";
import type { Project } from "../workspace/project";
import { readProjectFile, type ProjectFile } from "../workspace/project-file";
import { parseNpmLockfile, type NpmLockfile, type PackageImport } from "./npm-lockfile";
import { LOCKFILES, type ProjectInputs, type WorkspaceInputs } from "./project-reasons";
import { readPrograms, type Program } from "./read-programs";
import type { WorkspaceFiles } from "./workspace-files";

/** A project with all that is read of it to decide whether it changed. */
export interface ReadProject {
  readonly project: Project;
  readonly inputs: ProjectInputs;
  /** Its lockfile, and the packages that it imports or is started with, seen from there. */
  readonly lock?: { readonly path: string; readonly content: NpmLockfile; readonly imports: readonly PackageImport[] };
}

/** Packages that run a program without being imported by it. */
const RUNTIME = ["@pulumi/pulumi", "ts-node", "typescript"];

/** Reads the projects of a workspace: their programs, lockfiles and what is declared of them. */
export async function readProjects(
  root: string,
  projects: readonly Project[],
  settings: Settings,
  files: WorkspaceFiles,
): Promise<ReadProject[]> {
  const locks = new Map<string, NpmLockfile | undefined>();
  const known = projects.map((project) => {
    const file = readProjectFile(join(project.directory, "Pulumi.yaml"));
    const path = files.nearest(project.path, LOCKFILES);
    if (path !== undefined && !locks.has(path)) locks.set(path, parseNpmLockfile(files.now(path) ?? ""));
    const content = path === undefined ? undefined : locks.get(path);
    return { project, file, lock: path !== undefined && content ? { path, content } : undefined };
  });
  const readable = known.map(({ project, file, lock }) => ({
    ...project,
    file,
    ...(lock ? { installed: installed(lock.content) } : {}),
  }));
  const programs = await readPrograms(root, readable);
  return known.map(({ project, file, lock }): ReadProject => {
    const program = programs.get(project.name) ?? { kind: "unreadable", reason: "its program was not read" };
    const inputs = {
      name: project.name,
      path: project.path,
      configPath: posix.join(project.path, file.configDirectory),
      program,
      artifacts: settings.projects[project.name]?.artifacts ?? [],
      ...(lock ? { lockfile: lock.path } : {}),
    };
    return { project, inputs, ...(lock ? { lock: { ...lock, imports: imports(project, file, lock, program) } } : {}) };
  });
}

/** What is the same for all projects of a workspace. */
export function workspaceInputs(
  projects: readonly ReadProject[],
  environment: string,
  settings: Settings,
): WorkspaceInputs {
  const inputs = projects.map((project) => project.inputs);
  return { projects: inputs, environment, ignore: settings.changes.ignore, settingsFile: SETTINGS_FILE };
}

/** Names of packages that are installed from elsewhere; those of the workspace itself are links. */
function installed(lock: NpmLockfile): string[] {
  const names = new Set<string>();
  for (const [key, { link }] of lock) {
    const at = key.lastIndexOf("node_modules/");
    if (at >= 0 && !link) names.add(key.slice(at + "node_modules/".length));
  }
  return [...names];
}

function imports(
  { path }: Project,
  { preloaded }: ProjectFile,
  lock: { readonly path: string; readonly content: NpmLockfile },
  program: Program,
): PackageImport[] {
  const folder = posix.dirname(lock.path);
  const seen = (from: string) => posix.relative(folder, from === "" ? "." : from);
  const imported = program.kind === "graph" ? program.graph.packages : [];
  const started = [...RUNTIME, ...preloaded.filter((name) => !/^[./]/.test(name))]
    .map((name) => ({ name, from: path }))
    .filter(({ name }) => lock.content.has(`node_modules/${name}`));
  return [...imported, ...started].map(({ name, from }) => ({ name, from: seen(from) }));
}
