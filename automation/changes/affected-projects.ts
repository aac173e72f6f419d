import { realpathSync } from "node:fs";
import { posix } from "node:path";
import type { GitPort } from "../ports/git";
import type { FileChange } from "../ports/git-output";
import type { Settings } from "../settings/settings-schema";
import type { Project } from "../workspace/project";
import type { DeployBase } from "./last-deploy";
import { manifestChanges } from "./manifest-change";
import { changedPackages, parseNpmLockfile, reachedPackages } from "./npm-lockfile";
import { projectReasons, type ProjectChanges } from "./project-reasons";
import { readProjects, workspaceInputs, type ReadProject } from "./read-projects";
import type { Reason } from "./reason";
import { filesSince, type FilesSince } from "./files-since";
import { WorkspaceFiles } from "./workspace-files";

/** What is to be found out. */
export interface ChangeQuestion {
  /** The root of the workspace. */
  readonly root: string;
  readonly projects: readonly Project[];
  readonly environment: string;
  readonly settings: Settings;
  /** What each project was last deployed from, by its name; one without is taken to be unknown. */
  readonly bases: ReadonlyMap<string, DeployBase>;
  /** Fetch commits that this clone lacks. @default nothing is fetched, for want of a network */
  readonly fetch?: boolean;
}

/** Whether a project is to be brought up. */
export interface ProjectDecision {
  readonly project: Project;
  /** Why; empty where nothing that changed bears on it. */
  readonly reasons: readonly Reason[];
  /** The commit that it is compared with; undefined where that is not known. */
  readonly base?: string;
  /** Its program, as far as it could be read. */
  readonly read: ReadProject;
}

type Git = Pick<GitPort, "changedFiles" | "fetchCommit" | "fileAt" | "headCommit" | "modifiedFiles">;

/**
 * Decides for each project whether anything that it is made of differs from what its stack was last deployed from: the
 * files that its program imports, its settings, the packages that it reaches, declared artifacts. What cannot be told
 * counts as changed.
 */
export async function affectedProjects(git: Git, question: ChangeQuestion): Promise<ProjectDecision[]> {
  const { projects, environment, settings, bases } = question;
  // The import graph has no links in its paths.
  const root = realpathSync(question.root);
  const files = new WorkspaceFiles(git, root);
  const [read, since] = await Promise.all([
    readProjects(root, projects, settings, files),
    filesSince(git, { root, bases: projects.flatMap(({ name }) => commitOf(bases.get(name))), fetch: question.fetch }),
  ]);
  const workspace = workspaceInputs(read, environment, settings);
  return Promise.all(
    read.map(async (one): Promise<ProjectDecision> => {
      const { project, inputs } = one;
      const base = bases.get(project.name) ?? { kind: "unknown", reason: "nobody knows what was deployed" };
      if (base.kind === "unknown") return { project, reasons: [{ kind: "base", text: base.reason }], read: one };
      const changed: FilesSince = since.get(base.commit) ?? { kind: "lost", reason: "it was not compared" };
      if (changed.kind === "lost") return { project, reasons: [{ kind: "base", text: changed.reason }], read: one };
      const changes = await changesOf(one, base.commit, changed.files, files);
      return { project, reasons: projectReasons(inputs, changes, workspace), base: base.commit, read: one };
    }),
  );
}

function commitOf(base: DeployBase | undefined): string[] {
  return base?.kind === "commit" ? [base.commit] : [];
}

async function changesOf(
  { lock }: ReadProject,
  base: string,
  changed: readonly FileChange[],
  files: WorkspaceFiles,
): Promise<ProjectChanges> {
  const manifests = new Set<string>();
  for (const { path } of changed) {
    const name = posix.basename(path);
    if (/^[jt]sconfig\.json$/.test(name)) manifests.add(path);
    if (name !== "package.json") continue;
    if (manifestChanges(await files.at(base, path), files.now(path), lock !== undefined)) manifests.add(path);
  }
  const packages = changed.some(({ path }) => path === lock?.path) ? await packagesSince(lock, base, files) : [];
  return { files: changed, manifests, packages };
}

/** The packages that a program reaches and that changed; undefined where a lockfile does not tell. */
async function packagesSince(
  lock: ReadProject["lock"],
  base: string,
  files: WorkspaceFiles,
): Promise<readonly string[] | undefined> {
  if (lock === undefined) return undefined;
  const before = parseNpmLockfile((await files.at(base, lock.path)) ?? "");
  if (before === undefined) return undefined;
  const [old, now] = [reachedPackages(before, lock.imports), reachedPackages(lock.content, lock.imports)];
  if (now.missing.length > 0) return undefined;
  return changedPackages(old.entries, now.entries);
}
