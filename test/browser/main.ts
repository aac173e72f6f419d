import { spawnSync } from "node:child_process";
import { appendFileSync } from "node:fs";
import { resolve } from "node:path";
import { chromiumPlace } from "./chromium-place";

/** Runs the tests of report pages in Chromium; says so where they cannot run, instead of passing in silence. */
if (chromiumPlace() === undefined) {
  process.stdout.write("NOT RUN: the tests of report pages need Chromium, Debian's package or the path in CHROMIUM\n");
  if (process.env.TEST_TOTALS) appendFileSync(process.env.TEST_TOTALS, "0 passed, 0 failed\n");
} else {
  const mocha = [
    require.resolve("mocha/bin/mocha.js"),
    ...["--config", ".mocharc.browser.json", "test/browser/**/*.test.ts"],
  ];
  const root = resolve(__dirname, "../..");
  const { status } = spawnSync(process.execPath, mocha, { cwd: root, stdio: "inherit" });
  process.exitCode = status ?? 1;
}
