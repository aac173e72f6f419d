import { spawn } from "node:child_process";
import { closeSync, openSync } from "node:fs";
import { mkdir, readFile, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { writeFileDurably } from "../../engine/backend/durable-file";
import { isProvenGone, processIdentity, type ProcessIdentity } from "../../engine/backend/process-identity";

/** What is started in the place of a container. */
export interface LocalCommand {
  /** The program, and its arguments. */
  readonly command: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly cwd: string;
}

/** What has become of a process. */
export type LocalState =
  | { readonly kind: "running"; readonly startedAt: string }
  | { readonly kind: "ended"; readonly startedAt: string; readonly endedAt: string; readonly exitCode: number };

interface StartRecord {
  readonly pid: number;
  readonly startedAt: string;
  readonly identity?: ProcessIdentity;
}

/** Exit code of what was killed with SIGKILL, as a shell tells it. */
const KILLED = 137;
const GRACE_MS = 5000;

/**
 * Keeps the exit code of the command beside its log, after whoever started it has gone. A SIGTERM to both ends the command
 * only, so that its own code is kept.
 */
const SUPERVISOR = 'trap : TERM; "$@"; code=$?; echo $code > "$EXIT_FILE.tmp" && mv "$EXIT_FILE.tmp" "$EXIT_FILE"';

/** Starts a command as a process of its own, whose log and exit code go to a folder; it outlives its starter. */
export async function startProcess(folder: string, { command, env, cwd }: LocalCommand): Promise<void> {
  await mkdir(folder, { recursive: true });
  const log = openSync(logFile(folder), "a", 0o600);
  try {
    const child = spawn("sh", ["-c", SUPERVISOR, "sh", ...command], {
      cwd,
      env: { ...env, EXIT_FILE: exitFile(folder) },
      stdio: ["ignore", log, log],
      detached: true,
    });
    const pid = await new Promise<number>((resolve, reject) => {
      child.once("error", reject);
      child.once("spawn", () => resolve(child.pid!));
    });
    child.unref();
    const identity = await processIdentity(pid);
    const record: StartRecord = { pid, startedAt: new Date().toISOString(), ...(identity && { identity }) };
    await writeFileDurably(join(folder, "process.json"), JSON.stringify(record));
  } finally {
    closeSync(log);
  }
}

/** What has become of the process of a folder; undefined where none was started. */
export async function processState(folder: string): Promise<LocalState | undefined> {
  const record = await readStart(folder);
  if (record === undefined) return undefined;
  const { startedAt } = record;
  const ended = await exitOf(folder);
  if (ended !== undefined) return { kind: "ended", startedAt, ...ended };
  if (await isAlive(record)) return { kind: "running", startedAt };
  // It may have ended between the two looks; else it was killed with its supervisor.
  const told = await exitOf(folder);
  return { kind: "ended", startedAt, ...(told ?? { endedAt: startedAt, exitCode: KILLED }) };
}

/** Ends the process of a folder with everything that it started. What has ended stays as it is. */
export async function stopProcess(folder: string): Promise<void> {
  const record = await readStart(folder);
  if (record === undefined || (await exitOf(folder)) !== undefined || !(await isAlive(record))) return;
  kill(record.pid, "SIGTERM");
  const until = Date.now() + GRACE_MS;
  while (Date.now() < until && (await isAlive(record))) await sleep(50);
  // What the command started may be deaf where the command itself is not.
  kill(record.pid, "SIGKILL");
  if ((await exitOf(folder)) === undefined) await writeFileDurably(exitFile(folder), `${KILLED}\n`);
}

/** Ends the process of a folder, and removes the folder. */
export async function removeProcess(folder: string): Promise<void> {
  await stopProcess(folder);
  await rm(folder, { recursive: true, force: true });
}

/** The log of a folder's process. */
export function logFile(folder: string): string {
  return join(folder, "log");
}

function exitFile(folder: string): string {
  return join(folder, "exit");
}

async function exitOf(folder: string): Promise<{ endedAt: string; exitCode: number } | undefined> {
  const text = await readFile(exitFile(folder), "utf8").catch(() => undefined);
  if (text === undefined) return undefined;
  return { exitCode: Number(text.trim()), endedAt: (await stat(exitFile(folder))).mtime.toISOString() };
}

async function readStart(folder: string): Promise<StartRecord | undefined> {
  const text = await readFile(join(folder, "process.json"), "utf8").catch(() => undefined);
  return text === undefined ? undefined : (JSON.parse(text) as StartRecord);
}

async function isAlive({ pid, identity }: StartRecord): Promise<boolean> {
  if (identity !== undefined) return !(await isProvenGone(identity, pid));
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/** The process leads a group that everything it starts is in. */
function kill(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-pid, signal);
  } catch {
    // It has ended.
  }
}
