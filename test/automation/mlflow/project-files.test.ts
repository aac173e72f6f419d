import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { projectFiles } from "../../../automation/mlflow/project-files";

describe("the files of a project", () => {
  let root: string;
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), "trunkline-project-"));
    write("project/MLproject", "name: a");
  });
  afterEach(() => rmSync(root, { recursive: true, force: true }));

  function write(path: string, content: string): void {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), content);
  }

  const files = () => projectFiles(join(root, "project"));

  it("are told with their digests, those of folders with slashes, and nothing that is made on the way", async () => {
    write("project/src/deep/a.py", "a");
    for (const folder of [".git", "__pycache__", ".venv", "mlruns", "src/__pycache__"])
      write(`project/${folder}/x`, "x");
    const sha256 = (text: string) => createHash("sha256").update(text).digest("hex");
    assert.deepEqual(await files(), [
      { path: "MLproject", size: 7, sha256: sha256("name: a") },
      { path: "src/deep/a.py", size: 1, sha256: sha256("a") },
    ]);
  });

  it("may be links to files of the project", async () => {
    symlinkSync("MLproject", join(root, "project/link"));
    assert.deepEqual(
      (await files()).map(({ path }) => path),
      ["MLproject", "link"],
    );
  });

  for (const [title, prepare, message] of [
    [
      "a link out of the project",
      () => symlinkSync("/etc/passwd", join(root, "project/p")),
      /^p is a link that leads out/,
    ],
    ["a link to nothing", () => symlinkSync("nothing", join(root, "project/p")), /^p is a link that leads to nothing/],
    [
      "a link to a folder, which may be without end",
      () => {
        mkdirSync(join(root, "project/src"));
        symlinkSync("..", join(root, "project/src/up"));
      },
      /^src\/up is a link/,
    ],
    ["no MLproject file", () => rmSync(join(root, "project/MLproject")), /has no file MLproject$/],
    ["no folder", () => rmSync(join(root, "project"), { recursive: true }), /is no folder$/],
  ] as const) {
    it(`fails for ${title}`, async () => {
      prepare();
      await assert.rejects(files(), { code: "usage", message });
    });
  }
});
