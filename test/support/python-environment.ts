import { execFile, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync } from "node:fs";
import { join, resolve } from "node:path";
import { promisify } from "node:util";

const repository = resolve(__dirname, "../..");

/** Why tests that need Python cannot run here; undefined where they can. */
export function missingPython(): string | undefined {
  const { status, error } = spawnSync("python3", ["-c", "import ensurepip, sys; sys.exit(sys.version_info < (3, 10))"]);
  if (error) return "python3 is not on PATH";
  return status === 0 ? undefined : "python3 is older than 3.10 or has no venv";
}

/** The folder of executables of a virtual environment with what the files require; made once for these requirements. */
export async function pythonEnvironment(name: string, requirements: readonly string[]): Promise<string> {
  const digest = createHash("sha256");
  for (const file of requirements) digest.update(readFileSync(file));
  const cache = join(repository, ".trunkline/cache", name);
  const home = join(cache, digest.digest("hex").slice(0, 16));
  const bin = join(home, "bin");
  if (existsSync(join(home, "installed"))) return bin;
  rmSync(home, { recursive: true, force: true });
  mkdirSync(cache, { recursive: true });
  const run = promisify(execFile);
  await run("python3", ["-m", "venv", home]);
  const files = requirements.flatMap((file) => ["--requirement", file]);
  await run(join(bin, "python"), ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", ...files], {
    maxBuffer: 64 * 1024 * 1024,
  });
  mkdirSync(join(home, "installing"));
  renameSync(join(home, "installing"), join(home, "installed"));
  return bin;
}
