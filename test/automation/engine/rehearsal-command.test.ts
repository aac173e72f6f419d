import assert from "node:assert/strict";
import { chmodSync } from "node:fs";
import { connect } from "node:net";
import { delimiter, join } from "node:path";
import { parse } from "yaml";
import { openEngine } from "../../../automation/engine/open-engine";
import { AutomationError } from "../../../automation/errors";
import { CliProject } from "../../support/cli-project";

const PROJECT = { "Pulumi.yaml": "name: p\nruntime: nodejs\nmain: src/index.ts\n", "Pulumi.dev.yaml": "config: {}\n" };

describe("a rehearsal on the Pulumi CLI", function () {
  this.timeout(120_000);
  const path = process.env.PATH;
  let project: CliProject;

  beforeEach(() => (project = new CliProject(PROJECT)));
  afterEach(() => {
    process.env.PATH = path;
    project.remove();
  });

  /** Puts a `pulumi` on PATH that knows its version and nothing else. */
  function installPulumi(): void {
    project.write("bin/pulumi", "#!/bin/sh\necho v3.260.0\n");
    chmodSync(project.path("bin/pulumi"), 0o755);
    process.env.PATH = [project.path("bin"), path].join(delimiter);
  }

  const open = (stateOnly = false) =>
    openEngine({ projectDir: project.root, environment: "dev", target: "rehearsal", engine: "cli", stateOnly });

  it("gives the CLI every simulated provider, and no way to download a real one, until it is closed", async () => {
    installPulumi();
    const session = await open();
    const env = session.workspace.envVars ?? {};
    const served = new Map(
      (env.PULUMI_DEBUG_PROVIDERS ?? "").split(",").map((entry) => entry.split(":") as [string, string]),
    );
    try {
      assert.equal(session.workspace.pulumiCommand?.version?.toString(), "3.260.0");
      assert.deepEqual([...served.keys()].sort(), [
        "aws",
        "azure-native",
        "azuread",
        "databricks",
        "github",
        "kubernetes",
        "random",
      ]);
      assert.equal(env.PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION, "true");
      assert.equal(env.PULUMI_BACKEND_URL, `file://${project.path(".trunkline/rehearsal/state")}`);
      for (const port of served.values()) assert.equal(await answers(Number(port)), true);
    } finally {
      await session.close();
    }
    for (const port of served.values()) assert.equal(await answers(Number(port)), false);
  });

  it("runs the program where it lies, though its settings are staged elsewhere", async () => {
    installPulumi();
    await (await open()).close();
    const staged = parse(project.read(".trunkline/rehearsal/project/Pulumi.yaml"));
    assert.deepEqual(staged, { name: "p", runtime: "nodejs", main: join(project.root, "src/index.ts") });
  });

  it("serves no provider to look at the state", async () => {
    installPulumi();
    const session = await open(true);
    assert.equal(session.workspace.envVars?.PULUMI_DEBUG_PROVIDERS, undefined);
    await session.close();
  });

  it("fails without a CLI on PATH, says how to rehearse without it, and lets go of the simulated cloud", async () => {
    process.env.PATH = project.path("bin");
    const failed = (error: unknown) =>
      error instanceof AutomationError &&
      /not on PATH/.test(error.message) &&
      /--target rehearsal/.test(error.hint ?? "");
    await assert.rejects(open(), failed);
    await assert.rejects(open(), failed);
  });
});

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1");
    socket.once("connect", () => resolve(true)).once("error", () => resolve(false));
    socket.once("connect", () => socket.destroy());
  });
}
