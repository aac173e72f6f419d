import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { type AutomationHarness, automationHarness } from "../automation-harness";

describe("config commands, through the Automation API", () => {
  let harness: AutomationHarness;

  beforeEach(async () => {
    harness = await automationHarness();
  });
  afterEach(() => harness.directory.remove());

  it("sets, gets, lists and removes configuration as the CLI does", async () => {
    const stack = await harness.open();
    for (const [key, value] of [
      ["plain", "text"],
      ["number", "42"],
      ["flag", "true"],
      ["sim:region", "r1"],
    ] as const) {
      await stack.setConfig(key, { value });
    }
    await stack.setConfig("pw", { value: "hidden", secret: true });
    assert.deepEqual(await stack.getAllConfig(), {
      "demo:flag": { value: "true", secret: false },
      "demo:number": { value: "42", secret: false },
      "demo:plain": { value: "text", secret: false },
      "demo:pw": { value: "hidden", secret: true },
      "sim:region": { value: "r1", secret: false },
    });
    assert.deepEqual(await stack.getConfig("pw"), { value: "hidden", secret: true });
    await assert.rejects(stack.getConfig("nobody"), /configuration key 'nobody' not found for stack 'dev'/);
    await stack.removeConfig("plain");
    await stack.removeConfig("nobody");
    const text = await readFile(join(harness.directory.root, "Pulumi.dev.yaml"), "utf8");
    assert.equal(
      text.replace(/v1:[^\s"]+/g, "<masked>"),
      'encryptionsalt: <masked>\nconfig:\n  demo:number: "42"\n  demo:flag: "true"\n  sim:region: r1\n  demo:pw:\n    secure: <masked>\n',
    );
  });

  it("sets, gets and removes configuration by path, with a secret inside", async () => {
    const stack = await harness.open();
    for (const [key, value] of [
      ["db.host", "h"],
      ["db.port", "5432"],
      ["db.tls", "true"],
      ["names[0]", "zero"],
      ["names[1]", "one"],
    ] as const) {
      await stack.setConfig(key, { value }, true);
    }
    await stack.setConfig("db.password", { value: "p", secret: true }, true);
    await stack.setConfig("plain.dotted", { value: "not a path" });
    const db = { host: "h", password: "p", port: 5432, tls: true };
    const names = { value: '["zero","one"]', objectValue: ["zero", "one"], secret: false };
    assert.deepEqual(await stack.getAllConfig(), {
      "demo:db": { value: '{"host":"h","password":"p","port":5432,"tls":true}', objectValue: db, secret: true },
      "demo:names": names,
      "demo:plain.dotted": { value: "not a path", secret: false },
    });
    assert.deepEqual(await stack.getConfig("db.password", true), { value: "p", secret: true });
    assert.deepEqual(await stack.getConfig("names[1]", true), { value: "one", secret: false });
    await stack.removeConfig("db.port", true);
    await stack.removeConfig("names[0]", true);
    const all = await stack.getAllConfig();
    assert.equal(all["demo:db"]?.value, '{"host":"h","password":"p","tls":true}');
    assert.equal(all["demo:names"]?.value, '["one"]');
  });

  it("sets many values at once, by pairs and by JSON, and takes the last update's back", async () => {
    const stack = await harness.open();
    await stack.setAllConfig({
      count: { value: "3" },
      pw: { value: "a=b --x", secret: true },
      "other:key": { value: "-v" },
    });
    await stack.workspace.setAllConfigJson?.(
      "dev",
      JSON.stringify({ "demo:o": { value: '{"x":[1]}', objectValue: { x: [1] } } }),
    );
    const before = await stack.getAllConfig();
    assert.deepEqual(before, {
      "demo:count": { value: "3", secret: false },
      "demo:o": { value: '{"x":[1]}', objectValue: { x: [1] }, secret: false },
      "demo:pw": { value: "a=b --x", secret: true },
      "other:key": { value: "-v", secret: false },
    });
    await stack.up();
    await stack.setConfig("count", { value: "4" });
    assert.deepEqual(await stack.refreshConfig(), before);
    await stack.removeAllConfig(["count", "o"]);
    assert.deepEqual(Object.keys(await stack.getAllConfig()), ["demo:pw", "other:key"]);
  });
});
