import assert from "node:assert/strict";
import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Stack } from "@pulumi/pulumi/automation";
import { type AutomationHarness, automationHarness } from "../automation-harness";

describe("commands on a stack of which something is odd", () => {
  let harness: AutomationHarness;
  let stack: Stack;

  beforeEach(async () => {
    harness = await automationHarness();
    stack = await harness.open();
  });
  afterEach(() => harness.directory.remove());

  const out = async (...args: string[]): Promise<string> => (await harness.run(args)).stdout;
  const path = (name: string): string => join(harness.directory.root, name);

  async function importing(exported: unknown, ...flags: string[]): Promise<void> {
    await writeFile(path("export.json"), typeof exported === "string" ? exported : JSON.stringify(exported));
    await harness.run(["stack", "import", "--file", "export.json", "--stack", "dev", ...flags]);
  }

  const deployments: readonly [string, unknown, RegExp][] = [
    ["text", "no JSON", /could not read .*export\.json: it is not JSON; expected the output of `pulumi stack export`/],
    ["null", null, /the stack 'dev' is too old to be used/],
    ["an older version", { version: 2, deployment: {} }, /the stack 'dev' is too old to be used/],
    ["no version", { deployment: {} }, /the stack 'dev' is too old to be used/],
    ["no deployment", { version: 3 }, /could not deserialize deployment: .* has no 'deployment' with a 'manifest'/],
    ["a list for a deployment", { version: 3, deployment: [] }, /could not deserialize deployment/],
    [
      "a feature that is not known",
      { version: 4, features: ["teleport"], deployment: { manifest: {} } },
      /uses features that are not supported by this engine: teleport; use the Pulumi CLI for it/,
    ],
    [
      "a manifest without a version",
      { version: 3, deployment: { manifest: { time: "" }, resources: [{ type: "a:b:C" }] } },
      /magic cookie mismatch/,
    ],
    ["null for a resource", { version: 3, deployment: { manifest: {}, resources: [null] } }, /could not deserialize/],
  ];
  for (const [title, exported, expected] of deployments) {
    it(`fails to import ${title}, and changes nothing`, async () => {
      const before = await readFile(harness.checkpoint, "utf8");
      await assert.rejects(importing(exported), expected);
      assert.equal(await readFile(harness.checkpoint, "utf8"), before);
    });
  }

  it("takes a deployment that says nothing for an empty one", async () => {
    await importing({ version: 3, deployment: {} });
    assert.deepEqual((await stack.exportStack()).deployment.resources ?? [], []);
  });

  it("drops pending operations with an import, and keeps the features that it needs", async () => {
    await stack.up();
    const { deployment } = await stack.exportStack();
    const resources = deployment.resources as { urn: string; custom: boolean }[];
    const resource = { ...resources.find(({ custom }) => custom)!, refreshBeforeUpdate: true };
    resources[resources.length - 1] = resource;
    await importing({
      version: 4,
      features: ["refreshBeforeUpdate"],
      deployment: { ...deployment, pending_operations: [{ resource, type: "creating" }] },
    });
    const exported = JSON.parse(await out("stack", "export", "--show-secrets", "--stack", "dev")) as {
      version: number;
      features: string[];
      deployment: { pending_operations?: unknown };
    };
    assert.deepEqual([exported.version, exported.features], [4, ["refreshBeforeUpdate"]]);
    assert.equal(exported.deployment.pending_operations, undefined);
  });

  it("takes a stack that was never updated for one without outputs, history and resources", async () => {
    assert.match(await out("stack", "output", "--stack", "dev"), /outputs \(0\)/);
    assert.equal(await out("stack", "output", "--json", "--show-secrets", "--stack", "dev"), "{}");
    await assert.rejects(out("stack", "output", "x", "--stack", "dev"), /does not have output property 'x'/);
    assert.equal(await out("stack", "history", "--stack", "dev"), "Stack has never been updated");
    assert.match(await out("stack", "history", "--page", "2", "--stack", "dev"), /No stack updates found on page '2'/);
    await assert.rejects(out("config", "refresh", "--force", "--stack", "dev"), /no previous deployment/);
  });

  it("prints one output, as text and as JSON", async () => {
    await stack.up();
    const one = (...flags: string[]) => out("stack", "output", "hidden", ...flags, "--stack", "dev");
    assert.deepEqual([await one(), await one("--json"), await one("--show-secrets")], ["[secret]", '"[secret]"', "s"]);
    assert.equal(await out("stack", "output", "deep", "--json", "--show-secrets", "--stack", "dev"), '{\n  "x": 1\n}');
  });

  it("reads a history that an older CLI wrote, with configuration of another salt", async () => {
    await stack.setConfig("pw", { value: "x", secret: true });
    await stack.up();
    const folder = path("state/.pulumi/history/demo/dev");
    const [name] = (await readdir(folder)).filter((file) => file.endsWith(".history.json"));
    const entry = JSON.parse(await readFile(join(folder, name!), "utf8")) as Record<string, unknown>;
    const other = "v1:AAAAAAAAAAAAAAAA:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAA==";
    const { version: _, environment: __, resourceChanges: ___, ...old } = entry;
    await writeFile(join(folder, name!), JSON.stringify({ ...old, config: { "demo:pw": { secure: other } } }));
    const shown = await stack.history(10, 1, true);
    assert.deepEqual(
      shown.map(({ version, environment, config }) => [version, environment, config["demo:pw"]?.value]),
      [[0, {}, "ERROR_UNABLE_TO_DECRYPT"]],
    );
    assert.match(await out("stack", "history", "--stack", "dev"), /^Version: undefined|^Version: 0/);
    await writeFile(join(folder, name!), JSON.stringify({ ...old, config: undefined, result: "in-progress" }));
    const [running] = JSON.parse(await out("stack", "history", "--json", "--stack", "dev")) as Record<
      string,
      unknown
    >[];
    assert.deepEqual([running?.config, running?.endTime, running?.result], [{}, undefined, "in-progress"]);
  });

  it("refuses to make a stack of another project, and lists what has no deployment", async () => {
    await assert.rejects(
      out("stack", "init", "organization/other/dev"),
      /provided project name "other" doesn't match Pulumi.yaml's project name "demo"/,
    );
    await writeFile(harness.checkpoint, '{"version":3,"checkpoint":{"stack":"organization/demo/dev"}}');
    assert.match(await out("stack", "ls"), /dev\*? +n\/a +n\/a/);
    assert.equal(JSON.parse(await out("stack", "export", "--stack", "dev")).deployment, null);
  });

  it("renames a stack without a configuration file, and fails where that cannot be moved", async () => {
    await harness.run(["stack", "rename", "tst", "--stack", "dev"]);
    assert.match(await out("stack", "ls"), /tst\*/);
  });

  it("tells a fault of its own with the place where it happened", async () => {
    harness.operation = async () => {
      throw new TypeError("not foreseen");
    };
    await assert.rejects(
      stack.up(),
      /exit code 255:[\s\S]*error: the embedded engine failed: TypeError: not foreseen\n +at /,
    );
    harness.operation = async () => {
      throw "only a text" as unknown as Error;
    };
    await assert.rejects(stack.up(), /error: the embedded engine failed: only a text/);
  });

  it("names the command that was not understood", async () => {
    await assert.rejects(out("stack"), /exit code 2:[\s\S]*'pulumi stack' names no command|exit code \d+/);
  });
});
