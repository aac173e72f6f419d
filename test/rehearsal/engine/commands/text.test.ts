import assert from "node:assert/strict";
import { readFile, readdir } from "node:fs/promises";
import { join } from "node:path";
import { automationHarness, type AutomationHarness } from "../automation-harness";

describe("commands, for people", () => {
  let harness: AutomationHarness;
  const text = async (...args: string[]) => (await harness.run(args)).stdout;

  beforeEach(async () => {
    harness = await automationHarness();
  });
  afterEach(() => harness.directory.remove());

  it("list stacks, outputs, history, tags and configuration", async () => {
    assert.equal(await text("stack", "init", "dev"), "Created stack 'dev'");
    assert.match(await text("stack", "ls"), /^NAME {2,}LAST UPDATE {2,}RESOURCE COUNT\ndev\* {2,}\S+Z {2,}0$/);
    assert.equal(await text("stack", "history"), "Stack has never been updated");
    assert.match(await text("stack", "output"), /No output values/);
    await harness.run(["up", "--yes", "-m", "hello"]);
    assert.equal(await text("stack", "output", "plain"), "p");
    assert.equal(await text("stack", "output", "hidden"), "[secret]");
    assert.equal(await text("stack", "output", "deep", "--json", "--show-secrets"), '{\n  "x": 1\n}');
    assert.match(
      await text("stack", "output"),
      /^Current stack outputs \(3\):\n {4}OUTPUT {2}VALUE\n {4}deep {4}\{"x":"\[secret\]"\}/,
    );
    assert.match(
      await text("stack", "history"),
      /UpdateKind: update\nStatus: succeeded\nMessage: hello\nChanges: create 3\n/,
    );
    assert.equal(await text("stack", "history", "--page", "2"), "No stack updates found on page '2'");
    await harness.run(["stack", "tag", "set", "owner", "me"]);
    assert.equal(await text("stack", "tag", "ls"), "NAME   VALUE\nowner  me");
    await harness.run(["config", "set", "key", "value"]);
    await harness.run(["config", "set", "other:pw", "--secret", "--", "-hush"]);
    assert.equal(await text("config"), "KEY       VALUE\nkey       value\nother:pw  [secret]");
    assert.equal(await text("config", "get", "other:pw"), "-hush");
    assert.deepEqual(JSON.parse(await text("config", "--json")), {
      "demo:key": { value: "value", secret: false },
      "other:pw": { secret: true },
    });
    assert.match(await text("version"), /^v3\.\d+\.\d+$/);
    assert.match(await text("whoami"), /^\S+$/);
  });

  it("store nothing in clear that looks like a secret, unless told to", async () => {
    await harness.run(["stack", "init", "dev"]);
    await assert.rejects(harness.run(["config", "set", "dbPassword", "x"]), /looks like a secret; rerun with --secret/);
    await harness.run(["config", "set", "dbPassword", "x", "--plaintext"]);
    await assert.rejects(harness.run(["config", "set", "key"]), /config value must be specified/);
    await assert.rejects(
      harness.run(["config", "set-all", "--plaintext", "novalue"]),
      /must be in the form \[key\]=\[value\], got 'novalue'/,
    );
    await assert.rejects(harness.run(["config", "set-all", "--json", "{"]), /could not parse --json: it is not JSON/);
    await assert.rejects(harness.run(["config", "set-all", "--json", '{"a":{"value":1}}']), /could not parse --json/);
    await assert.rejects(
      harness.run(["config", "set-all", "--json", '{"a":{"secret":true}}']),
      /no value for configuration key 'a'/,
    );
    assert.deepEqual(Object.keys(JSON.parse(await text("config", "--json"))), ["demo:dbPassword"]);
  });

  it("export to a file, import what is forced, and warn of it", async () => {
    await harness.run(["stack", "init", "dev"]);
    await harness.run(["up", "--yes"]);
    await harness.run(["stack", "export", "--file", "out.json"]);
    const exported = await readFile(join(harness.directory.root, "out.json"), "utf8");
    assert.ok(exported.includes('"ciphertext"') && !exported.includes('"plaintext"'));
    await harness.run(["stack", "init", "other"]);
    await assert.rejects(harness.run(["stack", "import", "--file", "out.json"]), /is from a different stack/);
    await harness.run(["stack", "import", "--file", "out.json", "--force"]);
    await assert.rejects(harness.run(["stack", "import", "--file", "missing.json"]), /cannot read \S+missing\.json/);
    await assert.rejects(
      harness.run(["stack", "import", "--file", "Pulumi.yaml"]),
      /it is not JSON; expected the output of `pulumi stack export`/,
    );
  });

  it("select, create, and keep a backup of a refreshed configuration", async () => {
    await harness.run(["stack", "select", "dev", "--create"]);
    await assert.rejects(harness.run(["config", "refresh"]), /no previous deployment/);
    await harness.run(["up", "--yes"]);
    await harness.run(["config", "set", "a", "1"]);
    assert.match(
      await text("config", "refresh"),
      /^backed up existing configuration file to \S+Pulumi\.dev\.yaml\.bak\nrefreshed configuration for stack 'dev'$/,
    );
    assert.ok((await readdir(harness.directory.root)).includes("Pulumi.dev.yaml.bak"));
    await assert.rejects(harness.run(["stack", "rm"]), /non-interactive mode requires --yes flag/);
    await assert.rejects(harness.run(["cancel"]), /non-interactive mode requires --yes flag/);
    await harness.run(["destroy", "--remove"]).catch(() => undefined);
    await harness.run(["stack", "rm", "--yes", "--force", "--remove-backups"]);
    assert.equal(await text("stack", "ls", "--json", "--all"), "[]");
    await assert.rejects(readdir(join(harness.directory.root, "state/.pulumi/backups/demo/dev")), { code: "ENOENT" });
  });
});
