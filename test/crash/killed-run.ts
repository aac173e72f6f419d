import { spawn } from "node:child_process";
import { existsSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { delimiter, resolve } from "node:path";
import { setTimeout } from "node:timers/promises";
import { transformSync } from "esbuild";
import type { CliProject } from "../support/cli-project";

const CLI = resolve(__dirname, "../../dist/bin/trunkline.js");
const PRELOADED = "kill-at-event.cjs";
const REPORT = "killed-at";
/** Files whose changes are moments, by how their paths begin. */
const ALL_FILES = [".trunkline/rehearsal"];

/** When a run is killed: at one of the moments of its work on files, or so many milliseconds after it took the lock. */
export type KillPoint =
  { readonly kind: "event"; readonly number: number } | { readonly kind: "delay"; readonly afterLockMs: number };

/** How a run went: `at` says in the midst of what it was killed; undefined where it ended before. */
export interface KilledRun {
  readonly at: string | undefined;
  /** How long it held the lock, in milliseconds; 0 where it was not seen with it. */
  readonly heldMs: number;
}

/** What an undisturbed run goes through. */
export interface Course {
  /** How many moments there are before, halfway through and after its work on files. */
  readonly events: number;
  readonly heldMs: number;
}

/** Runs the CLI and kills it and its program hard at a point; a run that is over by then has ended by itself. */
export async function killedRun(
  project: CliProject,
  args: readonly string[],
  point: KillPoint,
  files: readonly string[] = ALL_FILES,
): Promise<KilledRun> {
  const { signal, heldMs, report } = await run(project, args, point, files);
  if (signal === null) return { at: undefined, heldMs };
  return { at: point.kind === "event" ? report : "after a delay -", heldMs };
}

/** Runs the CLI to its end; throws where it fails. */
export async function courseOf(
  project: CliProject,
  args: readonly string[],
  files: readonly string[] = ALL_FILES,
): Promise<Course> {
  const { code, heldMs, report } = await run(project, args, { kind: "event", number: 0 }, files);
  if (code !== 0) throw new Error(`the undisturbed run failed with exit code ${code}`);
  return { events: Number(report), heldMs };
}

/** Writes what the runs are started with into the project. */
export function prepareKills(project: CliProject): void {
  const source = readFileSync(resolve(__dirname, "kill-at-event.ts"), "utf8");
  project.write(PRELOADED, transformSync(source, { loader: "ts", format: "cjs", platform: "node" }).code);
}

async function run(project: CliProject, args: readonly string[], point: KillPoint, files: readonly string[]) {
  rmSync(project.path(REPORT), { force: true });
  const child = spawn(process.execPath, ["--require", project.path(PRELOADED), CLI, ...args], {
    cwd: project.root,
    env: {
      PATH: process.env.PATH,
      HOME: project.root,
      KILL_ROOTS: files.map((file) => project.path(file)).join(delimiter),
      KILL_AT: point.kind === "event" ? String(point.number) : "0",
      KILL_REPORT: project.path(REPORT),
    },
    stdio: "ignore",
    detached: true,
  });
  let over = false;
  const ended = new Promise<{ code: number | null; signal: string | null }>((done, fail) => {
    child.once("error", fail);
    child.once("exit", (code, signal) => {
      over = true;
      done({ code, signal });
    });
  });
  while (!over && !locked(project)) await setTimeout(2);
  const lockedAt = performance.now();
  if (point.kind === "delay") await Promise.race([setTimeout(point.afterLockMs), ended]);
  else while (!over && locked(project)) await setTimeout(2);
  const heldMs = performance.now() - lockedAt;
  if (point.kind === "delay" && !over) killGroup(child.pid!);
  const { code, signal } = await ended;
  // Its program may go on for a moment.
  killGroup(child.pid!);
  const report = existsSync(project.path(REPORT)) ? project.read(REPORT) : "";
  return { code, signal, heldMs, report };
}

function killGroup(pid: number): void {
  try {
    process.kill(-pid, "SIGKILL");
  } catch {
    // All of it has ended.
  }
}

function locked(project: CliProject): boolean {
  const locks = project.path(".trunkline/rehearsal/state/.pulumi/locks/organization/trunkline/dev");
  return existsSync(locks) && readdirSync(locks).some((name) => name.endsWith(".json"));
}
