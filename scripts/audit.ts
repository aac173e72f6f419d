import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { auditVerdict } from "./audit-verdict";

/**
 * Asks for known faults of the locked packages, and fails for one that `.ci/audit-allow.json` does not accept. Without an
 * answer, as offline, it says so; with `--require`, as in CI, it fails then.
 */
function main(): void {
  const root = join(__dirname, "..");
  const { stdout } = spawnSync("npm", ["audit", "--json"], { cwd: root, encoding: "utf8", maxBuffer: 2 ** 28 });
  const allowList: unknown = JSON.parse(readFileSync(join(root, ".ci/audit-allow.json"), "utf8"));
  const verdict = auditVerdict(stdout ?? "", allowList, new Date());
  switch (verdict.kind) {
    case "clean":
      console.log(`no faults of packages are known beside those accepted: ${verdict.accepted.join(", ") || "none"}`);
      return;
    case "unanswered":
      console.log("not checked: the registry gave no answer");
      process.exitCode = process.argv.includes("--require") ? 1 : 0;
      return;
    case "faults":
      for (const fault of verdict.faults) console.error(fault);
      process.exitCode = 1;
  }
}

main();
