import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { ciHost, type CiHost } from "../../../automation/ports/ci-host";
import { withoutCommands } from "../../../automation/report/command-guard";
import { hostileText } from "../../support/pipeline-reports";

/** What a runner reads out of the file of outputs: its rules, written down a second time. */
function readOutputs(text: string): Record<string, string> {
  const outputs: Record<string, string> = {};
  const lines = text.split("\n");
  for (let i = 0; i < lines.length && lines[i] !== ""; i++) {
    const [, name = "", delimiter = ""] = /^([^=<]+)<<(.+)$/.exec(lines[i] ?? "") ?? assert.fail(lines[i]);
    const end = lines.indexOf(delimiter, i + 1);
    assert.ok(end > i, `no end of ${name}`);
    outputs[name] = lines.slice(i + 1, end).join("\n");
    i = end;
  }
  return outputs;
}

describe("what a run tells its CI system", () => {
  let directory: string;
  let written: string;
  let github: CiHost;
  let azure: CiHost;

  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), "trunkline-host-"));
    written = "";
    const write = (text: string) => void (written += text);
    const files = { GITHUB_OUTPUT: join(directory, "output"), GITHUB_STEP_SUMMARY: join(directory, "summary") };
    for (const file of Object.values(files)) writeFileSync(file, "");
    github = ciHost({ GITHUB_ACTIONS: "true", ...files }, write);
    azure = ciHost({ TF_BUILD: "True", AGENT_TEMPDIRECTORY: directory }, write);
  });
  afterEach(() => rmSync(directory, { recursive: true, force: true }));

  it("is nothing outside CI", () => {
    const host = ciHost({}, () => assert.fail("nothing is written"));
    host.mask("secret");
    host.output("name", "value");
    host.summary("text");
    host.annotate("error", "text");
    assert.equal(host.name, "none");
  });

  it("makes exactly the outputs that were given, whatever is in them", () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(hostileText, fc.constant("a<<b\nc\nb\nd=e"))), (values) => {
        writeFileSync(join(directory, "output"), "");
        for (const [i, value] of values.entries()) github.output(`value${i}`, value);
        const expected = values.map((value, i) => [`value${i}`, Buffer.from(value).toString()] as const);
        assert.deepEqual(readOutputs(readFileSync(join(directory, "output"), "utf8")), Object.fromEntries(expected));
      }),
      { numRuns: 50 },
    );
  });

  it("fails for a name that would end its line", () => {
    assert.throws(() => github.output("a\nb", "c"), /cannot be the name of an output/);
  });

  it("masks a secret line by line, and then refuses to give it to later jobs", () => {
    github.mask("first-line 100%\nsecond-line\n}");
    assert.equal(written, "::add-mask::first-line 100%25\n::add-mask::second-line\n");
    assert.throws(() => github.output("url", "https://second-line@host"), /the output url holds a secret/);
    assert.equal(readFileSync(join(directory, "output"), "utf8"), "");
  });

  it("keeps an annotation in one line", () => {
    github.annotate("error", "one\n::add-mask::two%");
    assert.equal(written, "::error::one%0A::add-mask::two%25\n");
  });

  it("adds summaries one after the other", () => {
    github.summary("# a");
    github.summary("# b");
    assert.equal(readFileSync(join(directory, "summary"), "utf8"), "# a\n# b\n");
  });

  it("tells Azure Pipelines the same in its own words", () => {
    azure.mask("secret-1");
    azure.output("next;job", "1%\n2");
    azure.annotate("warning", "careful");
    azure.annotate("notice", "##vso[task.complete]");
    azure.summary("# a");
    const lines = written.split("\n");
    assert.deepEqual(lines.slice(0, 3), [
      "##vso[task.setsecret]secret-1",
      "##vso[task.setvariable variable=next%3Bjob;isOutput=true]1%AZP25%0A2",
      "##vso[task.logissue type=warning]careful",
    ]);
    const [, file = ""] = /##vso\[task\.uploadsummary\](.*)$/.exec(lines[4] ?? "") ?? [];
    assert.equal(readFileSync(file, "utf8"), "# a");
    assert.throws(() => azure.output("a", "secret-1"), /holds a secret/);
  });
});

describe("a log that a CI system reads", () => {
  for (const [text, told] of [
    ["::error::x", ": :error::x"],
    ["ok\n  ::add-mask::x", "ok\n  : :add-mask::x"],
    ["a ##vso[task.setvariable variable=b]c", "a # #vso[task.setvariable variable=b]c"],
    ["##[group]x", "# #[group]x"],
    ["urn:pulumi:dev::app::type::name", "urn:pulumi:dev::app::type::name"],
    ["## heading", "## heading"],
  ] as const) {
    it(`has no command in ${JSON.stringify(text)}`, () => assert.equal(withoutCommands(text), told));
  }
});
