import assert from "node:assert/strict";
import fc from "fast-check";
import { NOTHING_UPLOADED, planUpload, readRecord, recordPath } from "../../../automation/mlflow/upload-record";

const file = (path: string, content = path) => ({ path, size: content.length, sha256: `digest of ${content}` });
const shared = (...paths: string[]) =>
  new Map(paths.map((path) => [path, { size: path.length, etag: `etag of ${path}` }]));
const uploaded = (...paths: string[]) => ({
  version: 1 as const,
  files: Object.fromEntries(
    paths.map((path) => [path, { sha256: `digest of ${path}`, size: path.length, etag: `etag of ${path}` }]),
  ),
});
const paths = (files: readonly { path: string }[]) => files.map(({ path }) => path);

describe("an upload", () => {
  it("writes everything the first time, the MLproject file last", () => {
    const plan = planUpload([file("MLproject"), file("a.py"), file("z.py")], NOTHING_UPLOADED, new Map());
    assert.deepEqual([paths(plan.write), plan.remove], [["a.py", "z.py", "MLproject"], []]);
  });

  it("writes nothing where nothing changed", () => {
    const plan = planUpload(
      [file("MLproject"), file("a.py")],
      uploaded("MLproject", "a.py"),
      shared("MLproject", "a.py"),
    );
    assert.deepEqual([plan.write, plan.remove, plan.keep.length], [[], [], 2]);
  });

  it("writes what has another content, and what somebody changed or removed on the share", () => {
    const files = [file("a.py", "b.py"), file("c.py"), file("d.py"), file("e.py")];
    const there = shared("a.py", "c.py", "e.py");
    there.set("c.py", { size: 4, etag: "another" });
    const plan = planUpload(files, uploaded("a.py", "c.py", "d.py", "e.py"), there);
    assert.deepEqual([paths(plan.write), paths(plan.keep)], [["a.py", "c.py", "d.py"], ["e.py"]]);
  });

  it("removes what an earlier upload wrote and the project lost, and nothing that came otherwise", () => {
    const plan = planUpload(
      [file("a.py")],
      uploaded("a.py", "old.py", "gone.py"),
      shared("a.py", "old.py", "notes.txt"),
    );
    assert.deepEqual(plan.remove, ["old.py"]);
  });

  it("leaves on the share what the project has, whatever was there before", () => {
    const names = fc.uniqueArray(fc.constantFrom<string[]>("a", "b", "c", "d", "e", "MLproject"));
    fc.assert(
      fc.property(names, names, names, (local, recorded, there) => {
        const plan = planUpload(
          local.map((path) => file(path)),
          uploaded(...recorded),
          shared(...there),
        );
        const after = new Set([...there.filter((path) => !plan.remove.includes(path)), ...paths(plan.write)]);
        assert.ok(local.every((path) => after.has(path)));
        assert.deepEqual([...paths(plan.write), ...paths(plan.keep)].sort(), [...local].sort());
        assert.ok(plan.remove.every((path) => recorded.includes(path) && !local.includes(path)));
      }),
    );
  });

  it("takes a record that is missing or damaged for none", () => {
    for (const content of [undefined, "", "{", '{"version":2,"files":{}}', "null"]) {
      assert.deepEqual(readRecord(content === undefined ? undefined : Buffer.from(content)), NOTHING_UPLOADED);
    }
    assert.deepEqual(readRecord(Buffer.from(JSON.stringify(uploaded("a.py")))), uploaded("a.py"));
  });

  it("keeps its record outside every project", () => {
    assert.equal(recordPath("sample"), ".trunkline/sample.json");
  });
});
