import { realpathSync } from "node:fs";
import { join, relative, sep } from "node:path";
import type { BuildFailure, BuildOptions, BuildResult, Message } from "esbuild";
import { programEntry } from "../engine/program-entry";
import type { Project } from "../workspace/project";
import { programGraph, OBSTACLES, type ProgramGraph } from "./program-graph";
import type { ProjectFile } from "../workspace/project-file";

/** The program of a project: what it is made of, or why that cannot be told. */
export type Program =
  | {
      readonly kind: "graph";
      readonly graph: ProgramGraph;
      /** The program with what it imports from the workspace, without comments and types. */
      readonly text: string;
    }
  | { readonly kind: "unreadable"; readonly reason: string };

/** A project whose program is to be read. */
export interface ReadableProject extends Project {
  readonly file: ProjectFile;
  /** Packages that are installed and no part of the workspace; undefined where no lockfile tells. */
  readonly installed?: readonly string[];
}

interface Entry {
  readonly project: ReadableProject;
  readonly path: string;
}

/**
 * Reads the programs of projects with esbuild, together: what they share is read once. A program that cannot be parsed or
 * resolved is told as such and keeps the others from nothing.
 */
export async function readPrograms(
  workspace: string,
  projects: readonly ReadableProject[],
): Promise<Map<string, Program>> {
  // esbuild tells where files really lie, whatever links lead there.
  const root = realpathSync(workspace);
  const programs = new Map<string, Program>();
  const entries: Entry[] = [];
  for (const project of projects) {
    const found = entryOf(root, project);
    if ("reason" in found) programs.set(project.name, { kind: "unreadable", reason: found.reason });
    else entries.push({ project, path: found.path });
  }
  for (const [name, program] of await readEntries(root, entries)) programs.set(name, program);
  return programs;
}

async function readEntries(root: string, entries: readonly Entry[]): Promise<(readonly [string, Program])[]> {
  if (entries.length === 0) return [];
  const built = await build(root, entries);
  if (built.kind === "built") return entries.map((entry, i) => [entry.project.name, programOf(entry, built.result, i)]);
  const [only, ...others] = entries;
  if (only && others.length === 0) return [[only.project.name, { kind: "unreadable", reason: built.reason }]];
  const alone = await Promise.all(entries.map((entry) => readEntries(root, [entry])));
  return alone.flat();
}

type Built =
  | { readonly kind: "built"; readonly result: BuildResult<{ write: false; metafile: true }> }
  | { readonly kind: "failed"; readonly reason: string };

async function build(root: string, entries: readonly Entry[]): Promise<Built> {
  const { build: bundle } = await import("esbuild");
  const installed = entries.flatMap((entry) => entry.project.installed ?? []);
  const toldByLockfiles = entries.every(({ project }) => project.installed !== undefined);
  const options: BuildOptions & { write: false; metafile: true } = {
    absWorkingDir: root,
    entryPoints: entries.map(({ path }, i) => ({ in: join(root, path), out: String(i) })),
    outdir: join(root, "unused"),
    write: false,
    bundle: true,
    metafile: true,
    platform: "node",
    // The only one in which a module may await at its top level.
    format: "esm",
    target: `node${process.versions.node}`,
    legalComments: "none",
    // Packages of the workspace are read like its other files, by their links in node_modules.
    ...(toldByLockfiles ? { external: [...new Set(installed)] } : { packages: "external" }),
    logLevel: "silent",
    logOverride: Object.fromEntries(Object.keys(OBSTACLES).map((id) => [id, "warning"])),
  };
  try {
    return { kind: "built", result: await bundle(options) };
  } catch (error) {
    return { kind: "failed", reason: reasonOf(error) };
  }
}

function programOf(
  { path }: Entry,
  { metafile, warnings, outputFiles }: BuildResult<{ write: false; metafile: true }>,
  index: number,
): Program {
  const output = outputFiles.find((file) => file.path.endsWith(`${sep}unused${sep}${index}.js`));
  const graph = programGraph(path, metafile.inputs, warnings);
  if (graph.files.size === 0) return { kind: "unreadable", reason: `esbuild does not tell what ${path} imports` };
  return { kind: "graph", graph, text: output?.text ?? "" };
}

/** The file that a program starts with, from the workspace's root. */
function entryOf(root: string, { directory, file }: ReadableProject): { path: string } | { reason: string } {
  if (file.runtime !== "nodejs") return { reason: `its runtime is ${file.runtime}, whose imports are not read` };
  try {
    const entry = programEntry(file.main ?? ".", directory);
    if (entry === undefined) return { reason: `its program is missing: ${file.main ?? "index.ts"}` };
    return { path: relative(root, realpathSync(entry.file)).split(sep).join("/") };
  } catch (error) {
    return { reason: `its program cannot be found: ${reasonOf(error)}` };
  }
}

function reasonOf(error: unknown): string {
  const [first]: (Message | undefined)[] = (error as Partial<BuildFailure>).errors ?? [];
  if (first === undefined) return error instanceof Error ? error.message : String(error);
  return first.location ? `${first.location.file}:${first.location.line}: ${first.text}` : first.text;
}
