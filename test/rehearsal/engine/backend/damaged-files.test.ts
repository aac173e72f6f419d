import assert from "node:assert/strict";
import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { crc32 } from "node:zlib";
import {
  copyBlob,
  listBlobs,
  moveBlob,
  readBlob,
  removeBlob,
  removeDirectory,
  writeBlob,
} from "../../../../rehearsal/engine/backend/blob";
import { readCheckpoint } from "../../../../rehearsal/engine/backend/checkpoint";
import { writeFileDurably } from "../../../../rehearsal/engine/backend/durable-file";
import { errorCode, fileFault } from "../../../../rehearsal/engine/backend/file-fault";
import { addHistory, moveHistory, readHistory } from "../../../../rehearsal/engine/backend/history";
import { isProvenGone, ownProcess } from "../../../../rehearsal/engine/backend/process-identity";
import { stackReference } from "../../../../rehearsal/engine/backend/stack-reference";
import { readTags, writeTags } from "../../../../rehearsal/engine/backend/stack-tags";
import { StateDirectory } from "../../../../rehearsal/engine/backend/state-directory";
import { journalFile, markFolded, parseJournal, readJournal } from "../../../../rehearsal/engine/backend/state-journal";
import { removeTemporariesIn } from "../../../../rehearsal/engine/backend/temporary-file";
import { EngineError } from "../../../../rehearsal/engine/engine-error";
import { projectDirectory, type ProjectDirectory } from "../project-directory";

const stack = stackReference("demo", "dev");

