import { readFileSync } from "node:fs";
import { join } from "node:path";
import { changelogSection, versionOfTag } from "./changelog-section";

/** Prints what the changelog says of the version that a tag is of: `release-notes.ts v1.2.3`. */
function main(): void {
  const root = join(__dirname, "..");
  const { version } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as { version: string };
  const tag = versionOfTag(process.argv[2] ?? "", version);
  process.stdout.write(changelogSection(readFileSync(join(root, "CHANGELOG.md"), "utf8"), tag));
}

main();
