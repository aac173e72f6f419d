import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { LocalWorkspace } from "@pulumi/pulumi/automation";
import { embeddedEngine } from "../../../../rehearsal/engine/embedded-engine";
import type { Provider } from "../../../../rehearsal/engine/provider/provider";
import { projectDirectory, type ProjectDirectory } from "../project-directory";

const provider: Provider = {
  name: "sim",
  version: "1.0.0",
  configure: async () => ({ acceptSecrets: true, acceptResources: true, supportsPreview: true }),
  check: async ({ newInputs }) => ({ inputs: newInputs }),
  diff: async () => ({ changes: "none" }),
  create: async ({ inputs }) => ({ id: "1", outputs: inputs }),
  update: async ({ newInputs }) => ({ outputs: newInputs }),
  read: async ({ id }) => ({ id, inputs: {}, outputs: { found: id } }),
  delete: async () => undefined,
  invoke: async ({ args }) =>
    args.refuse ? { outputs: {}, failures: [{ property: "refuse", reason: "no" }] } : { outputs: { ...args, more: 1 } },
};

class Thing extends pulumi.CustomResource {
  declare readonly value: pulumi.Output<unknown>;
  constructor(name: string, props: object, opts?: pulumi.CustomResourceOptions) {
    super("sim:index:Thing", name, { value: undefined, ...props }, opts);
  }
}

describe("a program on the engine's monitor", () => {
  let directory: ProjectDirectory;
  beforeEach(async () => (directory = await projectDirectory()));
  afterEach(() => directory.remove());

  async function up(program: () => Promise<Record<string, unknown>>) {
    const stack = await LocalWorkspace.createOrSelectStack(
      { stackName: "dev", projectName: "demo", program },
      {
        workDir: directory.root,
        envVars: directory.env,
        pulumiCommand: embeddedEngine({ providers: (name) => (name === "sim" ? provider : undefined) }),
      },
    );
    return stack.up();
  }

  it("registers, transforms, reads and invokes", async () => {
    const { outputs, summary } = await up(async () => {
      const group = new pulumi.ComponentResource(
        "app:index:Group",
        "g",
        {},
        {
          protect: true,
          transforms: [async ({ props, opts }) => ({ props, opts: { ...opts, protect: false } })],
        },
      );
      const one = new Thing(
        "one",
        { value: "s" },
        {
          parent: group,
          transforms: [
            async ({ props, opts }) => ({ props: { ...props, value: pulumi.interpolate`${props.value}!` }, opts }),
          ],
        },
      );
      const two = new Thing("two", { value: one.value }, { dependsOn: group });
      const read = new Thing("read", { found: undefined }, { id: "77" });
      const invoked = (await pulumi.runtime.invoke("sim:index:get", { a: 1 })) as object;
      return { one: one.value, two: two.value, read: (read as unknown as { found: unknown }).found, invoked };
    });
    assert.equal(summary.result, "succeeded");
    assert.deepEqual(outputs.two, { value: "s!", secret: false });
    assert.equal(outputs.read!.value, "77");
    assert.deepEqual(outputs.invoked!.value, { a: 1, more: 1 });
  });

  const failures: readonly [what: string, program: () => Promise<unknown>, message: RegExp][] = [
    ["a refused invocation", () => pulumi.runtime.invoke("sim:index:get", { refuse: true }), /no/],
    [
      "an invalid type",
      async () => new (class extends pulumi.CustomResource {})("x", "y", {}),
      /'x' is not a valid type token/,
    ],
    [
      "a malformed timeout",
      async () => new Thing("a", {}, { customTimeouts: { create: "soon" } }),
      /unable to parse customTimeout Value soon/,
    ],
  ];
  for (const [what, program, message] of failures) {
    it(`fails for ${what}`, () =>
      assert.rejects(
        up(async () => {
          await program();
          return {};
        }),
        message,
      ));
  }
});
