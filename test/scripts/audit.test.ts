import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { allowListSchema, auditReport, auditVerdict } from "../../scripts/audit-verdict";

const root = join(__dirname, "../..");
const read = (path: string) => readFileSync(join(root, path), "utf8");

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

/** A report in the whole form that npm prints: https://docs.npmjs.com/cli/v11/commands/npm-audit. */
const RECORDED = JSON.stringify({
  auditReportVersion: 2,
  vulnerabilities: {
    minimist: {
      name: "minimist",
      severity: "critical",
      isDirect: false,
      via: [
        {
          source: 1097677,
          name: "minimist",
          dependency: "minimist",
          title: "Prototype Pollution in minimist",
          url: "https://github.com/advisories/GHSA-vh95-rmgr-6w4m",
          severity: "moderate",
          cwe: ["CWE-1321"],
          cvss: { score: 5.6, vectorString: "CVSS:3.1/AV:N/AC:H/PR:N/UI:N/S:U/C:L/I:L/A:L" },
          range: "<0.2.1",
        },
        {
          source: 1097678,
          name: "minimist",
          dependency: "minimist",
          title: "Prototype Pollution in minimist",
          url: "https://github.com/advisories/GHSA-xvch-5gv4-984h",
          severity: "critical",
          cwe: ["CWE-1321"],
          cvss: { score: 9.8, vectorString: "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H" },
          range: "<0.2.4",
        },
      ],
      effects: ["mkdirp"],
      range: "<=0.2.3",
      nodes: ["node_modules/minimist"],
      fixAvailable: { name: "mkdirp", version: "0.5.6", isSemVerMajor: false },
    },
    mkdirp: {
      name: "mkdirp",
      severity: "critical",
      isDirect: true,
      via: ["minimist"],
      effects: [],
      range: "0.4.1 - 0.5.1",
      nodes: ["node_modules/mkdirp"],
      fixAvailable: { name: "mkdirp", version: "0.5.6", isSemVerMajor: false },
    },
  },
  metadata: {
    vulnerabilities: { info: 0, low: 0, moderate: 0, high: 0, critical: 2, total: 2 },
    dependencies: { prod: 3, dev: 0, optional: 0, peer: 0, peerOptional: 0, total: 2 },
  },
});

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
    [
      "has no answer where the registry has no audit",
      '{ "message": "405 Method Not Allowed", "error": {} }',
      [],
      { kind: "unanswered", reason: "405 Method Not Allowed" },
    ],
    [
      "has no answer offline",
      '{ "error": { "code": "ENOTFOUND", "summary": "request failed", "detail": "" } }',
      [],
      { kind: "unanswered", reason: "request failed" },
    ],
    ["has no answer in what is no JSON", "npm error", [], { kind: "unanswered", reason: "npm error" }],
    ["has no answer where npm prints nothing", "", [], { kind: "unanswered", reason: "npm printed nothing" }],
    [
      "tells each advisory of a whole report once, direct or by another package",
      RECORDED,
      [accept("2026-03-31", "GHSA-xvch-5gv4-984h")],
      {
        kind: "faults",
        faults: ["GHSA-vh95-rmgr-6w4m: moderate in minimist: Prototype Pollution in minimist"],
      },
    ],
    [
      "is clean with every advisory of a whole report accepted",
      RECORDED,
      [accept("2026-03-31", "GHSA-xvch-5gv4-984h"), accept("2026-03-01", "GHSA-vh95-rmgr-6w4m")],
      { kind: "clean", accepted: ["GHSA-xvch-5gv4-984h", "GHSA-vh95-rmgr-6w4m"] },
    ],
  ] as const) {
    it(what, () => assert.deepEqual(auditVerdict(printed, allowed, DAY), verdict));
  }

  it("says what it means that there is no answer: a failure where one is required, and no proof elsewhere", () => {
    const verdict = { kind: "unanswered", reason: "405 Method Not Allowed" } as const;
    const told = /^not checked: the registry gave no answer \(405 Method Not Allowed\)\n/;
    const [required, free] = [auditReport(verdict, true), auditReport(verdict, false)];
    assert.match(required.lines.join("\n"), told);
    assert.match(free.lines.join("\n"), told);
    assert.deepEqual([required.good, free.good], [false, true]);
    assert.match(required.lines[1] ?? "", /this fails here/);
    assert.match(free.lines[1] ?? "", /no proof either/);
  });

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
