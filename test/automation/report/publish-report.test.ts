import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { CiHost } from "../../../automation/ports/ci-host";
import { octokitGithub } from "../../../automation/ports/octokit-github";
import { githubComments } from "../../../automation/ports/pull-request-comments";
import { masker } from "../../../automation/report/mask";
import { pipelineReportSchema } from "../../../automation/report/pipeline-report";
import { publishReport } from "../../../automation/report/publish-report";
import { GithubStandIn } from "../../support/github-stand-in";
import { aChange, aReport, aStackReport } from "../../support/pipeline-reports";

const TOKEN = "ghs_0123456789abcdef";
const CANARY = 'canary-"S3CR3T"-0123456789';

/** A report with a secret in every text that others write. */
function leakyReport() {
  const property = { path: `a.${CANARY}`, kind: "update" as const, replaces: true, secret: false };
  return aReport({
    reason: `because ${CANARY}`,
    fault: `failed with ${CANARY}`,
    event: { ...aReport().event, repository: "acme/platform", pullRequest: 7, branch: `feature/${CANARY}` },
    stacks: [
      aStackReport({
        detail: CANARY,
        reasons: [CANARY],
        changes: [
          aChange({
            name: CANARY,
            action: "replace",
            stateful: true,
            properties: [{ ...property, old: { deep: [CANARY] }, new: `${CANARY}!` }],
          }),
        ],
        gate: { kind: "refused", reasons: [{ code: "x", message: CANARY, hint: CANARY }], approvedBy: [CANARY] },
        policies: [{ policy: CANARY, pack: CANARY, level: "mandatory", message: CANARY }],
        messages: [{ severity: "error", urn: CANARY, text: `error: ${CANARY}\nand ${JSON.stringify(CANARY)}` }],
      }),
    ],
  });
}

describe("publishing a report", function () {
  this.timeout(60_000);
  let server: GithubStandIn;
  let directory: string;
  let summaries: string[];
  const host: CiHost = {
    name: "github",
    mask: () => {},
    output: () => {},
    annotate: () => {},
    summary: (text) => void summaries.push(text),
  };

  beforeEach(async () => {
    server = await GithubStandIn.start(TOKEN);
    directory = mkdtempSync(join(tmpdir(), "trunkline-report-"));
    summaries = [];
  });
  afterEach(async () => {
    rmSync(directory, { recursive: true, force: true });
    await server.stop();
  });

  const publish = (report = leakyReport(), over: Partial<CiHost> = {}, file = join(directory, "deep/report.json")) => {
    const comments = githubComments(octokitGithub({ token: TOKEN, baseUrl: server.url, unitMs: 1 }), "acme/platform");
    return publishReport({ host: { ...host, ...over }, comments, mask: masker([CANARY, TOKEN]) }, report, {
      file,
      runUrl: "https://github.com/acme/platform/actions/runs/1",
    });
  };

  it("writes the file, the summary and the comment, and a secret into none of them", async () => {
    const { report, comment, faults } = await publish();
    const file = readFileSync(join(directory, "deep/report.json"), "utf8");
    assert.deepEqual(pipelineReportSchema.parse(JSON.parse(file)), report);
    assert.equal(statSync(join(directory, "deep/report.json")).mode & 0o777, 0o600);
    assert.deepEqual([comment?.kind, faults], ["created", []]);
    const [posted] = server.comments;
    const page = readFileSync(join(directory, "deep/report.html"), "utf8");
    assert.match(page, /^<!doctype html>/);
    for (const text of [
      file,
      page,
      summaries.join(""),
      posted?.body ?? "",
      JSON.stringify(server.requests.map((r) => r.body)),
    ]) {
      assert.ok(text.length > 100);
      assert.doesNotMatch(text, /S3CR3T|canary/);
    }
  });

  it("updates the comment when the next run finds no changes, and when it fails", async () => {
    const event = { ...aReport().event, repository: "acme/platform", pullRequest: 7 };
    await publish(aReport({ event, stacks: [aStackReport({ counts: { create: 1 } })] }));
    await publish(aReport({ event, stacks: [aStackReport({ result: "unchanged" })] }));
    assert.equal(server.comments.length, 1);
    assert.match(server.comments[0]?.body ?? "", /^### Preview of tst: no changes$/m);
    await publish(aReport({ event, fault: "the program does not compile" }));
    assert.equal(server.comments.length, 1);
    assert.match(server.comments[0]?.body ?? "", /^### Preview of tst: failed$/m);
  });

  it("does not comment on what is no pull request", async () => {
    assert.deepEqual((await publish(aReport())).faults, []);
    assert.deepEqual(server.requests, []);
  });

  it("tells that it could not comment, and has written everything else", async () => {
    server.faults.push({ request: /^POST .*comments/, status: 403, message: `may not write ${TOKEN}`, times: 9 });
    const { comment, faults } = await publish();
    assert.equal(comment, undefined);
    assert.equal(faults.length, 1);
    assert.match(
      faults[0] ?? "",
      /^the pull request was not commented on: github has no answer .* may not write \[secret\]/,
    );
    assert.equal(summaries.length, 1);
    assert.ok(statSync(join(directory, "deep/report.json")).isFile());
  });

  it("comments where neither file nor summary can be written", async () => {
    writeFileSync(join(directory, "taken"), "a file in the way");
    const summary = () => {
      throw new Error("no space left on device");
    };
    const { comment, faults } = await publish(leakyReport(), { summary }, join(directory, "taken/report.json"));
    assert.equal(comment?.kind, "created");
    assert.equal(faults.length, 3);
    assert.match(faults.join("\n"), /the page .*taken\/report\.html was not written: E/);
    assert.match(faults.join("\n"), /the report file .*taken\/report\.json was not written: E/);
    assert.match(faults.join("\n"), /the summary of the run was not written: no space left on device/);
  });
});
