import { spawn } from "node:child_process";
import { AutomationError } from "../errors";
import { loginToClouds } from "../ci/job-credentials";
import type { VerbDeps } from "./verb";

export interface LoginOptions {
  readonly cwd: string;
  /** A command with its arguments. */
  readonly command: readonly string[];
}

/** How the command ended. */
export interface LoginResult {
  readonly kind: "ended";
  /** Absent where a signal ended it. */
  readonly code?: number;
}

/** Logs a job in at the clouds that its variables name, and runs a command with that; the login ends with the command. */
export async function login(deps: VerbDeps, { cwd, command }: LoginOptions): Promise<LoginResult> {
  const [program = "", ...args] = command;
  deps.secrets.follow((secret) => deps.host.mask(secret));
  const job = await loginToClouds(deps, process.env);
  try {
    const child = spawn(program, args, { cwd, env: { ...process.env, ...job.env }, stdio: "inherit" });
    const stop = () => void child.kill("SIGINT");
    deps.signal.addEventListener("abort", stop, { once: true });
    const code = await new Promise<number | null>((ended, failed) => child.once("error", failed).once("close", ended));
    return { kind: "ended", ...(code !== null && { code }) };
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new AutomationError("usage", `${program} cannot be run: ${reason}`, {
      hint: "name a program on PATH after --",
      cause,
    });
  } finally {
    job.close();
  }
}
