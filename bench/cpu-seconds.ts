import { spawnSync } from "node:child_process";

/**
 * CPU-seconds, user and system, that a command and its children take. Node does not tell the usage of children; the shell's
 * `times` does, on its second line, to the millisecond.
 */
export function cpuSeconds(command: readonly string[], cwd: string, env: NodeJS.ProcessEnv = process.env): number {
  const script = '"$@" >/dev/null 2>&1 || exit 1; times';
  const { status, stdout } = spawnSync("bash", ["-c", script, "bash", ...command], { cwd, env, encoding: "utf8" });
  if (status !== 0) throw new Error(`failed: ${command.join(" ")}`);
  const [, children = ""] = stdout.trim().split("\n");
  const parts = [...children.matchAll(/(\d+)m([\d.]+)s/g)];
  return parts.reduce((sum, [, minutes, seconds]) => sum + Number(minutes) * 60 + Number(seconds), 0);
}

/** The middle of an odd number of values. */
export function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;
}
