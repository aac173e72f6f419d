import { spawnSync } from "node:child_process";
import { appendFileSync } from "node:fs";
import { resolve } from "node:path";
import { missingPython } from "./python-environment";

/** Runs the tests of a folder, which need Python; says so where they cannot run, instead of passing in silence. */
export function runPythonTier(what: string, folder: string): void {
  const reason = missingPython();
  if (reason) {
    process.stdout.write(`NOT RUN: ${what} need python3 with venv: ${reason}\n`);
    if (process.env.TEST_TOTALS) appendFileSync(process.env.TEST_TOTALS, "0 passed, 0 failed\n");
    return;
  }
  const root = resolve(__dirname, "../..");
  const mocha = [require.resolve("mocha/bin/mocha.js"), "--config", ".mocharc.python.json", `${folder}/**/*.test.ts`];
  const { status } = spawnSync(process.execPath, mocha, { cwd: root, stdio: "inherit" });
  process.exitCode = status ?? 1;
}
