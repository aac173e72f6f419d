import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { allowListSchema, auditVerdict } from "../../scripts/audit-verdict";
import { changelogSection, versionOfTag } from "../../scripts/changelog-section";

const root = join(__dirname, "../..");
const read = (path: string) => readFileSync(join(root, path), "utf8");
const manifest = JSON.parse(read("package.json")) as Record<string, Record<string, string>>;

interface Bom {
  readonly bomFormat: string;
  readonly components: readonly { readonly name: string; readonly version: string; readonly scope: string }[];
}

const ID = "GHSA-2222-3333-4444";
const DAY = new Date("2026-03-01T12:00:00Z");

function report(...ids: string[]): string {
  const via = ids.map((id) => ({
    url: `https://github.com/advisories/${id}`,
    title: "a fault",
    name: "left",
    severity: "high",
  }));
  const vulnerabilities = { left: { via }, right: { via: ["left"] } };
  return JSON.stringify({ auditReportVersion: 2, vulnerabilities });
}

const accept = (until: string, advisory = ID) => ({ advisory, reason: "not reached: used at build time only", until });

describe("the audit of packages", () => {
  for (const [what, printed, allowed, verdict] of [
    ["is clean without faults", report(), [], { kind: "clean", accepted: [] }],
    [
      "is clean with a fault that is accepted, on the last day too",
      report(ID),
      [accept("2026-03-01")],
      { kind: "clean", accepted: [ID] },
    ],
    [
      "fails for a fault that nobody accepted",
      report(ID),
      [],
      { kind: "faults", faults: [`${ID}: high in left: a fault`] },
    ],
    [
      "fails for a fault whose acceptance has expired",
      report(ID),
      [accept("2026-02-28")],
      { kind: "faults", faults: [`${ID}: high in left: a fault (was accepted until 2026-02-28)`] },
    ],
    [
      "fails for an acceptance that nothing needs",
      report(),
      [accept("2026-03-09")],
      { kind: "faults", faults: [`${ID} is accepted and not found: remove it`] },
    ],
    [
      "fails for an acceptance of more than a quarter",
      report(ID),
      [accept("2027-03-01")],
      { kind: "faults", faults: [`${ID} is accepted until 2027-03-01: at most 2026-06-01 is allowed`] },
    ],
    ["has no answer offline", '{ "message": "405 Method Not Allowed", "error": {} }', [], { kind: "unanswered" }],
    ["has no answer in what is no JSON", "npm error", [], { kind: "unanswered" }],
  ] as const) {
    it(what, () => assert.deepEqual(auditVerdict(printed, allowed, DAY), verdict));
  }

  for (const entry of [
    { ...accept("soon") },
    { ...accept("2026-03-01", "CVE-1") },
    { ...accept("2026-03-01"), reason: "no" },
  ]) {
    it(`fails for a list with ${JSON.stringify(entry)}`, () =>
      assert.throws(() => auditVerdict(report(), [entry], DAY)));
  }

  it("has a list that is one", () => void allowListSchema.parse(JSON.parse(read(".ci/audit-allow.json"))));

  it("runs, and says so where the registry gives no answer", () => {
    const { stdout, stderr } = spawnSync("npm", ["run", "--silent", "audit"], { cwd: root, encoding: "utf8" });
    assert.match(stdout + stderr, /^(?:no faults of packages|not checked: the registry|GHSA-)/);
  });
});

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
    const { bomFormat, components } = JSON.parse(printed) as Bom;
    assert.equal(bomFormat, "CycloneDX");
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
