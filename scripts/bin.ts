import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { homedir } from "node:os";
import { join, resolve } from "node:path";
import { runCachedScript } from "../rehearsal/program/cached-script";
import { checkInputs, type InputRecord } from "../rehearsal/program/input-record";
import { replaceFile } from "../rehearsal/program/replace-file";

/** Set by the build: a digest of the CLI's code, and the version of the package. */
declare const CLI_DIGEST: string;
declare const PACKAGE_VERSION: string;

interface Cli {
  main(argv: readonly string[], version: string): Promise<void>;
}

const packageRoot = resolve(__dirname, "../..");

/** What the CLI was built from: written in a source checkout only, and never packed. */
const inputsFile = join(packageRoot, "dist", "inputs.json");

rebuildIfStale();
const cliFile = join(packageRoot, "dist", "cli", "trunkline.cjs");
// One file a verb: V8 keeps what ran, and help runs next to nothing of what an update needs.
const verb = process.argv.slice(2).find((argument) => /^[a-z]+$/.test(argument)) ?? "help";
const script = runCachedScript(cliFile, join(cacheDirectory(), `cli-${CLI_DIGEST}-${verb}`), createRequire(cliFile));
process.once("exit", () => script.save());
void (script.exports as Cli).main(process.argv, PACKAGE_VERSION);

/** In a source checkout the CLI never runs from a build that is older than its source. */
function rebuildIfStale(): void {
  if (!existsSync(inputsFile)) return;
  const check = checkInputs(JSON.parse(readFileSync(inputsFile, "utf8")) as InputRecord);
  if (check.kind === "same") {
    if (check.renewed) quietly(() => replaceFile(inputsFile, JSON.stringify(check.record)));
    return;
  }
  process.stderr.write(`rebuilding: ${check.path} has changed\n`);
  const build = ["--import", "tsx", join(packageRoot, "scripts", "build.ts")];
  const built = spawnSync(process.execPath, build, { cwd: packageRoot, stdio: ["ignore", "inherit", "inherit"] });
  if (built.status !== 0) process.exit(1);
  // This file is part of what was built: the new one goes on.
  const again = spawnSync(process.execPath, process.argv.slice(1), { stdio: "inherit" });
  process.exit(again.status ?? 1);
}

/** Beside the sources in a checkout; an installed package may be read-only and shared. */
function cacheDirectory(): string {
  if (existsSync(inputsFile)) return join(packageRoot, ".trunkline", "cache");
  return join(process.env.XDG_CACHE_HOME || join(homedir(), ".cache"), "trunkline");
}

function quietly(work: () => void): void {
  try {
    work();
  } catch {
    // The stamps stay old, and the contents are compared again the next time.
  }
}
