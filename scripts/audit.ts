import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { auditReport, auditVerdict } from "./audit-verdict";

/**
 * Asks for known faults of the locked packages, and fails for one that `.ci/audit-allow.json` does not accept. Without an
 * answer, as offline, it says so; with `--require`, as in CI, it fails then.
 */
function main(): void {
  const root = join(__dirname, "..");
  const { stdout } = spawnSync("npm", ["audit", "--json"], { cwd: root, encoding: "utf8", maxBuffer: 2 ** 28 });
  const allowList: unknown = JSON.parse(readFileSync(join(root, ".ci/audit-allow.json"), "utf8"));
  const verdict = auditVerdict(stdout ?? "", allowList, new Date());
  const { lines, good } = auditReport(verdict, process.argv.includes("--require"));
  for (const line of lines) (good ? console.log : console.error)(line);
  process.exitCode = good ? 0 : 1;
}

main();
