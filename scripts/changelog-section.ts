/** The text of a version in a changelog of the form of Keep a Changelog. Throws where it has none, or nothing in it. */
export function changelogSection(changelog: string, version: string): string {
  const sections = changelog.split(/^## /m).slice(1);
  const section = sections.find((one) => one.startsWith(`[${version}]`));
  if (section === undefined) throw new Error(`CHANGELOG.md has no section [${version}]: rename [Unreleased] to it`);
  const text = section.slice(section.indexOf("\n") + 1).trim();
  if (text === "") throw new Error(`CHANGELOG.md has nothing about ${version}`);
  return `${text}\n`;
}

/** The version that a tag is of. Throws for a tag that is none of this package's version. */
export function versionOfTag(tag: string, version: string): string {
  if (tag === `v${version}`) return version;
  throw new Error(`the tag ${JSON.stringify(tag)} is not that of package.json, which is v${version}`);
}
