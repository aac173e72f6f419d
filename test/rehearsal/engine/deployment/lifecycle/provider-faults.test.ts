import assert from "node:assert/strict";
import type * as pulumi from "@pulumi/pulumi";
import { registerRaw } from "../support/raw-requests";
import { Thing, ThingProviderResource, ThingStack, urnOf } from "../support/thing-stack";

describe("providers that are refused, or not known yet", () => {
  let stack: ThingStack;
  beforeEach(async () => (stack = await ThingStack.make()));
  afterEach(() => stack.remove());

  it("refuse a resource without a provider where the package's default is denied", async () => {
    await stack.setConfig("pulumi:disable-default-providers", '["tst"]');
    const run = await stack.up(async () => void new Thing("a"));
    assert.match(
      run.messages.join("\n"),
      /Default provider for 'tst' disabled. '\S+::a' must use an explicit provider/,
    );
    const explicit = async (): Promise<void> => void new Thing("a", {}, { provider: new ThingProviderResource("p") });
    assert.deepEqual((await stack.up(explicit)).calls, ["create a"]);
    await stack.setConfig("pulumi:disable-default-providers", "tst");
    const malformed = await stack.up(async () => void new Thing("b"));
    assert.match(
      malformed.messages.join("\n"),
      /failed to parse pulumi:disable-default-providers tst: expected a list/,
    );
    await stack.setConfig("pulumi:disable-default-providers", '"tst"');
    const text = await stack.up(async () => void new Thing("b"));
    assert.match(text.messages.join("\n"), /pulumi:disable-default-providers is "tst", expected a list/);
  });

  it("refuse a package that the engine was not given", async () => {
    const run = await stack.up(async () => void (await registerRaw({ name: "a", type: "nope:index:Thing" })));
    assert.match(run.messages.join("\n"), /no provider for package "nope": the embedded engine has only the simulated/);
  });

  it("refuse a configuration that the provider, or the engine, finds fault with", async () => {
    stack.provider.checkConfig = async ({ newInputs }) => ({
      inputs: newInputs,
      failures: newInputs.region ? [] : [{ property: "region", reason: "is required" }],
    });
    const program = (props: pulumi.Inputs) => async () => void new ThingProviderResource("p", props);
    const missing = await stack.up(program({}));
    assert.match(missing.messages.join("\n"), /'p': property region value \{<nil>\} has a problem: is required/);
    const version = await stack.up(program({ region: "1", version: 5 }));
    assert.match(version.messages.join("\n"), /property version value \S+ has a problem: 'version' must be a string/);
    assert.deepEqual(await stack.names(), []);
    const good = program({ region: "1" });
    assert.deepEqual((await stack.up(good)).steps, ["create p"]);
    assert.deepEqual((await stack.up(good)).steps, ["same p"]);
  });

  it("tell a fault of a resource as a whole without a property", async () => {
    stack.provider.on("check", "a", () => ({ inputs: {}, failures: [{ property: "", reason: "is too much" }] }));
    const run = await stack.up(async () => void new Thing("a"));
    assert.match(run.messages.join("\n"), /error: tst:index:Thing resource 'a' has a problem: is too much/);
  });

  it("refuse a replacement whose inputs are refused without the old ones", async () => {
    await stack.up(async () => void new Thing("a", { rep: "1" }));
    stack.provider.on("check", "a", ({ oldInputs, newInputs }: { oldInputs?: object; newInputs: object }) => ({
      inputs: newInputs,
      failures: oldInputs ? [] : [{ property: "rep", reason: "cannot be chosen" }],
    }));
    const run = await stack.up(async () => void new Thing("a", { rep: "2" }));
    assert.match(run.messages.join("\n"), /property rep value \{2\} has a problem: cannot be chosen/);
    assert.deepEqual([run.calls, await stack.names()], [[], ["a"]]);
  });

  it("let a preview assume a change where the provider's configuration is not known yet", async () => {
    const program = (account: pulumi.Input<string>) => {
      const provider = new ThingProviderResource("p", { account });
      return new Thing("a", { value: "1" }, { provider });
    };
    await stack.up(async () => void program("1"));
    const preview = await stack.preview(async () => void program(new Thing("fresh").id));
    assert.equal(preview.failure, undefined);
    assert.deepEqual(preview.steps, ["create fresh", "update p", "update a"]);
    assert.match(preview.messages.join("\n"), /warning: The provider for this resource has inputs that are not known/);
    const run = await stack.up(async () => void program(new Thing("fresh").id));
    assert.deepEqual([run.failure, run.steps], [undefined, ["create fresh", "update p", "same a"]]);
  });

  it("replace a component by a resource of the same name and type", async () => {
    const program = (custom: boolean) => async () => void (await registerRaw({ name: "a", custom }));
    await stack.up(program(false));
    const run = await stack.up(program(true));
    assert.deepEqual([run.failure, run.calls], [undefined, ["create a"]]);
    assert.deepEqual(await stack.names(), ["a"]);
    assert.deepEqual((await stack.up(program(false))).calls, ["delete a"]);
  });

  it("have the version and the address that the program gives, or those of their package", async () => {
    const opts = { version: "1.2.3", pluginDownloadURL: "https://example.com/x" };
    await stack.up(async () => {
      new ThingProviderResource("p", {}, opts);
      new ThingProviderResource("q", {}, { pluginDownloadURL: "https://example.com/x" });
      new ThingProviderResource("r", {});
    });
    const inputs = async (name: string) => (await stack.resource(name)).inputs;
    const __internal = { pluginDownloadURL: "https://example.com/x" };
    assert.deepEqual(await inputs("p"), { version: "1.2.3", __internal });
    assert.deepEqual([await inputs("q"), await inputs("r")], [{ __internal }, undefined]);
  });

  it("fail the program's look-up of what cannot be read, and go on with the rest where told", async () => {
    const program = async (): Promise<void> => {
      new Thing("seen", {}, { id: "gone" });
      new Thing("a");
    };
    const run = await stack.up(program, { continueOnError: true });
    assert.notEqual(run.failure, undefined);
    assert.match(run.messages.join("\n"), /resource 'gone' does not exist/);
    assert.deepEqual(await stack.names(), ["a"]);
  });

  it("answer a program that takes no report of failures with an error, and strips what it cannot take", async () => {
    stack.provider.on("create", "a", () => {
      throw new Error("refused");
    });
    let answer: unknown;
    await stack.up(
      async () => {
        await registerRaw({ name: "a" }).catch((error: unknown) => (answer = error));
      },
      { continueOnError: true },
    );
    assert.match(String(answer), /resource registration failed/);
    let object: unknown;
    await stack.preview(async () => {
      const fresh = new Thing("fresh");
      const id = await new Promise<string>((resolve) => fresh.urn.apply(resolve));
      const unknown = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
      const answered = await registerRaw({
        name: "b",
        properties: { known: id, not: unknown },
        more: (request) => request.setSupportspartialvalues(false),
      });
      object = answered.getObject()?.toJavaScript();
    });
    assert.deepEqual(object, { known: urnOf("fresh") });
  });
});
