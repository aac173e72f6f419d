import assert from "node:assert/strict";
import { buildTask } from "../../../components/mlflow/build-context";
import { taskOf } from "../../../rehearsal/cloud/tables/azure-native/container-registry";
import { buildFault } from "../../../rehearsal/cloud/tables/azure-native/image-build";
import type { PropertyValue } from "../../../rehearsal/engine/values/property-value";

/** Why the simulated registry does not build the files, by the task that a component hands to it. */
const faultOf = (files: Record<string, string>): string | undefined =>
  buildFault(taskOf({ encodedTaskContent: buildTask("server:1", files) }));

describe("an image in the simulated registry", () => {
  for (const [what, files] of [
    ["copies nothing", { Dockerfile: "FROM scratch\n" }],
    ["copies a file", { Dockerfile: "FROM a\nCOPY r.txt /r.txt\n", "r.txt": "x" }],
    ["copies a folder, and what matches a pattern", { Dockerfile: "FROM a\nCOPY src *.txt /x/\n", "src/a.py": "", "b.txt": "" }], // prettier-ignore
    ["copies everything", { Dockerfile: "FROM a\nCOPY . /x/\n" }],
    ["copies by a list, with an option", { Dockerfile: 'FROM a\nCOPY --chown=1 ["r.txt", "/x/"]\n', "r.txt": "" }],
    ["copies from another stage", { Dockerfile: "FROM a AS b\nFROM c\nCOPY --from=b /nowhere /x\n" }],
    ["takes in an address", { Dockerfile: "FROM a\nADD https://example.org/x /x\n" }],
    ["writes a text of its own", { Dockerfile: "FROM a\nCOPY <<EOF /x\nhi\nEOF\n" }],
    ["is named by an argument", { Dockerfile: "ARG V=1\nFROM a:$V\nARG F\nCOPY $F /x\n" }],
    ["runs a command of several lines", { Dockerfile: "FROM a\nRUN x \\\n  # why\n  && y\n" }],
    ["is written in a way that Docker only warns of", { Dockerfile: "from a\nMAINTAINER me\n" }],
  ] as const) {
    it(`is built where it ${what}`, () => assert.equal(faultOf(files), undefined));
  }

  for (const [what, files, fault] of [
    ["is empty", { Dockerfile: "" }, /dockerfile parse error on line 1: No source image provided/],
    [
      "has an instruction that there is not",
      { Dockerfile: "FROM a\nUSR 1\n" },
      /error on line 2: Unknown instruction: USR/,
    ],
    ["begins without an image", { Dockerfile: "# x\nRUN y\n" }, /dockerfile parse error on line \d: No source image/],
    ["lacks an argument", { Dockerfile: "FROM a\nCOPY x\n" }, /line 2: COPY requires at least two arguments/],
    [
      "copies what is not there",
      { Dockerfile: "FROM a\nCOPY b.txt r.txt /x/\n", "b.txt": "" },
      /COPY failed on line 2: .*: stat r\.txt: file does not exist/,
    ],
    [
      "copies by a pattern that nothing matches",
      { Dockerfile: "FROM a\nCOPY *.py /x/\n", "b.txt": "" },
      /stat \*\.py: file does not/,
    ],
    [
      "copies a folder that is not there",
      { Dockerfile: "FROM a\nCOPY src/ /x/\n", srcs: "" },
      /stat src\/: file does not exist/,
    ],
  ] as const) {
    // prettier-ignore
    it(`fails where its Dockerfile ${what}`, () => {
      assert.match(faultOf(files) ?? "", /^failed to run step ID: build: exit status 1: /);
      assert.match(faultOf(files) ?? "", fault);
    });
  }

  it("fails where the step names another Dockerfile", () => {
    const task = taskOf({ encodedTaskContent: buildTask("server:1", { Dockerfile: "FROM a\n" }) });
    const other = JSON.parse(JSON.stringify(task).replace("context/Dockerfile context", "context/Other context"));
    assert.match(buildFault(other as PropertyValue) ?? "", /unable to find the Dockerfile context\/Other$/);
  });

  it("is taken to be built where its files come from elsewhere", () => {
    assert.equal(buildFault({ steps: [{ build: "-t $Registry/a:1 https://example.org/a.git" }] }), undefined);
    assert.equal(buildFault(undefined), undefined);
  });
});
