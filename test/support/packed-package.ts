import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

const root = resolve(__dirname, "../..");
let consumer: string | undefined;

/**
 * A folder outside of this repository that has the packed package installed, for everything below it. Packed once a
 * process, and removed at its end.
 */
export function packedPackage(): string {
  if (consumer !== undefined) return consumer;
  const made = realpathSync(mkdtempSync(join(tmpdir(), "trunkline-package-")));
  process.once("exit", () => rmSync(made, { recursive: true, force: true }));
  execFileSync("npm", ["pack", "--pack-destination", made], { cwd: root, stdio: "pipe" });
  const [tarball = ""] = readdirSync(made).filter((name) => name.endsWith(".tgz"));
  writeFileSync(join(made, "package.json"), '{ "name": "consumer", "version": "1.0.0", "private": true }');
  const install = ["install", "--prefer-offline", "--no-audit", "--no-fund", join(made, tarball)];
  execFileSync("npm", install, { cwd: made, stdio: "pipe" });
  return (consumer = made);
}
