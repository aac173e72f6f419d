import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import Ajv from "ajv";
import { changelogSection, versionOfTag } from "../../scripts/changelog-section";

const root = join(__dirname, "../..");
const read = (path: string) => readFileSync(join(root, path), "utf8");
const manifest = JSON.parse(read("package.json")) as Record<string, Record<string, string>>;

interface Bom {
  readonly bomFormat: string;
  readonly specVersion: string;
  readonly components: readonly { readonly name: string; readonly version: string; readonly scope: string }[];
}

describe("a release", () => {
  it("has the changelog's text of its version", () => {
    const changelog =
      "# Changelog\n\n## [Unreleased]\n\n- c\n\n## [1.1.0] - 2026-01-02\n\n### Added\n\n- b\n\n## [1.0.0]\n\n- a\n";
    assert.equal(changelogSection(changelog, "1.1.0"), "### Added\n\n- b\n");
    assert.equal(changelogSection(changelog, "1.0.0"), "- a\n");
  });

  it("fails for a version that the changelog says nothing of, and for a tag of another version", () => {
    assert.throws(() => changelogSection("# Changelog\n\n## [Unreleased]\n\n- c\n", "1.0.0"), /no section \[1\.0\.0\]/);
    assert.throws(() => changelogSection("## [1.0.0]\n\n## [0.9.0]\n\n- a\n", "1.0.0"), /nothing about 1\.0\.0/);
    for (const tag of ["1.0.0", "v1.0.1", "v1.0.0-rc.1", ""])
      assert.throws(() => versionOfTag(tag, "1.0.0"), /is not that of/);
    assert.equal(versionOfTag("v1.0.0", "1.0.0"), "1.0.0");
  });

  it("prints the text of its tag, and is refused for a tag of another version before anything is packed", () => {
    const { version } = manifest as unknown as { readonly version: string };
    const notes = (tag: string) => {
      const script = ["--import", "tsx", "scripts/release-notes.ts", tag];
      return spawnSync(process.execPath, script, { cwd: root, encoding: "utf8" });
    };
    const other = notes("v999.0.0");
    assert.notEqual(other.status, 0);
    assert.match(other.stderr, /the tag "v999\.0\.0" is not that of package\.json, which is v/);
    assert.equal(other.stdout, "");
    const own = notes(`v${version}`);
    const hasSection = read("CHANGELOG.md").includes(`\n## [${version}]`);
    assert.equal(own.status === 0, hasSection, own.stderr);
    if (!hasSection) assert.match(own.stderr, /rename \[Unreleased\] to it/);
    const release = read(".github/workflows/release.yml");
    assert.ok(release.indexOf("scripts/release-notes.ts") < release.indexOf("npm pack"), "the tag is looked at first");
  });

  it("has a bill of materials in CycloneDX with every dependency, those of development as optional", function () {
    this.timeout(300_000);
    const release = read(".github/workflows/release.yml");
    const [, options = ""] = /npm sbom (.*) > release\/sbom\.cdx\.json/.exec(release) ?? [];
    assert.ok(options !== "");
    const printed = execFileSync("npm", ["sbom", ...options.split(" ")], {
      cwd: root,
      encoding: "utf8",
      maxBuffer: 2 ** 28,
    });
    const bom: unknown = JSON.parse(printed);
    const { bomFormat, specVersion, components } = bom as Bom;
    assert.equal(bomFormat, "CycloneDX");
    const schemas = join(root, "node_modules/@cyclonedx/cyclonedx-library/res/schema");
    const schema = (name: string) =>
      JSON.parse(readFileSync(join(schemas, `${name}.SNAPSHOT.schema.json`), "utf8")) as object;
    // Formats such as idn-email are no part of what may be wrong here.
    const ajv = new Ajv({ strict: false, validateFormats: false, unicodeRegExp: false, allErrors: true });
    for (const name of ["spdx", "jsf-0.82"]) {
      // The package calls them by the names of its files.
      ajv.addSchema({ ...schema(name), $id: `http://cyclonedx.org/schema/${name}.SNAPSHOT.schema.json` });
    }
    const fits = ajv.compile(schema(`bom-${specVersion}`));
    assert.ok(fits(bom), JSON.stringify(fits.errors?.slice(0, 5)));
    assert.ok(!fits({ ...(bom as object), components: [{ type: "nothing" }] }), "the schema refuses nothing");
    const listed = new Set(components.map(({ name, version, scope }) => `${name} ${version} ${scope}`));
    for (const [name, version] of Object.entries(manifest["dependencies"]!)) {
      assert.ok(listed.has(`${name} ${version} required`), `${name} ${version}`);
    }
    for (const name of ["mocha", "eslint"])
      assert.ok(listed.has(`${name} ${manifest["devDependencies"]![name]} optional`));
  });
});

describe("docs/dependencies.md", () => {
  const rows = [...read("docs/dependencies.md").matchAll(/^\| `([^`]+)` +\| (.+?) +\|$/gm)];
  const reasons = new Map(rows.map(([, name = "", reason = ""]) => [name, reason]));
  const kinds = ["dependencies", "devDependencies", "overrides"];
  const names = kinds.flatMap((kind) => Object.keys(manifest[kind] ?? {}));

  it("has a reason for each dependency, and none for what is not one", () => {
    assert.deepEqual([...reasons.keys()].sort(), [...names].sort());
    for (const [name, reason] of reasons) assert.ok(reason.length > 12, `${name}: ${reason}`);
  });

  it("is of versions that are pinned, in a lockfile that names no registry", () => {
    for (const kind of kinds) {
      for (const [name, version] of Object.entries(manifest[kind] ?? {}))
        assert.match(version, /^\d+\.\d+\.\d+$/, name);
    }
    assert.doesNotMatch(read("package-lock.json"), /"resolved": "http/);
  });
});
