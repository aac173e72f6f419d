import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { buildTask, contextTag } from "../../../components/mlflow/build-context";

interface Task {
  readonly steps: readonly { readonly cmd?: string; readonly build?: string; readonly push?: readonly string[] }[];
}

const decoded = (task: string) => JSON.parse(Buffer.from(task, "base64").toString("utf8")) as Task;

describe("the tag of a build context", () => {
  const file = fc.stringMatching(/^[a-z]{1,5}(?:\/[a-z]{1,3})?$/);
  const context = fc.dictionary(file, fc.string(), { minKeys: 1, maxKeys: 4, noNullPrototype: true });

  it("is the same whatever the order of the files", () => {
    fc.assert(
      fc.property(context, (files) =>
        assert.equal(contextTag(files), contextTag(Object.fromEntries(Object.entries(files).reverse()))),
      ),
    );
  });

  it("differs for every two different contexts", () => {
    fc.assert(
      fc.property(context, context, (a, b) =>
        assert.equal(contextTag(a) === contextTag(b), JSON.stringify(sorted(a)) === JSON.stringify(sorted(b))),
      ),
    );
  });

  it("can be a tag of an image and part of a name", () =>
    assert.match(contextTag({ Dockerfile: "" }), /^[0-9a-f]{16}$/));
});

describe("the task that builds an image", () => {
  it("writes the files as they are, whatever they hold, when its command is run", () => {
    const files = { Dockerfile: "FROM scratch\n", "sub/quote.txt": `a 'b' "c" $(d) \`e\` \\ ü\n%` };
    const [write] = decoded(buildTask("server:1", files)).steps;
    const directory = mkdtempSync(join(tmpdir(), "trunkline-build-task-"));
    try {
      const [, script = ""] = /^bash -c '(.*)'$/s.exec(write?.cmd ?? "") ?? [];
      const { status, stderr } = spawnSync("bash", ["-c", script], { cwd: directory, encoding: "utf8" });
      assert.equal(status, 0, stderr);
      for (const [path, content] of Object.entries(files)) {
        assert.equal(readFileSync(join(directory, "context", path), "utf8"), content);
      }
    } finally {
      rmSync(directory, { recursive: true, force: true });
    }
  });

  it("builds and pushes to the registry that runs it", () => {
    const [, build, push] = decoded(buildTask("server:1", { Dockerfile: "" })).steps;
    assert.equal(build?.build, "-t $Registry/server:1 -f context/Dockerfile context");
    assert.deepEqual(push?.push, ["$Registry/server:1"]);
  });

  it("is refused without a Dockerfile, and for paths outside the context", () => {
    assert.throws(() => buildTask("server:1", { "a.txt": "" }), /has no Dockerfile, it has a\.txt/);
    for (const path of ["../a", "/etc/passwd", "a b", "a'b", "sub/../../a"]) {
      assert.throws(() => buildTask("server:1", { Dockerfile: "", [path]: "" }), /allowed are relative paths/, path);
    }
  });
});

function sorted(files: Record<string, string>): [string, string][] {
  return Object.entries(files).sort(([a], [b]) => (a < b ? -1 : 1));
}
