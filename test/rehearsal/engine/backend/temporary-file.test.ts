import assert from "node:assert/strict";
import { mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { writeBlob } from "../../../../rehearsal/engine/backend/blob";
import { writeCheckpoint } from "../../../../rehearsal/engine/backend/checkpoint";
import { writeFileDurably } from "../../../../rehearsal/engine/backend/durable-file";
import { lockStack } from "../../../../rehearsal/engine/backend/stack-lock";
import { stackReference } from "../../../../rehearsal/engine/backend/stack-reference";
import { StateDirectory } from "../../../../rehearsal/engine/backend/state-directory";
import {
  removeTemporaries,
  removeTemporariesIn,
  temporaryOf,
} from "../../../../rehearsal/engine/backend/temporary-file";
import { projectDirectory, type ProjectDirectory } from "../project-directory";

const stack = stackReference("demo", "dev");
const ignore = (): void => undefined;

describe("temporary files that a killed process has left", () => {
  let project: ProjectDirectory;
  let state: StateDirectory;
  let file: string;

  beforeEach(async () => {
    project = await projectDirectory();
    state = await StateDirectory.open("file://state", join(project.root, "state"));
    file = state.stackFile(stack);
    await writeCheckpoint(state, stack, undefined);
    await writeCheckpoint(state, stack, undefined);
  });
  afterEach(() => project.remove());

  it("are removed when the lock of their stack is taken, wherever the stack has files", async () => {
    const history = join(state.historyDirectory(stack), "dev-1.history.json");
    const backup = join(state.backupDirectory(stack), "dev.1.json");
    const lock = join(state.lockDirectory(stack), "a-lock.json");
    const left = [
      file,
      `${file}.attrs`,
      `${file}.bak`,
      `${file}.bak.attrs`,
      state.tagsFile(stack),
      history,
      backup,
      lock,
    ];
    for (const of of [...left, join(state.root, ".pulumi", "meta.yaml")]) {
      await mkdir(dirname(of), { recursive: true });
      await writeFile(temporaryOf(of), "half of i");
    }
    await (await lockStack(state, stack, ignore)).release();
    for (const directory of new Set([...left.map((of) => dirname(of)), join(state.root, ".pulumi")])) {
      const names = (await readdir(directory)).filter((name) => name.endsWith(".tmp"));
      assert.deepEqual(names, [], directory);
    }
    const kept = ["dev.json", "dev.json.attrs", "dev.json.bak", "dev.json.bak.attrs"];
    assert.deepEqual((await readdir(dirname(file))).sort(), kept);
  });

  it("stay where they are of another stack, or where their names are not ours", async () => {
    const others = [
      temporaryOf(state.stackFile(stackReference("demo", "dev2"))),
      temporaryOf(join(dirname(file), "dev.json.json")),
      join(dirname(file), "dev.json.tmp"),
      join(dirname(file), "dev.json.1234.tmp"),
      join(dirname(file), "dev.json.fileblob123"),
    ];
    for (const other of others) await writeFile(other, "mine");
    await (await lockStack(state, stack, ignore)).release();
    for (const other of others) assert.equal(await readFile(other, "utf8"), "mine", other);
  });

  it("are no error where the directory is not there", async () => {
    await removeTemporaries(join(project.root, "none", "file"));
    await removeTemporariesIn(join(project.root, "none"));
  });

  it("may be those of a living process, which then writes again", async () => {
    const target = join(project.root, "busy", "file");
    await writeFileDurably(target, "0");
    let ended = false;
    const sweeping = (async () => {
      while (!ended) await removeTemporaries(target);
    })();
    try {
      // A file whose temporary one goes away at each attempt is told of, and the old contents stay.
      for (let i = 1; i <= 40; i++) {
        const fault = await writeFileDurably(target, String(i)).then(
          () => undefined,
          (thrown: Error) => thrown,
        );
        if (fault) assert.match(fault.message, /^cannot write \S+busy\/file: ENOENT/);
        assert.ok(Number(await readFile(target, "utf8")) <= i);
      }
    } finally {
      ended = true;
      await sweeping;
    }
    await writeFileDurably(target, "last");
    assert.deepEqual([await readFile(target, "utf8"), await readdir(dirname(target))], ["last", [basename(target)]]);
  });
});

describe("the checksum beside a file", () => {
  it("goes before the contents are replaced, so that it is never that of others", async () => {
    const project = await projectDirectory();
    try {
      const file = join(project.root, "file");
      await writeBlob(file, "old");
      await rm(file);
      await mkdir(file); // what cannot be replaced by a file
      await assert.rejects(writeBlob(file, "new"), /cannot write/);
      assert.deepEqual(
        (await readdir(project.root)).filter((name) => name.startsWith("file")),
        ["file"],
      );
    } finally {
      await project.remove();
    }
  });
});