describe("files of the state directory", () => {
  let project: ProjectDirectory;
  let state: StateDirectory;
  /** A path below a file, which no operation on files can do anything with. */
  let below: string;

  beforeEach(async () => {
    project = await projectDirectory();
    state = await StateDirectory.open("file://state", join(project.root, "state"));
    await writeFile(join(project.root, "file"), "no directory");
    below = join(project.root, "file", "inside");
  });
  afterEach(() => project.remove());

  async function put(file: string, text: string): Promise<string> {
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, text);
    return file;
  }

  const impossible: readonly [string, (path: string) => Promise<unknown>, RegExp][] = [
    ["written", (path) => writeBlob(path, "text"), /^cannot write .*inside: a part of the path is a file/],
    [
      "written durably",
      (path) => writeFileDurably(path, "text"),
      /^cannot write .*inside: a part of the path is a file/,
    ],
    ["read", readBlob, /^cannot read .*inside: a part of the path is a file/],
    ["copied", (path) => copyBlob(path, `${path}-copy`), /^cannot read .*inside: a part of the path is a file/],
    ["moved", (path) => moveBlob(path, join(path, "to")), /^cannot write .*to: a part of the path is a file/],
    ["removed", removeBlob, /^cannot remove .*inside: a part of the path is a file/],
    ["listed", listBlobs, /^cannot list .*inside: a part of the path is a file/],
    ["removed with all in it", removeDirectory, /^cannot remove .*inside: a part of the path is a file/],
    ["freed of temporaries", (path) => removeTemporariesIn(path), /^cannot remove .*inside: a part of the path is a/],
    ["read as a journal", readJournal, /^cannot read .*inside.*: a part of the path is a file/],
    [
      "marked as folded",
      (path) => markFolded(path, { header: undefined, changes: [], foldedInto: undefined, bytes: 0 }, "digest"),
      /^cannot write .*inside.*: a part of the path is a file/,
    ],
  ];
  for (const [done, work, expected] of impossible) {
    it(`fails where a path that leads through a file is to be ${done}`, async () => {
      await assert.rejects(work(below), (error) => error instanceof EngineError && expected.test(error.message));
    });
  }

  it("fails with a fault as it is where that has been told already, and knows no code of what is none", () => {
    const told = new EngineError("told already");
    assert.equal(fileFault("read", "x", told), told);
    assert.equal(fileFault("read", "x", "a text that was thrown").message, "cannot read x: a text that was thrown");
    assert.equal(errorCode("ENOENT"), undefined);
    assert.equal(errorCode(Object.assign(new Error("odd"), { code: 5 })), undefined);
  });

  const checkpoints: readonly [string, string, RegExp][] = [
    ["null", "null", /unsupported checkpoint version undefined/],
    ["a checkpoint without its part", '{"version":3}', /it has no 'checkpoint'/],
    ["a checkpoint whose part is nothing", '{"version":3,"checkpoint":null}', /it has no 'checkpoint'/],
    ["a list for a deployment", '{"version":3,"checkpoint":{"latest":[]}}', /its 'latest' is not a deployment/],
    ["a deployment without a manifest", '{"version":3,"checkpoint":{"latest":{}}}', /its 'latest' is not a deployment/],
  ];
  for (const [title, text, expected] of checkpoints) {
    it(`fails with ${title}`, async () => {
      await put(state.stackFile(stack), text);
      await assert.rejects(readCheckpoint(state, stack), expected);
    });
  }

  it("takes a checkpoint without a deployment for a stack that is empty", async () => {
    await put(state.stackFile(stack), '{"version":3,"checkpoint":{"latest":null}}');
    assert.equal((await readCheckpoint(state, stack))?.latest, undefined);
  });

  it("fails with tags that are damaged or of another version, and takes none for none", async () => {
    const file = await put(state.tagsFile(stack), "{");
    await assert.rejects(
      readTags(state, stack),
      /the stack tags .* are damaged: not JSON; restore the file, or remove it/,
    );
    await put(file, '{"version":2}');
    await assert.rejects(readTags(state, stack), /unsupported stack tags version 2 .*expected 1/);
    await put(file, '{"version":1,"tags":null}');
    assert.deepEqual(await readTags(state, stack), {});
    await writeTags(state, stack, { a: "1" });
    assert.deepEqual(await readTags(state, stack), { a: "1" });
    await writeTags(state, stack, {});
    assert.equal(await readBlob(file), undefined);
  });

  it("reads a history by pages, and fails with an entry that is damaged", async () => {
    const entry = {
      version: 0,
      kind: "update",
      startTime: 1,
      environment: {},
      config: {},
      result: "succeeded",
      endTime: 2,
    };
    for (const message of ["one", "two", "three"]) await addHistory(state, stack, { ...entry, message });
    const messages = async (size: number, page: number): Promise<string[]> =>
      (await readHistory(state, stack, size, page)).map(({ message }) => message);
    assert.deepEqual(await messages(0, 1), ["three", "two", "one"]);
    assert.deepEqual(
      [await messages(2, 1), await messages(2, 2), await messages(2, 3)],
      [["three", "two"], ["one"], []],
    );
    assert.deepEqual(await messages(2, 0), ["three", "two"], "the first page, as with 1");
    await put(join(state.historyDirectory(stack), "dev-9.history.json"), "{");
    await assert.rejects(readHistory(state, stack), /reading history file .*it is not JSON; remove it/);
  });

  it("moves of a history only the entries of the stack that was renamed", async () => {
    const other = await put(join(state.historyDirectory(stack), "dev-two-7.history.json"), "{}");
    await put(join(state.historyDirectory(stack), "dev-8.history.json"), "{}");
    const renamed = stackReference("demo", "tst");
    await moveHistory(state, stack, renamed);
    assert.deepEqual(await listBlobs(state.historyDirectory(renamed)), ["tst-8.history.json"]);
    assert.equal(await readBlob(other), "{}");
  });

  it("fails with a journal whose first line is no header, and one whose middle is damaged", () => {
    const line = (text: string) => `${crc32(text).toString(16).padStart(8, "0")} ${text}\n`;
    const of = (text: string) => () => parseJournal(Buffer.from(text), journalFile("dev.json"));
    assert.throws(of(line('{"journal":2}')), /journal .* is damaged: line 1 is not what was written/);
    assert.throws(of(`${line('{"journal":1}')}cut\n${line("{}")}`), /journal .* is damaged: line 2 is not/);
    assert.deepEqual(of(`${line('{"journal":1}')}cut`)().changes, [], "a line that was cut by a crash counts as none");
  });

  it("fails where the folder of the stacks is a file", async () => {
    await put(join(state.root, ".pulumi", "stacks"), "no directory");
    await assert.rejects(state.stacks(), /^EngineError: cannot list .*stacks: a part of the path is a file/);
  });

  it("takes no process for gone where that cannot be told", async () => {
    const own = await ownProcess();
    assert.ok(own);
    assert.equal(await isProvenGone(own, process.pid), false);
    assert.equal(await isProvenGone({ ...own, started: "1" }, process.pid), true, "another had its number");
    for (const other of [{ hostname: "elsewhere" }, { boot: "another" }, { namespace: "another" }, { started: "" }]) {
      assert.equal(await isProvenGone({ ...own, ...other }, 2 ** 22 + 1), false, JSON.stringify(other));
    }
    assert.equal(await isProvenGone(own, 1.5), false);
  });
});
