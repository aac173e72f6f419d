import { spawn } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { resolve } from "node:path";
import { setTimeout } from "node:timers/promises";
import type { CliProject } from "../support/cli-project";

const CLI = resolve(__dirname, "../../dist/bin/trunkline.js");

/** Whether a run ended by itself before it was killed, and then how long it had held the lock; 0 where that was missed. */
export type KilledRun = { readonly kind: "killed" } | { readonly kind: "ended"; readonly heldMs: number };

/**
 * Runs the CLI and kills it and its program hard, so many milliseconds after it has taken the stack's lock. A run that is
 * over by then has ended by itself.
 */
export async function killedRun(project: CliProject, args: readonly string[], afterLockMs: number): Promise<KilledRun> {
  const child = spawn(process.execPath, [CLI, ...args], {
    cwd: project.root,
    env: { PATH: process.env.PATH, HOME: project.root },
    stdio: "ignore",
    detached: true,
  });
  let lockedAt = Number.POSITIVE_INFINITY;
  const ended = new Promise<KilledRun>((done, fail) => {
    child.once("error", fail);
    child.once("exit", (_code, signal) => {
      const heldMs = Math.max(0, performance.now() - lockedAt);
      done(signal === "SIGKILL" ? { kind: "killed" } : { kind: "ended", heldMs });
    });
  });
  let over = false;
  void ended.finally(() => (over = true));
  while (!over && !locked(project)) await setTimeout(2);
  lockedAt = performance.now();
  await Promise.race([setTimeout(afterLockMs), ended]);
  try {
    if (!over) process.kill(-child.pid!, "SIGKILL");
  } catch {
    // It ended at this very moment.
  }
  return ended;
}

/** How long a run holds the lock, in milliseconds. */
export async function lockedMs(project: CliProject, args: readonly string[]): Promise<number> {
  const run = project.run(args);
  let over = false;
  void run.finally(() => (over = true));
  while (!over && !locked(project)) await setTimeout(2);
  const lockedAt = performance.now();
  while (!over && locked(project)) await setTimeout(2);
  const unlockedAt = performance.now();
  const { code, stdout, stderr } = await run;
  if (code !== 0) throw new Error(`the calibrating run failed:\n${stdout}${stderr}`);
  return unlockedAt - lockedAt;
}

function locked(project: CliProject): boolean {
  const locks = project.path(".trunkline/rehearsal/state/.pulumi/locks/organization/trunkline/dev");
  return existsSync(locks) && readdirSync(locks).some((name) => name.endsWith(".json"));
}
