import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { resolve } from "node:path";

const root = resolve(__dirname, "../..");

/** Folders at the root whose own folders the tree shows. */
const SHOWN_INSIDE = ["automation", "components", "docs", "rehearsal", "test"];

/** Folders that hold what several files of their own folder share, or another tool's layout. */
const NOT_SHOWN = [".github"];

describe("the annotated tree in CONTRIBUTING.md", () => {
  it("has each folder of the repository, with a word on it, and no other", () => {
    const [, tree = ""] = /```text\n([\s\S]*?)```/.exec(readFileSync(resolve(root, "CONTRIBUTING.md"), "utf8")) ?? [];
    const shown: string[] = [];
    let parent = "";
    for (const line of tree.trimEnd().split("\n")) {
      const [, indent = "", name = "", note = ""] =
        /^( *)(\S+)\/ *(.*)$/.exec(line) ?? assert.fail(`not a folder: ${line}`);
      assert.ok(note.length > 0, `${name} has no word on it`);
      if (indent === "") parent = name;
      shown.push(indent === "" ? name : `${parent}/${name}`);
    }
    assert.deepEqual(shown, folders());
  });
});

/** The folders of the repository, with those of SHOWN_INSIDE, in order. */
function folders(): string[] {
  const listed = spawnSync("git", ["ls-files", "--cached", "--others", "--exclude-standard"], {
    cwd: root,
    encoding: "utf8",
  });
  assert.equal(listed.status, 0, listed.stderr);
  const found = new Set<string>();
  for (const file of listed.stdout.trimEnd().split("\n")) {
    const [first = "", second = "", ...rest] = file.split("/");
    if (second === "" || NOT_SHOWN.includes(first)) continue;
    found.add(first);
    if (rest.length > 0 && SHOWN_INSIDE.includes(first)) found.add(`${first}/${second}`);
  }
  return [...found].sort();
}
