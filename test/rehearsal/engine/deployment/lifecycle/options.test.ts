import assert from "node:assert/strict";
import { Group, Thing, ThingStack, urnOf } from "../support/thing-stack";
import type { ComponentResourceOptions, CustomResourceOptions } from "@pulumi/pulumi";

describe("resource options", () => {
  let stack: ThingStack;
  beforeEach(async () => (stack = await ThingStack.make()));
  afterEach(() => stack.remove());

  const one = (props: object, opts?: CustomResourceOptions) => async () => void new Thing("a", { ...props }, opts);
  const nothing = async (): Promise<void> => undefined;

  it("tells every protected resource that was to be deleted, and deletes the others", async () => {
    await stack.up(async () => {
      new Thing("a", {}, { protect: true });
      new Thing("b", {}, { protect: true });
      new Thing("c");
    });
    const run = await stack.up(nothing);
    assert.equal(run.messages.filter((text) => text.includes("cannot be deleted")).length, 2);
    assert.deepEqual([run.calls, await stack.names()], [["delete c"], ["a", "b"]]);
  });

  it("leaves what a protected resource needs, and its parents", async () => {
    await stack.up(async () => {
      const a = new Thing("a");
      new Group("g", (self) => void new Thing("b", { value: a.id }, { parent: self, protect: true }));
    });
    const run = await stack.destroy();
    assert.notEqual(run.failure, undefined);
    assert.deepEqual([run.calls, (await stack.names()).sort()], [[], ["a", "b", "g"]]);
  });

  it("forgets a retained resource without its provider", async () => {
    await stack.up(one({}, { retainOnDelete: true }));
    const run = await stack.destroy();
    assert.deepEqual([run.steps, run.calls, stack.provider.cloud.size], [["delete a"], [], 1]);
  });

  it("forgets what goes with a resource that is deleted, along a chain", async () => {
    await stack.up(async () => {
      const a = new Thing("a");
      const b = new Thing("b", {}, { deletedWith: a });
      new Thing("c", {}, { deletedWith: b });
    });
    const run = await stack.destroy();
    assert.deepEqual([run.calls, await stack.names()], [["delete a"], []]);
  });

  it("deletes by itself what would go with a resource that stays", async () => {
    const program = (both: boolean) => async () => {
      const a = new Thing("a");
      if (both) new Thing("b", {}, { deletedWith: a });
    };
    await stack.up(program(true));
    assert.deepEqual((await stack.up(program(false))).calls, ["delete b"]);
  });

  it("ignores changes of single properties, of parts, and of all", async () => {
    const props = { x: "1", deep: { y: "1", z: "1" }, list: ["1", "2"] };
    await stack.up(one(props));
    const changed = { x: "2", deep: { y: "2", z: "1" }, list: ["1", "3"] };
    const ignoring = (...ignoreChanges: string[]) => stack.preview(one(changed, { ignoreChanges }));
    assert.deepEqual((await ignoring("x", "deep.y", "list[1]")).steps, ["same a"]);
    assert.deepEqual((await ignoring("*")).steps, ["same a"]);
    assert.deepEqual((await ignoring("x", "deep", "list[*]")).steps, ["same a"]);
    assert.deepEqual((await ignoring("x", "deep.y")).steps, ["update a"]);
    assert.deepEqual((await ignoring("x", "deep.z", "absent.below", "list")).steps, ["update a"]);
  });

  it("ignores a removed property and an added one", async () => {
    await stack.up(one({ x: "1" }));
    assert.deepEqual((await stack.up(one({ y: "1" }, { ignoreChanges: ["x", "y"] }))).steps, ["same a"]);
    assert.deepEqual((await stack.resource("a")).inputs, { x: "1" });
  });

  it("imports what exists as the program says, and updates what differs", async () => {
    stack.provider.cloud.set("there", { value: "1", more: "2" });
    const missing = await stack.up(one({ value: "1" }, { import: "nowhere" }));
    assert.ok(missing.messages.some((text) => text.includes("resource 'nowhere' does not exist")));
    const preview = await stack.preview(one({ value: "1" }, { import: "there" }));
    assert.deepEqual(preview.steps, ["import a", "update a"]);
    const run = await stack.up(one({ value: "1" }, { import: "there" }));
    assert.deepEqual(
      [run.steps, run.calls],
      [
        ["import a", "update a"],
        ["read a", "update a"],
      ],
    );
    assert.deepEqual((await stack.up(one({ value: "1" }, { import: "there" }))).steps, ["same a"]);
    const replaced = await stack.up(one({ value: "1", rep: "x" }, { import: "there" }));
    assert.ok(replaced.messages.some((text) => text.includes("previously-imported resources")));
    assert.deepEqual((await stack.up(one({ value: "1" }))).steps, ["same a"]);
  });

  it("does not replace an imported resource because it has a replacement trigger", async () => {
    stack.provider.cloud.set("there", { value: "1" });
    const opts = { import: "there", replacementTrigger: "x" };
    const run = await stack.up(one({ value: "2" }, opts));
    assert.deepEqual([run.failure, run.steps], [undefined, ["import a", "update a"]]);
  });

  it("imports over a managed resource, which is deleted then", async () => {
    await stack.up(one({ value: "1" }));
    stack.provider.cloud.set("there", { value: "1" });
    const run = await stack.up(one({ value: "1" }, { import: "there" }));
    assert.deepEqual(run.steps, ["import-replacement a", "replace a", "delete-replaced a"]);
    assert.deepEqual([(await stack.resource("a")).id, [...stack.provider.cloud.keys()]], ["there", ["there"]]);
  });

  it("reads a resource that it does not manage, and forgets it", async () => {
    stack.provider.cloud.set("there", { value: "v" });
    const read = (id: string) => async () => {
      const a = new Thing("a", {}, { id });
      new Thing("b", { value: a.value });
    };
    const run = await stack.up(read("there"));
    assert.deepEqual(
      [run.steps, run.calls],
      [
        ["read a", "create b"],
        ["read a", "create b"],
      ],
    );
    assert.equal((await stack.resource("a")).external, true);
    const absent = await stack.up(read("gone"));
    assert.ok(absent.messages.some((text) => text.includes("resource 'gone' does not exist")));
    const destroyed = await stack.destroy();
    assert.deepEqual(destroyed.steps, ["delete b", "discard a"]);
    assert.deepEqual([...stack.provider.cloud.keys()], ["there"]);
  });

  it("lets go of a managed resource that is only read now, and takes it back", async () => {
    await stack.up(one({ value: "1" }));
    const relinquished = await stack.up(one({}, { id: "a-1" }));
    assert.deepEqual([relinquished.steps, relinquished.calls], [["read a"], ["read a"]]);
    stack.provider.cloud.set("other", {});
    await stack.up(one({ value: "1" }));
    const other = await stack.up(one({}, { id: "other" }));
    assert.ok(other.steps.includes("read-replacement a"), other.steps.join());
    assert.equal((await stack.resource("a")).id, "other");
  });

  it("finds a renamed, a moved and a retyped resource by its aliases", async () => {
    await stack.up(one({ value: "1" }));
    const renamed = await stack.up(async () => void new Thing("b", { value: "1" }, { aliases: [{ name: "a" }] }));
    assert.deepEqual([renamed.steps, renamed.calls], [["same b"], []]);
    const moved = await stack.up(
      async () =>
        void new Group("g", (self) => void new Thing("b", { value: "1" }, { parent: self, aliases: [urnOf("b")] })),
    );
    assert.deepEqual(moved.calls, []);
    const retyped = await stack.up(
      async () =>
        void new Group("g", (self) => {
          const aliases = [{ type: "tst:index:Thing" }];
          new Thing("b", { value: "1" }, { parent: self, aliases }, "Other");
        }),
    );
    assert.deepEqual([retyped.failure, retyped.calls], [undefined, []]);
    assert.deepEqual(await stack.names(), ["g", "b"]);
    assert.equal((await stack.resource("b")).aliases, undefined);
  });

  it("lets children inherit their parent's aliases, name and all", async () => {
    const program =
      (name: string, opts?: ComponentResourceOptions, child = `${name}-t`) =>
      async () =>
        void new Group(name, (self) => void new Thing(child, { value: "1" }, { parent: self }), opts);
    await stack.up(program("old"));
    const run = await stack.up(program("new", { aliases: [{ name: "old" }] }));
    assert.deepEqual([run.failure, run.calls, run.steps], [undefined, [], ["same new", "same new-t"]]);
    const outer = await stack.up(
      async () =>
        void new Group("outer", (self) => void program("new", { parent: self, aliases: [{ parent: undefined }] })()),
    );
    assert.deepEqual([outer.failure, outer.calls], [undefined, []]);
    assert.deepEqual(await stack.names(), ["outer", "new", "new-t"]);
  });

  it("follows a project's former name", async () => {
    const deployment = await (async () => {
      await stack.up(one({ value: "1" }));
      return stack.deployment();
    })();
    const text = JSON.stringify(deployment).replaceAll("::demo::tst:index:Thing::a", "::former::tst:index:Thing::a");
    await stack.import(JSON.parse(text) as typeof deployment);
    const run = await stack.up(one({ value: "1" }, { aliases: [{ project: "former" }] }));
    assert.deepEqual([run.failure, run.calls, run.steps], [undefined, [], ["same a"]]);
  });

  it("refuses two resources that claim the same former one", async () => {
    await stack.up(one({}));
    const run = await stack.up(async () => {
      const b = new Thing("b", {}, { aliases: [{ name: "a" }] });
      new Thing("c", {}, { aliases: [{ name: "a" }], dependsOn: b });
    });
    assert.ok(
      run.messages.some((text) => text.includes("Duplicate resource alias")),
      run.messages.join("\n"),
    );
    assert.deepEqual(run.calls, []);
  });
});
