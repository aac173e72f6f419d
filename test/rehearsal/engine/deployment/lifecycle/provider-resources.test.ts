import assert from "node:assert/strict";
import { ThingProvider } from "../support/thing-provider";
import { Thing, ThingProviderResource, ThingStack } from "../support/thing-stack";

describe("provider resources", () => {
  let stack: ThingStack;
  beforeEach(async () => (stack = await ThingStack.make()));
  afterEach(() => stack.remove());

  it("replaces what an explicit provider manages where its configuration needs a replacement", async () => {
    stack.provider.diffConfig = async ({ oldInputs, newInputs }) =>
      oldInputs.account === newInputs.account ? { changes: "none" } : { changes: "some", replaceKeys: ["account"] };
    const program = (account: string) => async () => {
      const provider = new ThingProviderResource("p", { account });
      const a = new Thing("a", {}, { provider });
      new Thing("b", { value: a.id }, { provider });
    };
    await stack.up(program("1"));
    const run = await stack.up(program("2"));
    assert.equal(run.failure, undefined);
    assert.deepEqual(run.calls, ["create a", "create b", "delete b", "delete a"]);
    assert.deepEqual((await stack.up(program("2"))).calls, []);
  });

  it("updates a provider whose configuration changed, and leaves its resources alone", async () => {
    const program = (region: string) => async () =>
      void new Thing("a", {}, { provider: new ThingProviderResource("p", { region }) });
    await stack.up(program("1"));
    const run = await stack.up(program("2"));
    assert.deepEqual([run.steps, run.calls], [["update p", "same a"], []]);
  });

  it("moves a resource to another provider without a replacement where that needs none", async () => {
    await stack.up(async () => void new Thing("a"));
    const run = await stack.up(
      async () => void new Thing("a", {}, { provider: new ThingProviderResource("p", { region: "1" }) }),
    );
    assert.deepEqual([run.failure, run.calls], [undefined, []]);
  });

  it("moves a resource to the default provider of another version, and drops the one before", async () => {
    const program = (version: string) => async () => void new Thing("a", {}, { version });
    const versions = async (): Promise<string[]> =>
      ((await stack.deployment()).resources ?? []).flatMap(({ urn }) => /::(default_\w+)$/.exec(urn)?.slice(1) ?? []);
    await stack.up(program("1.0.0"));
    assert.deepEqual(await versions(), ["default_1_0_0"]);
    const moved = await stack.up(program("2.0.0"));
    assert.deepEqual([moved.failure, moved.calls, await versions()], [undefined, [], ["default_2_0_0"]]);
    stack.provider.diffConfig = async () => ({ changes: "some", replaceKeys: ["version"] });
    const replaced = await stack.up(program("3.0.0"));
    assert.deepEqual([replaced.failure, replaced.calls], [undefined, ["create a", "delete a"]]);
    assert.deepEqual(await versions(), ["default_3_0_0"]);
  });

  it("goes on with the newest version of the state where the program asks for none any more", async () => {
    await stack.up(async () => {
      new Thing("a", {}, { version: "1.0.0" });
      new Thing("b", {}, { version: "1.2.0" });
    });
    await stack.up(async () => {
      new Thing("a");
      new Thing("b");
    });
    const used = await Promise.all(["a", "b"].map(async (name) => (await stack.resource(name)).provider));
    assert.ok(
      used.every((provider) => provider?.includes("::default_1_2_0::")),
      used.join(),
    );
  });

  it("refuses a provider that fails to be configured", async () => {
    const provider = new ThingProvider();
    const own = await ThingStack.make(provider);
    try {
      const program = async (): Promise<void> => void new Thing("a");
      await own.up(program);
      provider.configure = () => Promise.reject(new Error("no credentials"));
      const run = await own.up(program);
      assert.ok(
        run.messages.some((text) => text.includes("no credentials")),
        run.messages.join("\n"),
      );
      assert.ok(run.messages.some((text) => text.includes("bad provider state for resource")));
      assert.deepEqual(await own.names(), ["a"]);
    } finally {
      await own.remove();
    }
  });
});
