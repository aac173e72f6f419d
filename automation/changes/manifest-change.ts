/**
 * Parts of a `package.json` that say nothing about what its imports mean. Dependencies are told, more exactly, by the
 * lockfile; without one they count.
 * @see https://docs.npmjs.com/cli/configuring-npm/package-json
 */
const WITHOUT_BEARING: readonly string[] = [
  ...["version", "description", "keywords", "author", "contributors", "maintainers", "license", "funding", "homepage"],
  ...["repository", "bugs", "private", "publishConfig", "files", "bin", "man", "directories", "scripts", "config"],
  ...["engines", "os", "cpu", "packageManager", "devEngines"],
];

const DEPENDENCIES: readonly string[] = [
  ...["dependencies", "devDependencies", "optionalDependencies", "peerDependencies", "peerDependenciesMeta"],
  ...["bundleDependencies", "bundledDependencies", "overrides", "workspaces"],
];

/** Whether the change of a `package.json` bears on imports; a file that is missing or no JSON counts as changed. */
export function manifestChanges(before: string | undefined, after: string | undefined, locked: boolean): boolean {
  const ignored = locked ? [...WITHOUT_BEARING, ...DEPENDENCIES] : WITHOUT_BEARING;
  const [old, now] = [bearing(before, ignored), bearing(after, ignored)];
  return old === undefined || now === undefined || old !== now;
}

function bearing(text: string | undefined, ignored: readonly string[]): string | undefined {
  try {
    const content: unknown = JSON.parse(text ?? "");
    if (typeof content !== "object" || content === null || Array.isArray(content)) return undefined;
    const kept = Object.entries(content).filter(([key]) => !ignored.includes(key));
    // The order of conditional exports has a meaning: only that of the parts themselves has none.
    return JSON.stringify(kept.sort(([a], [b]) => (a < b ? -1 : 1)));
  } catch {
    return undefined;
  }
}
