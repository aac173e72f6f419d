import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sourceOnly, type ScriptCoverages } from "./source-only";

const FOLDER = "rehearsal/engine";
const TESTS = ["test/{rehearsal,contract,conformance}/**/*.test.ts"];
const MOCHA = ["--no-config", "--import=tsx", "--require", "./test/support/property-seed.ts", "--timeout", "600000"];
const LEAST = 95;

/**
 * `npm run coverage [-- TESTS]`: runs the engine's tests and prints the coverage of its sources. What the TypeScript
 * compiler adds to a module is not counted. Exits 1 where a test fails, or where of all lines or of all branches fewer
 * than 95 % ran and no tests were named.
 */
function main(tests: readonly string[]): number {
  const directory = mkdtempSync(join(tmpdir(), "coverage-"));
  try {
    const all = tests.length === 0;
    const tested = run("mocha", [...MOCHA, ...(all ? TESTS : tests)], directory);
    for (const name of readdirSync(directory)) keepSources(join(directory, name));
    const limits = all ? ["--check-coverage", "--lines", String(LEAST), "--branches", String(LEAST)] : [];
    const report = ["report", "--temp-directory", directory, "--include", `${FOLDER}/**`, ...limits];
    const reported = run("c8", [...report, "--reporter", "text", "--reporter", "text-summary"]);
    return tested || reported;
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

function run(name: string, args: readonly string[], coverage?: string): number {
  const env = { ...process.env, ...(coverage === undefined ? {} : { NODE_V8_COVERAGE: coverage }) };
  return spawnSync("npx", [name, ...args], { stdio: "inherit", env }).status ?? 1;
}

/** A process that was killed leaves a file cut short, or none. */
function keepSources(path: string): void {
  try {
    const coverages = JSON.parse(readFileSync(path, "utf8")) as ScriptCoverages;
    writeFileSync(path, JSON.stringify(sourceOnly(coverages, `/${FOLDER}/`)));
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    rmSync(path);
  }
}

process.exitCode = main(process.argv.slice(2));
