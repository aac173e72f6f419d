import assert from "node:assert/strict";
import { mkdir, readdir, writeFile } from "node:fs/promises";
import { hostname } from "node:os";
import { join } from "node:path";
import { cancelLocks, lockStack } from "../../../../rehearsal/engine/backend/stack-lock";
import { parseStackReference, stackReference } from "../../../../rehearsal/engine/backend/stack-reference";
import { StateDirectory } from "../../../../rehearsal/engine/backend/state-directory";
import { projectDirectory, type ProjectDirectory } from "../project-directory";

const stack = stackReference("demo", "dev");
const ignore = (): void => undefined;

describe("lock of a stack", () => {
  let project: ProjectDirectory;
  let state: StateDirectory;
  beforeEach(async () => {
    project = await projectDirectory();
    state = await StateDirectory.open("file://state", project.root);
  });
  afterEach(() => project.remove());

  it("is held by at most one of many that try at once, and is free again afterwards", async () => {
    for (let round = 0; round < 20; round++) {
      const tries = await Promise.allSettled(Array.from({ length: 8 }, () => lockStack(state, stack, ignore)));
      const held = tries.flatMap((result) => (result.status === "fulfilled" ? [result.value] : []));
      assert.ok(held.length <= 1, `${held.length} hold it`);
      for (const lock of held) await lock.release();
      assert.deepEqual(await readdir(state.lockDirectory(stack)), []);
    }
  });

  it("does not concern other stacks", async () => {
    const locks = [
      await lockStack(state, stack, ignore),
      await lockStack(state, stackReference("demo", "other"), ignore),
    ];
    for (const lock of locks) await lock.release();
  });

  it("of a process that has ended is told as such, and stays until it is cancelled", async () => {
    await mkdir(state.lockDirectory(stack), { recursive: true });
    const content = {
      pid: 2 ** 22 + 1,
      username: "u",
      hostname: hostname(),
      timestamp: "2026-01-02T03:04:05.678+01:00",
    };
    await writeFile(join(state.lockDirectory(stack), "other.json"), JSON.stringify(content));
    await assert.rejects(
      lockStack(state, stack, ignore),
      /: created by u@\S+ \(pid 4194305\) at 2026-01-02T03:04:05\+01:00; that process has ended$/,
    );
    await cancelLocks(state, stack);
    await (await lockStack(state, stack, ignore)).release();
  });

  it("is respected even where its file is not readable", async () => {
    await mkdir(state.lockDirectory(stack), { recursive: true });
    await writeFile(join(state.lockDirectory(stack), "broken.json"), "{");
    await assert.rejects(lockStack(state, stack, ignore), /locked by 1 lock\(s\)[^]*created by an unknown process/);
  });
});

describe("name of a stack", () => {
  for (const [text, qualified] of [
    ["dev", "organization/demo/dev"],
    ["organization/dev", "organization/demo/dev"],
    ["organization/other/a.b_c-1", "organization/other/a.b_c-1"],
  ] as const) {
    it(`is understood as ${text}`, () => assert.equal(parseStackReference(text, "demo").qualifiedName, qualified));
  }

  for (const [text, message] of [
    ["", /a stack name may not be empty/],
    ["a b", /invalid character ' ' at position 1/],
    ["acme/dev", /organization name must be 'organization', got 'acme'/],
    ["organization/demo/x/y", /too many parts/],
    ["x".repeat(101), /cannot exceed 100 characters, got 101/],
    ["..", /may not be '\.\.'/],
  ] as const) {
    it(`is refused as '${text.slice(0, 30)}'`, () =>
      assert.throws(() => parseStackReference(text, "demo"), { name: "EngineError", message }));
  }
});
