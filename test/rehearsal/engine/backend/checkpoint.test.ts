import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { chmod, link, mkdir, readFile, readdir, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { readCheckpoint, writeCheckpoint } from "../../../../rehearsal/engine/backend/checkpoint";
import { writeFileDurably } from "../../../../rehearsal/engine/backend/durable-file";
import { newManifest } from "../../../../rehearsal/engine/backend/manifest";
import { stackReference } from "../../../../rehearsal/engine/backend/stack-reference";
import { StateDirectory } from "../../../../rehearsal/engine/backend/state-directory";
import type { DeploymentFile } from "../../../../rehearsal/engine/state/deployment-file";
import { projectDirectory, type ProjectDirectory } from "../project-directory";

const stack = stackReference("demo", "dev");

describe("checkpoint", () => {
  let project: ProjectDirectory;
  let state: StateDirectory;
  let file: string;
  const deployment = (name: string): DeploymentFile => ({
    manifest: newManifest(new Date(0)),
    future: name,
    resources: [],
  });

  beforeEach(async () => {
    project = await projectDirectory();
    state = await StateDirectory.open("file://state", join(project.root, "state"));
    file = state.stackFile(stack);
  });
  afterEach(() => project.remove());

  it("is read as it was written, with fields that the engine does not know, and the one before is kept", async () => {
    assert.equal(await readCheckpoint(state, stack), undefined);
    await writeCheckpoint(state, stack, deployment("first"));
    await writeCheckpoint(state, stack, deployment("second"));
    const { digest, ...checkpoint } = (await readCheckpoint(state, stack)) ?? {};
    assert.deepEqual(checkpoint, { version: 3, features: [], latest: deployment("second") });
    assert.equal(
      digest,
      createHash("sha256")
        .update(await readFile(file))
        .digest("hex"),
    );
    const backup = JSON.parse(await readFile(`${file}.bak`, "utf8"));
    assert.equal(backup.checkpoint.latest.future, "first");
    assert.equal((await stat(file)).nlink, 1, "an edit of the one may not reach the other");
    const names = await readdir(join(state.root, ".pulumi/stacks/demo"));
    assert.deepEqual(names.sort(), ["dev.json", "dev.json.attrs", "dev.json.bak", "dev.json.bak.attrs"]);
  });

  it("leaves no temporary file where a killed write had made the backup already", async () => {
    await writeCheckpoint(state, stack, deployment("first"));
    await link(file, `${file}.bak`);
    await writeCheckpoint(state, stack, deployment("second"));
    const names = await readdir(join(state.root, ".pulumi/stacks/demo"));
    assert.deepEqual(names.sort(), ["dev.json", "dev.json.attrs", "dev.json.bak", "dev.json.bak.attrs"]);
  });

  it("says which features its reader needs, and is then of version 4", async () => {
    const resource = {
      urn: "urn:pulumi:dev::demo::a:b:C::r",
      type: "a:b:C",
      custom: true,
      id: "1",
      taint: true,
      replaceWith: ["urn:x"],
    };
    await writeCheckpoint(state, stack, { ...deployment("x"), resources: [resource] }, ["byteString", "taint"]);
    const read = await readCheckpoint(state, stack);
    assert.equal(read?.version, 4);
    assert.deepEqual(read?.features, ["byteString", "replaceWith", "taint"]);
    await writeFile(file, (await readFile(file, "utf8")).replace('"taint"', '"unheard-of"'));
    await assert.rejects(
      readCheckpoint(state, stack),
      /uses features that are not supported by this engine: unheard-of/,
    );
  });

  it("fails for a compressed checkpoint, telling what to do", async () => {
    await mkdir(join(state.root, ".pulumi/stacks/demo"), { recursive: true });
    await writeFile(`${file}.gz`, "x");
    await assert.rejects(readCheckpoint(state, stack), /dev\.json\.gz is compressed/);
  });

  it("stays as it was where the directory cannot be written", async function () {
    if (process.getuid?.() === 0) {
      // Permissions do not bind root: a file where the directory should be is refused to everybody.
      await writeFile(join(state.root, ".pulumi/stacks"), "in the way");
      await assert.rejects(
        writeCheckpoint(state, stack, deployment("x")),
        /cannot write \S+: a part of the path is a file, not a directory/,
      );
      return;
    }
    await writeCheckpoint(state, stack, deployment("first"));
    await chmod(join(state.root, ".pulumi/stacks/demo"), 0o500);
    await assert.rejects(writeCheckpoint(state, stack, deployment("second")), /cannot write \S+: permission denied/);
    await chmod(join(state.root, ".pulumi/stacks/demo"), 0o700);
    assert.deepEqual((await readCheckpoint(state, stack))?.latest, deployment("first"));
  });

  it("stays as it was where the disk is full, and no temporary file is left", async () => {
    await writeFileDurably(file, "old");
    // A limit on the size of files cuts a write short, as a full disk does.
    const program = `require("${join(process.cwd(), "rehearsal/engine/backend/durable-file.ts")}")
      .writeFileDurably(process.argv[1], "x".repeat(3_000_000))
      .then(() => console.log("written"), (fault) => console.log(fault.message))`;
    const limited = `trap '' XFSZ; ulimit -f 1024; exec node --require tsx/cjs --eval '${program}' "${file}"`;
    const { stdout } = await promisify(execFile)("bash", ["-c", limited]);
    assert.match(stdout, /^cannot write \S+dev\.json: the file would be larger than this process may write/);
    assert.equal(await readFile(file, "utf8"), "old");
    assert.deepEqual(await readdir(join(state.root, ".pulumi/stacks/demo")), ["dev.json"]);
  });
});

describe("state directory", () => {
  let project: ProjectDirectory;
  beforeEach(async () => {
    project = await projectDirectory();
  });
  afterEach(() => project.remove());

  it("lists stacks by project, and nothing else that lies there", async () => {
    const state = await StateDirectory.open("file://state", project.root);
    for (const reference of [stackReference("a", "one"), stackReference("b", "two")]) {
      await writeCheckpoint(state, reference, undefined);
      await writeCheckpoint(state, reference, undefined);
    }
    await writeFile(join(project.root, ".pulumi/stacks/a/bad name.json"), "{}");
    assert.deepEqual(
      (await state.stacks()).map(({ qualifiedName }) => qualifiedName),
      ["organization/a/one", "organization/b/two"],
    );
    assert.deepEqual(
      (await state.stacks("b")).map(({ name }) => name),
      ["two"],
    );
  });

  for (const [flaw, text, message] of [
    ["version 2", "version: 2\n", /state store unsupported: version 2/],
    ["no version", "other: 1\n", /corrupt store: missing version/],
    ["no YAML", "version: [\n", /corrupt store: \S+ is not YAML/],
  ] as const) {
    it(`fails for a meta.yaml with ${flaw}`, async () => {
      await mkdir(join(project.root, ".pulumi"));
      await writeFile(join(project.root, ".pulumi/meta.yaml"), text);
      await assert.rejects(StateDirectory.open("file://state", project.root), message);
    });
  }

  it("fails for the old layout without projects", async () => {
    await mkdir(join(project.root, ".pulumi/stacks"), { recursive: true });
    await writeFile(join(project.root, ".pulumi/stacks/dev.json"), "{}");
    await assert.rejects(StateDirectory.open("file://state", project.root), /old layout without projects/);
  });
});
