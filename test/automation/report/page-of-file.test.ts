import assert from "node:assert/strict";
import { pageOfFile } from "../../../automation/report/page-of-file";
import { renderPage } from "../../../automation/report/render-page";
import { aChange, aReport, aStackReport } from "../../support/pipeline-reports";
import { aPage } from "../../support/page-fixtures";

const STACK = "urn:pulumi:dev::app::pulumi:pulumi:Stack::app-dev";

describe("the page of a file", () => {
  it("shows a report: resources by place, changes with their properties, what is deleted as well", () => {
    const property = { path: "tags", kind: "add", replaces: false, secret: false, new: "x" } as const;
    const web = aChange({ action: "update", properties: [property], stateful: true });
    const gone = aChange({ name: "gone", action: "delete", urn: "urn:pulumi:dev::app::aws:s3/bucket:Bucket::gone" });
    const resource = { change: "same", status: "done", dependsOn: [] } as const;
    const resources = [
      { ...resource, urn: STACK, type: "pulumi:pulumi:Stack", name: "app-dev", parent: "", startMs: 0, endMs: 9 },
      {
        ...resource,
        urn: web.urn,
        type: web.type,
        name: "web",
        parent: STACK,
        dependsOn: [STACK],
        startMs: 1,
        endMs: 2,
      },
    ];
    const report = aReport({
      stacks: [aStackReport({ counts: { same: 1, update: 1 }, changes: [web, gone], resources })],
    });
    const { title, stacks } = pageOfFile(JSON.stringify(report), "report.json");
    assert.equal(title, "Preview of tst: 1 to update");
    assert.deepEqual(
      stacks[0]?.resources.map(({ name, change, parent, dependsOn, properties }) => [
        name,
        change,
        parent,
        dependsOn,
        properties.length,
      ]),
      [
        ["app-dev", "same", undefined, [], 0],
        ["web", "update", 0, [0], 1],
        ["gone", "delete", 0, [], 0],
      ],
    );
  });

  it("shows a report of a version without resources by its changes", () => {
    const report = aReport({ stacks: [aStackReport({ changes: [aChange({ action: "create" })] })] });
    assert.deepEqual(
      pageOfFile(JSON.stringify(report), "report.json").stacks[0]?.resources.map(({ name, change }) => [name, change]),
      [["web", "create"]],
    );
  });

  it("shows the last release of a journal: where requests went, and how it ended", () => {
    const owner = { host: "h", pid: 1, user: "u" };
    const at = (minute: number) => `2026-11-28T10:0${minute}:00.000Z`;
    const begun = { kind: "begun", version: 1, release: "r1", slot: "green", model: "fares:7", owner };
    const traffic = (minute: number, green: number, state: string) => {
      return { kind: "traffic", at: at(minute), state, traffic: { blue: 100 - green, green }, mirror: {} };
    };
    const lines = [
      { ...begun, release: "r0", at: at(0), previous: {} },
      { ...begun, at: at(1), previous: { blue: 100 } },
      traffic(2, 10, "doing"),
      traffic(2, 10, "done"),
      traffic(3, 100, "done"),
      { kind: "outcome", at: at(4), outcome: "promoted" },
    ];
    const text = lines.map((line) => `${JSON.stringify(line)}\n`).join("");
    const { title, verdict, release } = pageOfFile(text, "dev-fares.jsonl");
    assert.equal(title, "Release of fares:7: promoted");
    assert.equal(verdict.mood, "good");
    assert.deepEqual(
      release?.points.map(({ traffic: shares }) => shares["green"]),
      [0, 10, 100, 100],
    );
  });

  for (const [title, text, message] of [
    ["fails for what is no JSON", "{", /^a\.json is no JSON of trunkline's$/],
    ["fails for a list", "[]", /^a\.json is no JSON of trunkline's$/],
    [
      "fails for a report of another version",
      '{"version":9}',
      /^a\.json has version 9, this trunkline reads version 1$/,
    ],
    ["fails for half a report", '{"version":1}', /^a\.json is no report: createdAt: /],
    ["fails for a bundle that was changed", '{"plan":"","digest":"","version":1}', /^a\.json is no bundle: /],
    [
      "fails for a record of a release without times",
      '{"timeline":[{"traffic":{}}]}',
      /^a\.json is no record of a release: timeline\.0\.at: /,
    ],
  ] as const) {
    it(title, () => assert.throws(() => pageOfFile(text, "a.json"), { code: "usage", message }));
  }
});

describe("a page as HTML", () => {
  it("has no end of a script in its data, and a policy that allows its own script and style alone", () => {
    const html = renderPage(aPage({ title: "</script><!--<script>&\0" }), { script: "1", style: "p{}" });
    assert.equal(html.match(/<\/script>/g)?.length, 2);
    assert.ok(!html.includes("<!--"));
    assert.match(
      html,
      /content="default-src 'none'; script-src 'sha256-[\w+/=]+'; style-src 'sha256-[\w+/=]+'; base-uri 'none'; form-action 'none'"/,
    );
    assert.match(html, /<title>&#60;\/script&#62;&#60;!--&#60;script&#62;&#38;\uFFFD<\/title>/);
  });
});
