import assert from "node:assert/strict";
import { Group, Thing, ThingStack, urnOf } from "../support/thing-stack";
import type { CustomResourceOptions } from "@pulumi/pulumi";

describe("replacements", () => {
  let stack: ThingStack;
  beforeEach(async () => (stack = await ThingStack.make()));
  afterEach(() => stack.remove());

  const one = (rep: string, opts?: CustomResourceOptions, type?: string) => async () =>
    void new Thing("a", { rep }, opts, type);

  it("creates before it deletes", async () => {
    await stack.up(one("1"));
    const run = await stack.up(one("2"));
    assert.deepEqual(run.steps, ["create-replacement a", "replace a", "delete-replaced a"]);
    assert.deepEqual(run.calls, ["create a", "delete a"]);
    assert.equal((await stack.resource("a")).id, "a-2");
  });

  it("deletes before it creates where the program or the provider says so", async () => {
    const expected = ["delete-replaced a", "replace a", "create-replacement a"];
    await stack.up(one("1", { deleteBeforeReplace: true }));
    assert.deepEqual((await stack.up(one("2", { deleteBeforeReplace: true }))).steps, expected);
    await stack.destroy();
    await stack.up(one("1", {}, "Unique"));
    assert.deepEqual((await stack.up(one("2", {}, "Unique"))).steps, expected);
    const overridden = await stack.up(one("3", { deleteBeforeReplace: false }, "Unique"));
    assert.deepEqual(overridden.steps, ["create-replacement a", "replace a", "delete-replaced a"]);
  });

  it("deletes dependents first that would not survive, and creates them anew", async () => {
    const program = (rep: string) => async () => {
      const a = new Thing("a", { rep }, { deleteBeforeReplace: true });
      const b = new Thing("b", { rep: a.id });
      new Thing("c", { rep: b.id });
      new Thing("d", { value: a.id });
      new Thing("e", {}, { dependsOn: a });
    };
    await stack.up(program("1"));
    const run = await stack.up(program("2"), { parallel: 1 });
    assert.deepEqual(run.calls.slice(0, 4), ["delete c", "delete b", "delete a", "create a"]);
    assert.deepEqual([...run.steps].sort(), [
      "create-replacement a",
      "create-replacement b",
      "create-replacement c",
      "delete-replaced a",
      "delete-replaced b",
      "delete-replaced c",
      "replace a",
      "replace b",
      "replace c",
      "same e",
      "update d",
    ]);
    assert.equal((await stack.deployment()).pending_operations, undefined);
    assert.deepEqual((await stack.names()).sort(), ["a", "b", "c", "d", "e"]);
  });

  it("refuses to replace what is protected, in the program and in the state", async () => {
    await stack.up(one("1", { protect: true }));
    const refused = await stack.up(one("2", { protect: true }));
    assert.ok(
      refused.messages.some((text) => text.includes("unable to replace resource")),
      refused.messages.join(),
    );
    assert.deepEqual([refused.calls, await stack.names()], [[], ["a"]]);
    const preview = await stack.preview(one("2", { protect: true }));
    assert.notEqual(preview.failure, undefined);
    const flag = await stack.up(one("1", { protect: true }), { replace: [urnOf("a")] });
    assert.ok(flag.messages.some((text) => text.includes("unable to replace resource")));
    const freed = await stack.up(one("2"));
    assert.equal(freed.failure, undefined);
    assert.deepEqual(freed.calls, ["create a", "delete a"]);
  });

  it("refuses to delete a protected dependent for a replacement", async () => {
    const program = (rep: string) => async () => {
      const a = new Thing("a", { rep }, { deleteBeforeReplace: true });
      new Thing("b", { rep: a.id }, { protect: true });
    };
    await stack.up(program("1"));
    const run = await stack.up(program("2"));
    assert.ok(run.messages.some((text) => text.includes(`"${urnOf("b")}" as part of replacing "${urnOf("a")}"`)));
    assert.deepEqual(run.calls, []);
    assert.deepEqual(await stack.names(), ["a", "b"]);
  });

  it("leaves a retained resource in the cloud, whichever comes first", async () => {
    await stack.up(one("1", { retainOnDelete: true }));
    assert.deepEqual((await stack.up(one("2", { retainOnDelete: true }))).calls, ["create a"]);
    const run = await stack.up(one("3", { retainOnDelete: true, deleteBeforeReplace: true }));
    assert.deepEqual(run.steps, ["delete-replaced a", "replace a", "create-replacement a"]);
    assert.deepEqual(run.calls, ["create a"]);
    assert.equal(stack.provider.cloud.size, 3);
    assert.deepEqual(await stack.names(), ["a"]);
  });

  it("replaces what is to be replaced with another, and what is deleted with it", async () => {
    const program = (rep: string) => async () => {
      const a = new Thing("a", { rep });
      new Thing("b", {}, { replaceWith: [a] });
      new Thing("c", {}, { deletedWith: a });
    };
    await stack.up(program("1"));
    const run = await stack.up(program("2"));
    assert.equal(run.failure, undefined);
    assert.deepEqual(run.calls.filter((call) => call.startsWith("create")).sort(), [
      "create a",
      "create b",
      "create c",
    ]);
    assert.equal(stack.provider.cloud.size, 4, "c is gone with a, and nobody deletes it");
    assert.deepEqual((await stack.names()).sort(), ["a", "b", "c"]);
  });

  it("deletes first what is replaced with a resource that is deleted first", async () => {
    const program = (rep: string) => async () => {
      const a = new Thing("a", { rep }, { deleteBeforeReplace: true });
      const b = new Thing("b", {}, { deletedWith: a });
      new Thing("c", {}, { deletedWith: b });
      new Thing("d", {}, { replaceWith: [a] });
    };
    await stack.up(program("1"));
    const run = await stack.up(program("2"), { parallel: 1 });
    assert.equal(run.failure, undefined);
    assert.deepEqual(run.steps.filter((step) => step.startsWith("delete-replaced")).sort(), [
      "delete-replaced a",
      "delete-replaced b",
      "delete-replaced c",
      "delete-replaced d",
    ]);
    assert.equal(run.steps.filter((step) => step.startsWith("delete-replaced")).pop(), "delete-replaced a");
    assert.deepEqual((await stack.names()).sort(), ["a", "b", "c", "d"]);
  });

  it("replaces on a changed trigger, and not on a new or a removed one", async () => {
    const program = (trigger: string | undefined) => one("1", { replacementTrigger: trigger });
    await stack.up(program(undefined));
    assert.deepEqual((await stack.up(program("x"))).steps, ["same a"]);
    assert.deepEqual((await stack.up(program("x"))).steps, ["same a"]);
    assert.deepEqual((await stack.up(program("y"))).calls, ["create a", "delete a"]);
    assert.deepEqual((await stack.up(program(undefined))).steps, ["same a"]);
  });

  it("replaces on changes of the paths that are to do so", async () => {
    const program = (x: string) => async () =>
      void new Thing("a", { deep: { x } }, { replaceOnChanges: ["deep.x", "deep"] });
    await stack.up(program("1"));
    assert.deepEqual((await stack.up(program("2"))).calls, ["create a", "delete a"]);
  });

  it("takes no notice of a changed property whose name is no path", async () => {
    const program = (value: string) => async () =>
      void new Thing("a", { "odd[": value, value }, { replaceOnChanges: ["other"] });
    await stack.up(program("1"));
    assert.deepEqual((await stack.up(program("2"))).steps, ["update a"]);
  });

  it("goes on with a replacement whose creation failed after the deletion", async () => {
    const program = (rep: string, fail: boolean) => async () => {
      const a = new Thing("a", { rep, fail }, { deleteBeforeReplace: true });
      new Thing("b", { rep: a.id });
    };
    await stack.up(program("1", false));
    const failed = await stack.up(program("2", true));
    assert.deepEqual(failed.calls, ["delete b", "delete a", "create a"]);
    const states = await stack.resources();
    assert.deepEqual(
      states.map(({ pendingReplacement }) => pendingReplacement),
      [true, true],
    );
    const resumed = await stack.up(program("2", false));
    // As in the CLI's engine, the dependent is deleted once more.
    assert.deepEqual(resumed.calls, ["delete b", "create a", "create b"]);
    assert.deepEqual(
      (await stack.resources()).map(({ pendingReplacement }) => pendingReplacement),
      [undefined, undefined],
    );
  });

  it("forgets what waits for a replacement that the program wants no more", async () => {
    await stack.up(one("1", { deleteBeforeReplace: true }));
    stack.provider.on("create", "a", () => Promise.reject(new Error("no room")));
    await stack.up(one("2", { deleteBeforeReplace: true }));
    const run = await stack.up(async () => undefined);
    assert.deepEqual([run.failure, run.calls, await stack.names()], [undefined, [], []]);
  });

  it("deletes the old resource later where that failed at first", async () => {
    await stack.up(one("1"));
    stack.provider.on("delete", "a", () => Promise.reject(new Error("still in use")));
    const failed = await stack.up(one("2"));
    assert.notEqual(failed.failure, undefined);
    assert.deepEqual(await stack.names(), ["a", "a (delete)"]);
    stack.provider.off("delete", "a");
    const again = await stack.up(one("2"));
    assert.deepEqual([again.steps, again.calls], [["same a", "delete-replaced a"], ["delete a"]]);
    assert.deepEqual(await stack.names(), ["a"]);
  });

  it("replaces what the user names, with the resources that follow", async () => {
    const program = async (): Promise<void> => {
      const a = new Thing("a", { value: "1" });
      new Thing("b", { rep: a.id });
      new Thing("c", { value: "1" });
    };
    await stack.up(program);
    const run = await stack.up(program, { replace: [urnOf("a")], parallel: 1 });
    assert.deepEqual(run.calls, ["create a", "create b", "delete b", "delete a"]);
    const unknown = await stack.up(program, { replace: [urnOf("nobody")] });
    assert.ok(unknown.messages.some((text) => text.includes(`Target '${urnOf("nobody")}' could not be found`)));
  });

  it("replaces a component's children with it where they are replaced with it", async () => {
    const program = (rep: string) => async () =>
      void new Group("g", (self) => {
        const a = new Thing("a", { rep }, { parent: self });
        new Thing("b", {}, { parent: a, replaceWith: [a] });
      });
    await stack.up(program("1"));
    const run = await stack.up(program("2"));
    assert.deepEqual([run.failure, run.changes], [undefined, { replace: 2, same: 2 }]);
  });
});
