import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, readdirSync, realpathSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { rehearsalPassphrase } from "../../../automation/engine/rehearsal-passphrase";
import { rehearsalPaths, type RehearsalPaths } from "../../../automation/engine/rehearsal-paths";
import { temporaryOf } from "../../../rehearsal/engine/backend/temporary-file";

describe("the passphrase of a rehearsal", () => {
  let root: string;
  let paths: RehearsalPaths;

  beforeEach(() => {
    root = realpathSync(mkdtempSync(join(tmpdir(), "trunkline-passphrase-")));
    paths = rehearsalPaths(root);
    mkdirSync(paths.state, { recursive: true });
  });
  afterEach(() => rmSync(root, { recursive: true, force: true }));

  it("is made once, at random, for its owner alone", async () => {
    const passphrase = await rehearsalPassphrase(paths);
    assert.match(passphrase, /^[\w-]{43}$/);
    assert.equal(statSync(paths.passphrase).mode & 0o777, 0o600);
    assert.equal(await rehearsalPassphrase(paths), passphrase);
  });

  it("is the same for all that begin at the same time", async () => {
    const all = await Promise.all(Array.from({ length: 20 }, () => rehearsalPassphrase(paths)));
    assert.equal(new Set(all).size, 1);
    assert.deepEqual(readdirSync(paths.root).sort(), ["passphrase", "state"]);
  });

  for (const [what, before] of [
    ["before it had the name", () => undefined],
    ["after that", () => rehearsalPassphrase(paths)],
  ] as const) {
    it(`leaves nothing of a run that was killed ${what}`, async () => {
      const kept = await before();
      writeFileSync(temporaryOf(paths.passphrase), "");
      const passphrase = await rehearsalPassphrase(paths);
      assert.ok(kept === undefined ? passphrase.length === 43 : passphrase === kept);
      assert.deepEqual(readdirSync(paths.root).sort(), ["passphrase", "state"]);
    });
  }

  it("fails where it is gone and there is state that needs it", async () => {
    mkdirSync(join(paths.state, ".pulumi", "stacks"), { recursive: true });
    await assert.rejects(rehearsalPassphrase(paths), /the passphrase of the rehearsal's state is gone/);
  });
});
