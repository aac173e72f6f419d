import assert from "node:assert/strict";
import { readFile, readdir } from "node:fs/promises";
import { join } from "node:path";
import type { DeploymentFile } from "../../../../rehearsal/engine/state/deployment-file";
import { SIGNATURE_KEY, SIGNATURES } from "../../../../rehearsal/engine/values/property-value";
import { type AutomationHarness, automationHarness } from "../automation-harness";

describe("stack commands, through the Automation API", () => {
  let harness: AutomationHarness;

  beforeEach(async () => {
    harness = await automationHarness();
  });
  afterEach(() => harness.directory.remove());

  it("returns outputs with their secretness, history and info of an update", async () => {
    const stack = await harness.open();
    const result = await stack.up({ message: "first" });
    assert.deepEqual(result.outputs, {
      deep: { value: { x: 1 }, secret: false },
      hidden: { value: "s", secret: true },
      plain: { value: "p", secret: false },
    });
    assert.equal(result.summary.message, "first");
    await stack.up({ message: "second" });
    const history = await stack.history();
    assert.deepEqual(
      history.map(({ message, kind, result: ended, version }) => ({ message, kind, ended, version })),
      [
        { message: "second", kind: "update", ended: "succeeded", version: 0 },
        { message: "first", kind: "update", ended: "succeeded", version: 0 },
      ],
    );
    assert.deepEqual(
      (await stack.history(1, 2)).map(({ message }) => message),
      ["first"],
    );
    assert.equal(history[0]?.environment["exec.kind"], "auto.inline");
    const files = (await readdir(join(harness.directory.root, "state"), { recursive: true, withFileTypes: true }))
      .filter((entry) => entry.isFile())
      .map((entry) =>
        join(entry.parentPath, entry.name)
          .slice(`${harness.directory.root}/state/`.length)
          .replace(/\d{10,}/g, "<number>"),
      );
    assert.deepEqual([...new Set(files)].sort(), [
      ".pulumi/backups/demo/dev/dev.<number>.json",
      ".pulumi/backups/demo/dev/dev.<number>.json.attrs",
      ".pulumi/history/demo/dev/dev-<number>.checkpoint.json",
      ".pulumi/history/demo/dev/dev-<number>.checkpoint.json.attrs",
      ".pulumi/history/demo/dev/dev-<number>.history.json",
      ".pulumi/history/demo/dev/dev-<number>.history.json.attrs",
      ".pulumi/meta.yaml",
      ".pulumi/meta.yaml.attrs",
      ".pulumi/stacks/demo/dev.json",
      ".pulumi/stacks/demo/dev.json.attrs",
      ".pulumi/stacks/demo/dev.json.bak",
      ".pulumi/stacks/demo/dev.json.bak.attrs",
    ]);
  });

  it("exports secrets in clear and imports them again, encrypted", async () => {
    const stack = await harness.open();
    await stack.up();
    const exported = await stack.exportStack();
    const inputs = exported.deployment.resources[2].inputs;
    assert.deepEqual(inputs, { pw: { [SIGNATURE_KEY]: SIGNATURES.secret, plaintext: '{"deep":["s"]}' } });
    await stack.importStack(exported);
    const text = await readFile(harness.checkpoint, "utf8");
    assert.ok(!text.includes("plaintext"));
    assert.deepEqual((await stack.exportStack()).deployment.resources, exported.deployment.resources);
  });

  it("fails to import a deployment with a missing parent, of another stack, or of a future version, and changes nothing", async () => {
    const stack = await harness.open();
    await stack.up();
    const exported = await stack.exportStack();
    const file = harness.checkpoint;
    const before = await readFile(file, "utf8");
    const orphaned = structuredClone(exported);
    orphaned.deployment.resources.splice(1, 1);
    await assert.rejects(stack.importStack(orphaned), (fault: Error) => {
      assert.match(fault.message, /Command failed with exit code 1: pulumi stack import/);
      assert.match(
        fault.message,
        /error: 2 errors occurred:\n {4}1\) state file contains errors: child resource \S+::b refers to missing parent \S+::g\n {4}2\) importing this file could be dangerous; rerun with --force to proceed anyway/,
      );
      return true;
    });
    await assert.rejects(
      stack.importStack({ ...exported, version: 99 }),
      /the stack 'dev' is newer than what this version of the Pulumi CLI understands/,
    );
    const second = await harness.open("second");
    await assert.rejects(
      second.importStack(exported),
      /error: 4 errors occurred:\n {4}1\) resource '\S+' is from a different stack \(dev != second\)/,
    );
    assert.equal(await readFile(file, "utf8"), before);
  });

  it("renames a stack with its resources, history and configuration", async () => {
    const stack = await harness.open();
    await stack.setConfig("key", { value: "kept" });
    await stack.setTag("owner", "me");
    await stack.up();
    const { summary } = await stack.rename({ stackName: "prod" });
    assert.equal(summary?.kind, "update");
    assert.deepEqual(
      (await stack.workspace.listStacks()).map(({ name }) => name),
      ["prod"],
    );
    assert.deepEqual(await stack.getAllConfig(), { "demo:key": { value: "kept", secret: false } });
    assert.deepEqual(await stack.listTags(), { owner: "me" });
    const { deployment } = (await stack.exportStack()) as unknown as { deployment: DeploymentFile };
    assert.deepEqual(
      deployment.resources?.map(({ urn, parent }) => [urn, parent]),
      [
        ["urn:pulumi:prod::demo::pulumi:pulumi:Stack::demo-prod", undefined],
        ["urn:pulumi:prod::demo::app:index:Group::g", "urn:pulumi:prod::demo::pulumi:pulumi:Stack::demo-prod"],
        ["urn:pulumi:prod::demo::app:index:Group$sim:index:Thing::b", "urn:pulumi:prod::demo::app:index:Group::g"],
      ],
    );
    await harness.open();
    await assert.rejects(stack.rename({ stackName: "dev" }), { name: "StackAlreadyExistsError" });
  });

  it("removes a stack only when it is empty, unless forced", async () => {
    const stack = await harness.open();
    await stack.up();
    await assert.rejects(
      stack.workspace.removeStack("dev"),
      /error: 'dev' still has resources; removal rejected\. Possible actions:/,
    );
    await stack.workspace.removeStack("dev", { force: true, preserveConfig: true });
    assert.deepEqual(await stack.workspace.listStacks(), []);
    assert.ok((await readdir(harness.directory.root)).includes("Pulumi.dev.yaml"));
    await harness.open();
    await stack.workspace.removeStack("dev");
    assert.ok(!(await readdir(harness.directory.root)).includes("Pulumi.dev.yaml"));
  });

  it("keeps tags", async () => {
    const stack = await harness.open();
    await stack.setTag("a", "1");
    await stack.setTag("b", "2");
    assert.equal(await stack.getTag("a"), "1");
    await stack.removeTag("a");
    assert.deepEqual(await stack.listTags(), { b: "2" });
    await assert.rejects(stack.getTag("a"), /stack tag 'a' not found for stack 'dev'/);
  });

  it("reports a lock that another holds as ConcurrentUpdateError, until it is cancelled", async () => {
    const stack = await harness.open();
    const save = harness.operation;
    let finish: () => void = () => undefined;
    let started: () => void = () => undefined;
    const running = new Promise<void>((resolve) => (started = resolve));
    harness.operation = async (_context, session) => {
      const lock = await session.lock();
      started();
      await new Promise<void>((resolve) => (finish = resolve));
      await lock.release();
      return 0;
    };
    const up = stack.up();
    await running;
    harness.operation = save;
    await assert.rejects(stack.up(), (fault: Error) => {
      assert.equal(fault.name, "ConcurrentUpdateError");
      assert.match(
        fault.message,
        /error: the stack is currently locked by 1 lock\(s\)\. Either wait for the other process\(es\) to end or delete the lock file with `pulumi cancel`\.\n {2}file:\/\/\S+\/locks\/organization\/demo\/dev\/\S+\.json: created by \S+@\S+ \(pid \d+\) at \S+Z/,
      );
      return true;
    });
    await stack.cancel();
    await stack.up();
    finish();
    await up;
  });
});
