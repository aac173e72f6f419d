import assert from "node:assert/strict";
import fc from "fast-check";
import { REPORT_MARKER, renderMarkdown, TEXT_LIMITS, type TextLimit } from "../../../automation/report/render-markdown";
import { aChange, aReport, arbitraryReport, aStackReport } from "../../support/pipeline-reports";

const elsewhere = "https://github.com/acme/platform/actions/runs/1";
const render = (report = aReport(), limit: TextLimit = TEXT_LIMITS.githubComment) =>
  renderMarkdown(report, { limit, elsewhere });

describe("a report as Markdown", () => {
  it("tells the counts, the commit and the time first", () => {
    const event = { ...aReport().event, commit: "0123456789abcdef0123456789abcdef01234567" };
    const stacks = [
      aStackReport({ counts: { create: 2, same: 30 } }),
      aStackReport({ project: "web", counts: { create: 1, delete: 1 } }),
    ];
    assert.deepEqual(render(aReport({ event, stacks })).split("\n").slice(0, 4), [
      REPORT_MARKER,
      "### Preview of tst: 3 to create, 1 to delete",
      "",
      "commit <code>0123456789ab</code> · <code>feature/x</code> → <code>develop</code> · 2026-11-21 10:20 UTC · rehearsed in the simulated cloud",
    ]);
  });

  it("says so when there are no changes, and when no stack is affected", () => {
    const stacks = [aStackReport({ result: "unchanged", counts: { same: 30 } })];
    assert.match(render(aReport({ stacks })), /^### Preview of tst: no changes$/m);
    assert.match(render(aReport()), /^### Preview of tst: no stack is affected$/m);
  });

  for (const [result, headline] of [
    ["failed", "Deployment of prd: failed, 1 created"],
    ["refused", "Deployment of prd: refused, 1 created"],
    ["applied", "Deployment of prd: applied, 1 created"],
    ["unknown", "Deployment of prd: unknown, 1 created"],
  ] as const) {
    it(`is headed by the worst result: ${result}`, () => {
      const stacks = [aStackReport({ result: "unchanged" }), aStackReport({ result, counts: { create: 1 } })];
      assert.ok(render(aReport({ step: "apply", environment: "prd", stacks })).includes(`### ${headline}\n`));
    });
  }

  it("puts what would lose data before everything else, with its cause", () => {
    const properties = [{ path: "bucket", kind: "update", replaces: true, secret: false, old: "a", new: "b" } as const];
    const changes = [
      aChange({ name: "harmless", action: "create" }),
      aChange({ name: "data", action: "replace", stateful: true, properties }),
      aChange({ name: "gone", action: "delete", stateful: true }),
      aChange({ name: "stateless", action: "delete" }),
    ];
    const text = render(aReport({ stacks: [aStackReport({ changes })] }));
    const caution = text.slice(text.indexOf("> [!CAUTION]"), text.indexOf("| Stack"));
    assert.deepEqual(caution.trimEnd().split("\n"), [
      "> [!CAUTION]",
      "> **Data would be lost:**",
      "> - replace <code>aws:s3:Bucket</code> <code>data</code> in <code>app/dev</code>, because of <code>bucket</code>",
      "> - delete <code>aws:s3:Bucket</code> <code>gone</code> in <code>app/dev</code>",
    ]);
    const folded = [...text.matchAll(/<code>(data|gone|harmless|stateless)<\/code>(?=<)/g)].map(([, name]) => name);
    assert.deepEqual(folded, ["data", "gone", "harmless", "stateless"]);
  });

  it("tells what the gate and the policies say, what blocks first", () => {
    const gate = {
      kind: "refused" as const,
      reasons: [{ code: "state-moved", message: "the state is another one", hint: "make a new bundle" }],
      approvedBy: ["alice"],
    };
    const policies = [
      { policy: "tags", pack: "acme", level: "advisory" as const, message: "no owner" },
      { policy: "no-public", pack: "acme", level: "mandatory" as const, message: "the bucket is public" },
    ];
    const text = render(aReport({ stacks: [aStackReport({ result: "refused", gate, policies })] }));
    assert.ok(text.includes("- <code>app</code>: approved by alice\n"));
    assert.ok(text.includes("<code>state-moved</code>: the state is another one. Next: make a new bundle\n"));
    const told = text.slice(text.indexOf("**Policies**"));
    assert.ok(told.indexOf("acme/no-public") < told.indexOf("acme/tags"), told);
  });

  it("shows the differences of each resource, folded away, without a secret", () => {
    const properties = [
      { path: "acl", kind: "update", replaces: false, secret: false, old: "private", new: "public-read" },
      { path: "password", kind: "update", replaces: false, secret: true, old: "hunter2", new: "hunter3" },
      { path: "tags.owner", kind: "add", replaces: false, secret: false, new: { a: ["```", 1] } },
    ] as const;
    const text = render(aReport({ stacks: [aStackReport({ changes: [aChange({ properties })] })] }));
    const [, fence = "", block = ""] = /^(`{3,})diff\n([\s\S]*?)\n\1$/m.exec(text) ?? [];
    assert.equal(fence, "````");
    assert.deepEqual(block.split("\n"), [
      ...["! acl:", "- private", "+ public-read"],
      ...["! password:", "- [secret]", "+ [secret]"],
      ...["! tags.owner:", "+ {", '+   "a": [', '+     "```",', "+     1", "+   ]", "+ }"],
    ]);
    assert.ok(!text.includes("hunter"));
  });

  it("counts what has no room and says where it is", () => {
    const properties = Array.from({ length: 20 }, (_, i) => ({
      path: `p${i}`,
      kind: "add" as const,
      replaces: false,
      secret: false,
      new: "x".repeat(300),
    }));
    const changes = Array.from({ length: 100 }, (_, i) => aChange({ name: `bucket-${i}`, properties }));
    const report = aReport({ stacks: [aStackReport({ changes })] });
    const text = render(report);
    assert.ok(text.length <= 65_536);
    assert.ok(text.length > 40_000, "most of the room is used");
    const [, missing = 0] = /\*\*(\d+) more parts of this report are not shown here\*\*: https:/.exec(text) ?? [];
    const shown = text.match(/<details><summary>&#126; update/g)?.length ?? 0;
    assert.equal(shown + Number(missing), 100);
    assert.equal(text.match(/<details>/g)?.length, text.match(/<\/details>/g)?.length);
    assert.ok(!render(report, TEXT_LIMITS.githubSummary).includes("not shown here"));
  });

  it("fits the limit of each platform, whatever it is made of", () => {
    fc.assert(
      fc.property(arbitraryReport, fc.constantFrom(...Object.values(TEXT_LIMITS)), (report, limit) => {
        const text = render(report, limit);
        assert.ok(limit.measure(text) <= limit.length);
        assert.ok(text.startsWith(`${REPORT_MARKER}\n`));
      }),
      { numRuns: 60 },
    );
  });

  it("has nothing that somebody else wrote as markup, and folds stay folded", () => {
    const allowed = /^<\/?(?:details|summary|code|p)>$|^<!-- trunkline:report -->$/;
    fc.assert(
      fc.property(arbitraryReport, (report) => {
        const text = render(report);
        const prose = text.replace(/^(`{3,})diff\n[\s\S]*?\n\1$/gm, "");
        for (const [tag] of prose.matchAll(/<[^>]*>?/g)) assert.match(tag, allowed);
        assert.equal(prose.split(REPORT_MARKER).length, 2);
        assert.equal(prose.match(/<details>/g)?.length, prose.match(/<\/details>/g)?.length);
        assert.doesNotMatch(prose, /@\w|(?<!&)#\w|\]\(|:\/\/evil|`/);
        // eslint-disable-next-line no-control-regex -- what must not be there
        assert.doesNotMatch(text, /[\u0000-\u0009\u000B-\u001F\u202A-\u202E\u2066-\u2069\u200B-\u200F]/);
        for (const line of prose.split("\n")) {
          if (line.startsWith("| ")) assert.equal(line.match(/\|/g)?.length, 5, line);
        }
      }),
      { numRuns: 100 },
    );
  });
});
