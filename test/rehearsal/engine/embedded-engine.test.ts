import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { LocalWorkspace } from "@pulumi/pulumi/automation";
import type { OperationRequest } from "../../../rehearsal/engine/arguments/operation-request";
import { EngineError } from "../../../rehearsal/engine/engine-error";
import { type AutomationHarness, automationHarness } from "./automation-harness";

describe("embedded engine, behind the Automation API", () => {
  let harness: AutomationHarness;

  beforeEach(async () => {
    harness = await automationHarness();
  });
  afterEach(() => harness.directory.remove());

  it("creates a stack, finds it again, and says that it exists or does not", async () => {
    const stack = await harness.open();
    await assert.rejects(
      LocalWorkspace.selectStack(
        { stackName: "other", projectName: "demo", program: async () => undefined },
        { workDir: harness.directory.root, pulumiCommand: harness.command, envVars: harness.directory.env },
      ),
      { name: "StackNotFoundError" },
    );
    await assert.rejects(stack.workspace.createStack("dev"), { name: "StackAlreadyExistsError" });
    const [listed] = await stack.workspace.listStacks();
    assert.deepEqual(
      { name: listed?.name, current: listed?.current, resourceCount: listed?.resourceCount },
      { name: "dev", current: true, resourceCount: 0 },
    );
    assert.equal((await stack.workspace.stack())?.name, "dev");
    const file = JSON.parse(await readFile(harness.checkpoint, "utf8"));
    assert.equal(file.version, 3);
    assert.equal(file.checkpoint.stack, "organization/demo/dev");
    assert.equal(file.checkpoint.latest.secrets_providers.type, "passphrase");
    assert.equal(await readFile(join(harness.directory.root, "state/.pulumi/meta.yaml"), "utf8"), "version: 1\n");
  });

  it("tells who the user is, and that there are neither plugins nor organizations", async () => {
    const { workspace } = await harness.open();
    assert.equal((await workspace.whoAmI()).url, `file://${harness.directory.root}/state`);
    assert.deepEqual(await workspace.listPlugins(), []);
    await assert.rejects(harness.run(["org", "get-default"], harness.directory.env), /no organizations/);
  });

  it("gives the exit code and the output of a failed operation as the CLI does", async () => {
    const stack = await harness.open();
    harness.operation = async (context) => {
      context.out("some output\n");
      context.err("error: update failed\n");
      return 7;
    };
    const seen: string[] = [];
    await assert.rejects(stack.up({ onOutput: (text) => void seen.push(text) }), (fault: Error) => {
      const { commandResult } = fault as unknown as { commandResult: { code: number; stdout: string; stderr: string } };
      assert.equal(fault.name, "CommandError");
      assert.equal(commandResult.code, -2);
      assert.equal(commandResult.stdout, "");
      assert.match(
        commandResult.stderr,
        /^Command failed with exit code 7: pulumi up --yes --skip-preview .*--stack dev --non-interactive\nerror: update failed\nsome output$/,
      );
      return true;
    });
    assert.deepEqual(seen, ["some output\n"]);
    harness.operation = async () => {
      throw new EngineError("the operation cannot go on");
    };
    await assert.rejects(stack.up(), /Command failed with exit code 1: .*\nerror: the operation cannot go on/);
  });

  it("hands all that the Automation API says of an operation to it", async () => {
    const stack = await harness.open();
    harness.operation = async () => 0;
    await stack.refresh({ expectNoChanges: true, clearPendingCreates: true, runProgram: true });
    await stack.destroy({
      continueOnError: true,
      refresh: true,
      target: ["u:1", "u:2"],
      targetDependents: true,
    });
    await stack.previewDestroy({ exclude: ["u:3"], excludeProtected: true, runProgram: false });
    const up = {
      message: "--debug",
      replace: ["u:r"] as string[],
      parallel: 3,
      plan: "p.json",
      diff: true,
      color: "never",
      showSecrets: true,
    } as const;
    await stack.up({
      ...up,
      userAgent: "agent",
      suppressOutputs: true,
      suppressProgress: true,
      debug: true,
      logVerbosity: 3,
      onEvent: () => undefined,
    });
    const [refresh, destroy, preview, update] = harness.requests;
    const shown = (request: OperationRequest | undefined, keys: (keyof OperationRequest)[]) =>
      keys.map((key) => request?.[key]);
    assert.deepEqual(shown(refresh, ["kind", "previewOnly", "runProgram", "expectNoChanges", "clearPendingCreates"]), [
      "refresh",
      false,
      true,
      true,
      true,
    ]);
    assert.deepEqual(
      shown(destroy, ["kind", "runProgram", "targets", "targetDependents", "continueOnError", "refresh"]),
      ["destroy", false, ["u:1", "u:2"], true, true, true],
    );
    assert.deepEqual(shown(preview, ["kind", "previewOnly", "excludes", "excludeProtected", "runProgram"]), [
      "destroy",
      true,
      ["u:3"],
      true,
      false,
    ]);
    assert.deepEqual(
      shown(update, ["kind", "message", "replace", "parallel", "plan", "diff", "color", "execAgent", "execKind"]),
      ["up", "--debug", ["u:r"], 3, "p.json", true, "never", "agent", "auto.inline"],
    );
    assert.deepEqual(shown(update, ["suppressOutputs", "suppressProgress", "debug", "runProgram"]), [
      true,
      true,
      true,
      true,
    ]);
    assert.match(update?.clientAddress ?? "", /^127\.0\.0\.1:\d+$/);
    assert.match(update?.eventLog ?? "", /^tcp:\/\/127\.0\.0\.1:\d+$/);
  });

  it("keeps two stacks apart that are worked on at once", async () => {
    const stacks = await Promise.all([harness.open("a"), harness.open("b"), harness.open("c")]);
    await Promise.all(stacks.map((stack) => stack.setConfig("name", { value: stack.name, secret: true })));
    const values = await Promise.all(stacks.map(async (stack) => (await stack.getConfig("name")).value));
    assert.deepEqual(values, ["a", "b", "c"]);
  });
});
