import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { LocalWorkspace, PulumiCommand } from "@pulumi/pulumi/automation";
import type { Provider } from "../../../../rehearsal/engine/provider/provider";
import { type ServedProviders, serveProviders } from "../../../../rehearsal/engine/provider-server/serve-providers";
import { acme, Thing } from "../../testing/thing";
import { rehearse } from "../../../../rehearsal/testing/rehearse";
import { RemoteProvider } from "./remote-provider";

const program = (region: string, size: number) => async () => {
  const config = new pulumi.Config();
  const first = new Thing("first", { region, secret: config.requireSecret("password") });
  new Thing("second", { of: first.arn, size, tags: { a: [size] } }, { deleteBeforeReplace: true });
  return { arn: first.arn };
};
const config = { password: { value: "hunter2", secret: true } };
const portOf = (served: ServedProviders): number => Number(served.env.PULUMI_DEBUG_PROVIDERS.split(":")[1]);
const foundOnPath = spawnSync("pulumi", ["version"]).status === 0;

/** Everything that four operations tell of themselves, and what they leave. */
async function life(provider: Provider): Promise<unknown> {
  const stack = await rehearse(program("eu", 1), { providers: [provider], config });
  try {
    await stack.preview();
    await stack.up();
    await stack.preview({ program: program("us", 2) });
    await stack.up();
    await stack.refresh();
    const left = [await stack.state(), await stack.outputs()];
    await stack.destroy();
    return [stack.operations, left];
  } finally {
    await stack.close();
  }
}

describe("serveProviders", () => {
  it("gives the environment by which the CLI finds them", async () => {
    const served = await serveProviders(
      (name) => ({ ...acme(), name }) as unknown as Provider,
      ["aws", "random", "aws"],
    );
    await served.close();
    assert.match(served.env.PULUMI_DEBUG_PROVIDERS, /^aws:\d+,random:\d+$/);
  });

  it("fails for a package that the source does not know", async () => {
    await assert.rejects(
      serveProviders((name) => (name === "acme" ? acme() : undefined), ["acme", "x", "y"]),
      /no provider for x, y; leave them out/,
    );
  });

  it("lets a stack live as it does with the provider in this process", async () => {
    const provider = acme();
    const served = await serveProviders(() => provider, ["acme"]);
    const remote = new RemoteProvider("acme", portOf(served));
    // The protocol has it as not implemented, which means the same.
    const behindProtocol = Object.assign(remote, { checkConfig: undefined, diffConfig: undefined });
    try {
      assert.deepEqual(await life(behindProtocol), await life(acme()));
      assert.equal(provider.resources.size, 0);
    } finally {
      remote.close();
      await served.close();
    }
  });

  if (!foundOnPath) {
    after(() => console.log("    - skipped: serves a real CLI, because there is no pulumi on PATH"));
    return;
  }

  it("serves a real CLI", async function () {
    this.timeout(120_000);
    const directory = await mkdtemp(join(tmpdir(), "serve-providers-"));
    const provider = acme();
    const served = await serveProviders(() => provider, ["acme"]);
    try {
      const stack = await LocalWorkspace.createStack(
        { projectName: "served", stackName: "dev", program: program("eu", 1) },
        {
          workDir: directory,
          pulumiHome: join(directory, "home"),
          pulumiCommand: await PulumiCommand.get(),
          envVars: { ...served.env, PULUMI_BACKEND_URL: `file://${directory}`, PULUMI_CONFIG_PASSPHRASE: "p" },
        },
      );
      await stack.setConfig("password", config.password);
      assert.deepEqual((await stack.preview()).changeSummary, { create: 3 });
      assert.deepEqual((await stack.up()).outputs.arn, { value: "arn:first-1", secret: false });
      assert.deepEqual((await stack.up({ program: program("us", 2) })).summary.resourceChanges, {
        same: 1,
        replace: 1,
        update: 1,
      });
      assert.deepEqual((await stack.up({ program: program("us", 2), refresh: true })).summary.resourceChanges, {
        same: 3,
      });
      await stack.destroy();
      assert.equal(provider.resources.size, 0);
    } finally {
      await served.close();
      await rm(directory, { recursive: true, force: true });
    }
  });
});
