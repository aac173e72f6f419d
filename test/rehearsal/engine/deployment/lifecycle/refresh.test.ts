import assert from "node:assert/strict";
import { PartialFailure } from "../../../../../rehearsal/engine/provider/partial-failure";
import { Group, Thing, ThingProviderResource, ThingStack, urnOf } from "../support/thing-stack";

describe("refreshes", () => {
  let stack: ThingStack;
  beforeEach(async () => (stack = await ThingStack.make()));
  afterEach(() => stack.remove());

  const pair = async (): Promise<void> => {
    const a = new Thing("a", { value: "1" });
    new Thing("b", { value: a.value });
  };

  it("takes over what changed and what is gone", async () => {
    await stack.up(pair);
    stack.provider.cloud.set("b-2", { value: "drifted" });
    stack.provider.cloud.delete("a-1");
    const run = await stack.refresh();
    assert.deepEqual([run.failure, run.calls.sort()], [undefined, ["read a", "read b"]]);
    assert.deepEqual(run.changes, { delete: 1, same: 1, update: 1 });
    const [b] = await stack.resources();
    assert.deepEqual([b?.outputs, b?.dependencies], [{ value: "drifted" }, undefined]);
    assert.deepEqual((await stack.up(pair)).calls, ["create a", "update b"]);
  });

  it("goes on with the other resources where one cannot be read, and fails", async () => {
    await stack.up(pair);
    stack.provider.on("read", "a", () => Promise.reject(new Error("throttled")));
    stack.provider.cloud.set("b-2", { value: "drifted" });
    const run = await stack.refresh();
    assert.ok(run.messages.includes("error: throttled"), run.messages.join("\n"));
    assert.deepEqual([run.failure === undefined, run.calls.length], [false, 2]);
    assert.deepEqual([await stack.names(), (await stack.resource("b")).outputs], [["a", "b"], { value: "drifted" }]);
  });

  it("tells an unhealthy resource, and keeps it as such", async () => {
    await stack.up(pair);
    stack.provider.on("read", "a", () =>
      Promise.reject(new PartialFailure("unwell", "a-1", { value: "1" }, ["a coughs"], { value: "1" })),
    );
    const run = await stack.refresh();
    assert.deepEqual([run.failure, (await stack.resource("a")).initErrors], [undefined, ["a coughs"]]);
    assert.ok(run.messages.some((text) => text.includes("unhealthy state:\n* a coughs")));
    stack.provider.off("read", "a");
    assert.deepEqual((await stack.up(pair)).calls, ["update a"]);
  });

  it("leaves no reference to a parent that is gone", async () => {
    await stack.up(
      async () =>
        void new Group("g", (self) => {
          const a = new Thing("a", {}, { parent: self });
          new Thing("b", {}, { parent: a, deletedWith: a });
        }),
    );
    stack.provider.cloud.delete("a-1");
    await stack.refresh();
    const b = await stack.resource("b");
    assert.deepEqual([b.parent, b.deletedWith], [undefined, undefined]);
  });

  it("refreshes before an update", async () => {
    await stack.up(pair);
    stack.provider.cloud.set("a-1", { value: "drifted" });
    const run = await stack.up(pair, { refresh: true });
    assert.deepEqual([run.failure, run.calls], [undefined, ["read a", "read b", "update a"]]);
    stack.provider.cloud.delete("b-2");
    const again = await stack.up(pair, { refresh: true });
    assert.deepEqual(again.calls.slice(2), ["create b"]);
  });

  it("reads in a preview, and writes nothing", async () => {
    await stack.up(pair);
    stack.provider.cloud.set("a-1", { value: "drifted" });
    const before = await stack.deployment();
    const run = await stack.preview(pair, { refresh: true });
    assert.deepEqual([run.failure, run.calls.sort()], [undefined, ["read a", "read b"]]);
    assert.ok(run.steps.includes("update a"));
    assert.deepEqual(await stack.deployment(), before);
  });

  it("refreshes what the program registers, and then what it does not", async () => {
    await stack.up(pair);
    stack.provider.cloud.set("b-2", { value: "drifted" });
    const only = async (): Promise<void> => {
      new Thing("a", { value: "1" });
      new Thing("new", { value: "1" });
    };
    const run = await stack.refresh({ runProgram: true }, only);
    assert.deepEqual([run.failure, run.calls], [undefined, ["read a", "read b"]]);
    assert.deepEqual([await stack.names(), (await stack.resource("b")).outputs], [["a", "b"], { value: "drifted" }]);
  });

  it("refreshes with the program only what was named", async () => {
    await stack.up(pair);
    const options = { runProgram: true, target: [urnOf("a")], targetDependents: true };
    assert.deepEqual((await stack.refresh(options, async () => undefined)).calls, ["read a"]);
    const excluded = { runProgram: true, exclude: [urnOf("a")] };
    assert.deepEqual((await stack.refresh(excluded, async () => undefined)).calls, ["read b"]);
  });

  it("refreshes a renamed resource by its new name and through its new provider", async () => {
    await stack.up(async () => {
      const provider = new ThingProviderResource("old", { region: "1" });
      new Thing("a", { value: "1" }, { provider });
    });
    const program = async (): Promise<void> => {
      const provider = new ThingProviderResource("new", { region: "1" });
      new Thing("b", { value: "1" }, { provider, aliases: [{ name: "a" }] });
    };
    const run = await stack.refresh({ runProgram: true }, program);
    assert.deepEqual([run.failure, run.calls], [undefined, ["read b"]]);
  });

  it("skips with the program what needs a resource that cannot be read, and goes on with the rest where told", async () => {
    const program = async (): Promise<void> => {
      const a = new Thing("a", { value: "1" });
      new Thing("b", { value: a.value });
      new Thing("c", { value: "1" });
    };
    await stack.up(program);
    stack.provider.on("read", "a", () => Promise.reject(new Error("no answer")));
    stack.provider.cloud.set("c-2", { value: "drifted" });
    stack.provider.cloud.set("c-3", { value: "drifted" });
    const run = await stack.refresh({ runProgram: true, continueOnError: true }, program);
    assert.ok(run.messages.includes("error: no answer"), run.messages.join("\n"));
    assert.deepEqual(run.calls.sort(), ["read a", "read c"]);
    assert.notEqual(run.failure, undefined);
    assert.deepEqual((await stack.names()).sort(), ["a", "b", "c"]);
    assert.equal((await stack.deployment()).pending_operations, undefined);
    stack.provider.off("read", "a");
    assert.equal((await stack.refresh({ runProgram: true }, program)).failure, undefined);
  });

  it("destroys with the program as it does without", async () => {
    await stack.up(pair);
    const run = await stack.destroy({ runProgram: true }, pair);
    assert.deepEqual([run.failure, run.calls], [undefined, ["delete b", "delete a"]]);
    assert.deepEqual(await stack.names(), []);
  });

  it("leaves what a failing delete needs in a destroy that runs the program", async () => {
    await stack.up(pair);
    stack.provider.on("delete", "b", () => Promise.reject(new Error("busy")));
    const run = await stack.destroy({ runProgram: true, continueOnError: true }, pair);
    assert.deepEqual([run.failure === undefined, run.calls], [false, ["delete b"]]);
    assert.deepEqual(await stack.names(), ["a", "b"]);
  });
});
