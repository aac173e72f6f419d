import assert from "node:assert/strict";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CustomResource, secret, StackReference } from "@pulumi/pulumi";
import { type EngineEvent, LocalWorkspace, type PulumiFn, type Stack } from "@pulumi/pulumi/automation";
import { embeddedEngine } from "../../rehearsal/engine/embedded-engine";
import type { Provider } from "../../rehearsal/engine/provider/provider";

const SECRET = "correct-horse-battery-staple";

/** Keeps whatever it is given. */
const keeper: Provider = {
  name: "kv",
  version: "1.0.0",
  configure: async () => ({ acceptSecrets: true, acceptResources: true, supportsPreview: true }),
  check: async ({ newInputs }) => ({ inputs: newInputs }),
  diff: async () => ({ changes: "some" }),
  create: async ({ inputs }) => ({ id: "entry", outputs: inputs }),
  update: async ({ newInputs }) => ({ outputs: newInputs }),
  read: async ({ id, inputs, outputs }) => ({ id, inputs, outputs }),
  delete: async () => undefined,
  invoke: async () => ({ outputs: {} }),
  call: async () => ({ outputs: {} }),
};

class Entry extends CustomResource {
  constructor(props: Record<string, unknown>) {
    super("kv:index:Entry", "entry", props);
  }
}

describe("where the embedded engine does better than the real one", function () {
  this.timeout(120_000);
  let directory: string;

  beforeEach(async () => (directory = await mkdtemp(join(tmpdir(), "improvements-"))));
  afterEach(() => rm(directory, { recursive: true, force: true }));

  const stack = (stackName: string, program: PulumiFn): Promise<Stack> =>
    LocalWorkspace.createOrSelectStack(
      { projectName: "demo", stackName, program },
      {
        workDir: directory,
        pulumiCommand: embeddedEngine({ providers: (name) => (name === "kv" ? keeper : undefined) }),
        pulumiHome: join(directory, "home"),
        envVars: { PULUMI_BACKEND_URL: `file://${directory}`, PULUMI_CONFIG_PASSPHRASE: "conformance" },
      },
    );

  it("says what differs where the stack's outputs are not as planned, by a warning beside the failure", async () => {
    let late: Record<string, unknown> = {};
    const planned = await stack("planned", async () => late);
    const plan = join(directory, "plan.json");
    await planned.preview({ plan });
    late = { late: 1 };
    const diagnostics: string[] = [];
    const onEvent = ({ diagnosticEvent }: EngineEvent) =>
      void (diagnosticEvent && diagnostics.push(`${diagnosticEvent.severity}: ${diagnosticEvent.message.trim()}`));
    await assert.rejects(planned.up({ plan, onEvent }), /Command failed with exit code 1/);
    const told = diagnostics.filter((text) => text.includes("violates plan"));
    assert.equal(told.length, 1, diagnostics.join("\n"));
    assert.match(told[0]!, /^warning: .*resource violates plan: properties changed: =\+late\[\{1\}\]/);
  });

  it("stores a secret of another stack encrypted though the program read it with getOutputDetails", async () => {
    await (await stack("base", async () => ({ password: secret(SECRET) }))).up();
    const reader = await stack("reader", async () => {
      const details = await new StackReference("organization/demo/base").getOutputDetails("password");
      assert.equal(details.secretValue, SECRET);
      new Entry({
        url: `postgres://admin:${SECRET}@db`,
        nested: [{ plain: "visible-text", password: details.secretValue }],
      });
      return { password: details.secretValue };
    });
    const { outputs, stdout } = await reader.up();
    assert.equal(outputs.password?.secret, true);
    const checkpoint = await readFile(join(directory, ".pulumi", "stacks", "demo", "reader.json"), "utf8");
    assert.ok(checkpoint.includes("visible-text"));
    assert.ok(!checkpoint.includes(SECRET), checkpoint);
    assert.ok(!stdout.includes(SECRET), stdout);
  });

  it("keeps secrets out of the message about a violated plan", async () => {
    const plan = join(directory, "plan.json");
    const dev = await stack("dev", async () => {
      new Entry({ password: secret(SECRET) });
    });
    await dev.preview({ plan });
    assert.ok(!(await readFile(plan, "utf8")).includes(SECRET));
    dev.workspace.program = async () => {
      new Entry({ password: secret(`${SECRET}-changed`) });
    };
    await assert.rejects(dev.up({ plan }), (error: Error) => {
      assert.match(error.message, /resource urn:pulumi:dev::demo::kv:index:Entry::entry violates plan/);
      assert.ok(!error.message.includes(SECRET), error.message);
      return true;
    });
  });
});
