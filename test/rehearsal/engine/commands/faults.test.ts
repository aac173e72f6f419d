import assert from "node:assert/strict";
import { readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { type AutomationHarness, automationHarness } from "../automation-harness";

describe("commands that meet bad input", () => {
  let harness: AutomationHarness;

  beforeEach(async () => {
    harness = await automationHarness();
  });
  afterEach(() => harness.directory.remove());

  for (const [flaw, damage, message] of [
    [
      "cut in half",
      (text: string) => text.slice(0, text.length / 2),
      /the checkpoint \S+dev\.json is damaged: it is not JSON .*nothing was changed; the state before the last write is in \S+dev\.json\.bak/,
    ],
    ["empty", () => "", /dev\.json is damaged: it is empty/],
    [
      "of an unknown version",
      (text: string) => text.replace('"version":3', '"version":9'),
      /unsupported checkpoint version 9 in \S+dev\.json/,
    ],
    ["not an object", () => "[]", /unsupported checkpoint version undefined/],
  ] as const) {
    it(`fails with one clear error for a checkpoint that is ${flaw}, and leaves it as it is`, async () => {
      const stack = await harness.open();
      await stack.up();
      const file = harness.checkpoint;
      const damaged = damage(await readFile(file, "utf8"));
      await writeFile(file, damaged);
      for (const attempt of [() => stack.up(), () => stack.exportStack(), () => stack.workspace.removeStack("dev")]) {
        await assert.rejects(attempt, (fault: Error) => {
          assert.match(fault.message, message);
          assert.match(fault.message, /exit code 1:/);
          return true;
        });
      }
      assert.equal(await readFile(file, "utf8"), damaged);
    });
  }

  it("fails with one clear error for a wrong passphrase and for none", async () => {
    const stack = await harness.open();
    await stack.setConfig("pw", { value: "x", secret: true });
    const get = (env: Record<string, string>) =>
      harness.run(["config", "get", "pw", "--stack", "dev"], {
        PULUMI_HOME: harness.directory.env["PULUMI_HOME"] ?? "",
        ...env,
      });
    await assert.rejects(get({ PULUMI_CONFIG_PASSPHRASE: "wrong" }), /error: incorrect passphrase/);
    await assert.rejects(
      get({}),
      /error: passphrase must be set with PULUMI_CONFIG_PASSPHRASE or PULUMI_CONFIG_PASSPHRASE_FILE/,
    );
    await writeFile(join(harness.directory.root, "phrase"), "correct\n");
    assert.equal((await get({ PULUMI_CONFIG_PASSPHRASE_FILE: "phrase" })).stdout, "x");
    await rm(join(harness.directory.root, "phrase"));
    await assert.rejects(
      get({ PULUMI_CONFIG_PASSPHRASE_FILE: "phrase" }),
      /unable to read PULUMI_CONFIG_PASSPHRASE_FILE/,
    );
  });
});
