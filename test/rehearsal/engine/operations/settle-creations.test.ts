import assert from "node:assert/strict";
import type { PropertyMap } from "../../../../rehearsal/engine/values/property-value";
import { unwrapSecretsOf } from "../../../../rehearsal/engine/values/secret-value";
import { FindingProvider } from "../support/finding-provider";
import { Group, Thing, ThingStack, urnOf } from "../deployment/support/thing-stack";

describe("an interrupted creation", () => {
  let stack: ThingStack;
  let provider: FindingProvider;
  const program = (props: PropertyMap, type = "Thing") => {
    return async (): Promise<void> => {
      new Thing("first");
      new Thing("a", props, {}, type);
    };
  };
  const pending = async () => (await stack.deployment()).pending_operations ?? [];

  beforeEach(async () => {
    provider = new FindingProvider();
    stack = await ThingStack.make(provider);
  });
  afterEach(() => stack.remove());

  /** Leaves the state that was before a creation, with that pending, as a kill does. */
  async function interruptCreation(name: string, props: PropertyMap, type = "Thing"): Promise<void> {
    const { resources = [] } = await stack.deployment();
    const { provider: reference } = resources.find(({ urn }) => urn === urnOf("first"))!;
    const urn = urnOf(name, `tst:index:${type}`);
    const resource = { urn, custom: true, type: `tst:index:${type}`, inputs: props, provider: reference };
    await stack.interrupt([{ resource, type: "creating" }]);
  }

  it("that has made something is taken into the state, with the answer that was lost", async () => {
    await stack.up(async () => void new Thing("first"));
    await interruptCreation("a", { value: "1" });
    provider.cloud.set("a-9", { value: "1" });
    const run = await stack.up(program({ value: "1" }));
    assert.deepEqual([run.failure, run.calls, run.changes], [undefined, [], { same: 3 }]);
    assert.ok(run.messages.includes("info: created by an interrupted operation; it is part of the state now"));
    const { id, inputs, outputs, created } = await stack.resource("a");
    assert.deepEqual([id, inputs, outputs], ["a-9", { value: "1" }, { value: "1" }]);
    assert.match(created ?? "", /^\d{4}-/);
    assert.deepEqual(await pending(), []);
  });

  it("is asked for with the ids of its type that the state has, and with its inputs", async () => {
    await stack.up(async () => void new Thing("first"));
    await interruptCreation("a", { value: "1" });
    await stack.up(program({ value: "1" }));
    const [request] = provider.asked;
    assert.deepEqual(
      [request?.urn, request?.name, request?.type, unwrapSecretsOf(request?.inputs ?? {}), request?.knownIds],
      [urnOf("a"), "a", "tst:index:Thing", { value: "1" }, ["first-1"]],
    );
  });

  it("that has made nothing is done again", async () => {
    await stack.up(async () => void new Thing("first"));
    await interruptCreation("a", { value: "1" });
    const run = await stack.up(program({ value: "1" }));
    assert.deepEqual([run.failure, run.calls], [undefined, ["create a"]]);
    assert.ok(!run.messages.some((text) => text.includes("pending operations")), run.messages.join("\n"));
    assert.deepEqual([await pending(), [...provider.cloud.keys()]], [[], ["first-1", "a-2"]]);
  });

  it("of a replacement leaves the old resource to be deleted", async () => {
    await stack.up(program({ rep: "1" }));
    await interruptCreation("a", { rep: "2" });
    provider.cloud.set("a-9", { rep: "2" });
    const preview = await stack.preview(program({ rep: "2" }));
    assert.deepEqual(
      preview.steps,
      ["same first", "same a", "delete-replaced a"],
      "a preview shows what an update does",
    );
    const run = await stack.up(program({ rep: "2" }));
    assert.deepEqual([run.failure, run.calls], [undefined, ["delete a"]]);
    assert.deepEqual([...provider.cloud.keys()].sort(), ["a-9", "first-1"]);
    assert.deepEqual(await stack.names(), ["first", "a"]);
  });

  it("of a replacement whose old resource is deleted already takes its place", async () => {
    await stack.up(program({ rep: "1" }, "Unique"));
    const deployment = await stack.deployment();
    const old = deployment.resources!.find(({ urn }) => urn.endsWith("::a"))!;
    old.pendingReplacement = true;
    await stack.import(deployment);
    provider.cloud.delete("a-2");
    await interruptCreation("a", { rep: "2" }, "Unique");
    provider.cloud.set("a-9", { rep: "2" });
    const run = await stack.up(program({ rep: "2" }, "Unique"));
    assert.deepEqual([run.failure, run.calls], [undefined, []]);
    assert.deepEqual([(await stack.resource("a")).id, await stack.names()], ["a-9", ["first", "a"]]);
  });

  it("is found by a refresh and by a destroy, too", async () => {
    await stack.up(async () => void new Thing("first"));
    await interruptCreation("a", { value: "1" });
    provider.cloud.set("a-9", { value: "1" });
    assert.equal((await stack.refresh()).failure, undefined);
    assert.deepEqual([(await stack.resource("a")).id, await pending()], ["a-9", []]);
    await interruptCreation("b", {});
    provider.cloud.set("b-9", {});
    assert.equal((await stack.destroy()).failure, undefined);
    assert.deepEqual([...provider.cloud.keys()], []);
  });

  it("of a component is forgotten: it exists in the state alone", async () => {
    await stack.up(async () => void new Thing("first"));
    const urn = urnOf("g", "app:index:Group");
    await stack.interrupt([{ resource: { urn, custom: false, type: "app:index:Group" }, type: "creating" }]);
    const run = await stack.up(async () => {
      new Thing("first");
      new Group("g", () => undefined);
    });
    assert.deepEqual([run.failure, await pending(), await stack.names()], [undefined, [], ["first", "g"]]);
  });

  it("stays pending, with the reason, where the provider fails to tell", async () => {
    await stack.up(async () => void new Thing("first"));
    await interruptCreation("a", {});
    provider.findInterrupted = () => Promise.reject(new Error("no network"));
    const run = await stack.up(async () => void new Thing("first"));
    assert.equal(run.failure, undefined);
    assert.ok(
      run.messages.includes("warning: cannot tell what became of its interrupted creation: no network"),
      run.messages.join("\n"),
    );
    assert.deepEqual(
      (await pending()).map(({ resource }) => resource.urn),
      [urnOf("a")],
    );
  });
});
