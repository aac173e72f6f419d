import assert from "node:assert/strict";
import { LocalWorkspace } from "@pulumi/pulumi/automation";
import { embeddedEngine } from "../../../../rehearsal/engine/embedded-engine";
import { SIGNATURE_KEY, SIGNATURES } from "../../../../rehearsal/engine/values/property-value";
import type { DeploymentFile } from "../../../../rehearsal/engine/state/deployment-file";
import { programLauncher } from "../../../../rehearsal/program/launch-program";
import { programProject, type ProgramProject } from "../../program/program-project";
import { ThingProvider } from "../deployment/support/thing-provider";

/** A secret text in an exported state. */
const secret = (text: string) => ({ [SIGNATURE_KEY]: SIGNATURES.secret, plaintext: JSON.stringify(text) });

const PROGRAM = `import * as pulumi from "@pulumi/pulumi";

class Thing extends pulumi.CustomResource {
  constructor(name: string, props: pulumi.Inputs, opts?: pulumi.CustomResourceOptions) {
    super("tst:index:Thing", name, props, opts);
  }
}

pulumi.runtime.registerResourceTransform(({ props, opts }) => ({ props: { ...props, stack: "seen" }, opts }));
const whole = pulumi.secret("hunter2-whole");
new Thing("by-stack", { whole, deep: { part: pulumi.secret("hunter2-deep"), plain: "p" } });
new Thing("own", { whole }, {
  transforms: [({ props, opts }) => ({ props: { ...props, own: "seen" }, opts })],
});
`;

describe("a transform of a project's program", function () {
  this.timeout(120_000);
  let project: ProgramProject;
  beforeEach(() => {
    project = programProject({
      "package.json": JSON.stringify({ name: "demo", version: "1.0.0", main: "index.ts" }),
      "Pulumi.yaml": "name: demo\nruntime: nodejs\nmain: index.ts\nbackend:\n  url: file://./state\n",
      "index.ts": PROGRAM,
    });
  });
  afterEach(() => project.remove());

  it("leaves the secrets that it passes through secret, for the stack and for one resource", async () => {
    const provider = new ThingProvider();
    const stack = await LocalWorkspace.createStack(
      { stackName: "dev", workDir: project.root },
      {
        envVars: { PULUMI_CONFIG_PASSPHRASE: "correct", PULUMI_HOME: project.path("home") },
        pulumiCommand: embeddedEngine({
          providers: (name) => (name === "tst" ? provider : undefined),
          launchProgram: programLauncher({ cacheDir: project.cacheDir }),
        }),
      },
    );
    await stack.up();
    const { resources = [] } = (await stack.exportStack()).deployment as DeploymentFile;
    const inputsOf = (name: string) => resources.find(({ urn }) => urn.endsWith(`::${name}`))?.inputs;
    const expected = { whole: secret("hunter2-whole"), stack: "seen" };
    const deep = { part: secret("hunter2-deep"), plain: "p" };
    assert.deepEqual(inputsOf("by-stack"), { ...expected, deep });
    assert.deepEqual(inputsOf("own"), { ...expected, own: "seen" });
  });
});
