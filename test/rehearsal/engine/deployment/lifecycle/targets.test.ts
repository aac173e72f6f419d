import assert from "node:assert/strict";
import { Group, Thing, ThingProviderResource, ThingStack, urnOf } from "../support/thing-stack";

describe("targets and excludes", () => {
  let stack: ThingStack;
  beforeEach(async () => (stack = await ThingStack.make()));
  afterEach(() => stack.remove());

  const program =
    (value: string, rep = "1") =>
    async () => {
      const a = new Thing("a", { value, rep });
      const b = new Thing("b", { value, from: a.value });
      new Thing("c", { value, from: b.value });
      new Thing("d", { value });
    };
  const changedOf = (steps: readonly string[]): string[] => steps.filter((step) => !step.startsWith("same")).sort();

  it("updates only the targets", async () => {
    await stack.up(program("1"));
    const run = await stack.up(program("2"), { target: [urnOf("a")] });
    assert.deepEqual([run.failure, run.calls], [undefined, ["update a"]]);
    assert.deepEqual((await stack.up(program("2"), { target: ["**::[bc]"] })).calls, []);
    assert.deepEqual((await stack.up(program("2"), { target: ["urn:**::d"] })).calls, ["update d"]);
  });

  it("updates the targets with what depends on them", async () => {
    await stack.up(program("1"));
    const run = await stack.up(program("2"), { target: [urnOf("b")], targetDependents: true });
    assert.deepEqual([run.failure, run.calls], [undefined, ["update b", "update c"]]);
  });

  it("leaves the excluded alone, with what depends on them where told", async () => {
    await stack.up(program("1"));
    const first = await stack.up(program("2"), { exclude: [urnOf("b")] });
    assert.deepEqual(first.calls.sort(), ["update a", "update c", "update d"]);
    const second = await stack.up(program("3"), { exclude: [urnOf("b")], excludeDependents: true });
    assert.deepEqual(second.calls.sort(), ["update a", "update d"]);
  });

  it("creates only the targets, and refuses one that needs what is not created", async () => {
    const run = await stack.up(program("1"), { target: [urnOf("d")] });
    assert.deepEqual([run.failure, run.calls, await stack.names()], [undefined, ["create d"], ["d"]]);
    const refused = await stack.up(program("1"), { target: [urnOf("b")] });
    assert.ok(refused.messages.some((text) => text.includes(`'${urnOf("b")}' depends on '${urnOf("a")}'`)));
    assert.deepEqual(refused.calls, []);
  });

  it("refuses what needs an excluded resource that is new, in a preview as well", async () => {
    const { calls, failure } = await stack.up(program("1"), { exclude: [urnOf("d")] });
    assert.deepEqual([failure, calls.length], [undefined, 3]);
    const needing = async () => {
      await program("1")();
      const n = new Thing("n", { value: "1" });
      new Thing("m", { from: n.value });
    };
    for (const run of [
      await stack.preview(needing, { exclude: [urnOf("n")] }),
      await stack.up(needing, { exclude: [urnOf("n")] }),
    ]) {
      assert.ok(
        run.messages.some((text) => text.includes(`'${urnOf("m")}' depends on '${urnOf("n")}' which is excluded`)),
      );
      assert.ok(!run.calls.includes("create m"));
    }
  });

  it("refuses targets that nobody knows", async () => {
    await stack.up(program("1"));
    for (const options of [{ target: [urnOf("x")] }, { replace: [urnOf("x")] }]) {
      const run = await stack.up(program("1"), options);
      assert.ok(run.messages.some((text) => text.includes(`Target '${urnOf("x")}' could not be found in the stack.`)));
    }
  });

  it("keeps what is no target and not in the program any more", async () => {
    await stack.up(program("1"));
    const run = await stack.up(async () => void new Thing("d", { value: "2" }), { target: [urnOf("d")] });
    assert.deepEqual([run.failure, run.calls], [undefined, ["update d"]]);
    assert.deepEqual((await stack.names()).sort(), ["a", "b", "c", "d"]);
  });

  it("replaces a target, and refuses a dependent deletion that is none", async () => {
    await stack.up(program("1"));
    const run = await stack.up(program("1", "2"), { target: [urnOf("a")] });
    assert.deepEqual([run.failure, run.calls], [undefined, ["create a", "delete a"]]);
    const forced = await stack.up(program("1", "2"), { target: [urnOf("d")], replace: [urnOf("d"), urnOf("a")] });
    assert.deepEqual([forced.failure, forced.calls], [undefined, ["create d", "delete d"]]);
  });

  it("destroys a target only with its dependents", async () => {
    await stack.up(program("1"));
    const refused = await stack.destroy({ target: [urnOf("b")] });
    assert.ok(
      refused.messages.some((text) => text.includes(`'${urnOf("c")}' will be destroyed but was not specified`)),
    );
    assert.deepEqual(refused.calls, []);
    const run = await stack.destroy({ target: [urnOf("b")], targetDependents: true });
    assert.deepEqual([run.failure, run.calls], [undefined, ["delete c", "delete b"]]);
    assert.deepEqual((await stack.names()).sort(), ["a", "d"]);
  });

  it("destroys a parent with its children where told", async () => {
    await stack.up(async () => {
      new Group("g", (self) => {
        const inner = new Thing("inner", {}, { parent: self });
        new Thing("leaf", {}, { parent: inner });
      });
      new Thing("other");
    });
    const target = [urnOf("g", "app:index:Group")];
    assert.notEqual((await stack.destroy({ target })).failure, undefined);
    const run = await stack.destroy({ target, targetDependents: true });
    assert.deepEqual([run.failure, run.calls], [undefined, ["delete leaf", "delete inner"]]);
    assert.deepEqual(await stack.names(), ["other"]);
  });

  it("destroys all but the excluded and what they need", async () => {
    await stack.up(program("1"));
    const run = await stack.destroy({ exclude: [urnOf("b")] });
    assert.deepEqual([run.failure, run.calls.sort()], [undefined, ["delete c", "delete d"]]);
    assert.deepEqual(await stack.names(), ["a", "b"]);
  });

  it("refreshes only the targets, their dependents where told, or all but the excluded", async () => {
    await stack.up(program("1"));
    const reads = async (options: object): Promise<string[]> => (await stack.refresh(options)).calls.sort();
    assert.deepEqual(await reads({ target: [urnOf("b")] }), ["read b"]);
    assert.deepEqual(await reads({ target: [urnOf("b")], targetDependents: true }), ["read b", "read c"]);
    assert.deepEqual(await reads({ exclude: [urnOf("b")] }), ["read a", "read c", "read d"]);
    assert.deepEqual(await reads({ exclude: [urnOf("b")], excludeDependents: true }), ["read a", "read d"]);
    const unknown = await stack.refresh({ target: [urnOf("x")] });
    assert.ok(unknown.messages.some((text) => text.includes("could not be found")));
  });

  it("keeps what a resource needed that is no target, though the program has dropped it", async () => {
    await stack.up(async () => {
      const root = new Thing("root");
      const base = new Thing("base", {}, { dependsOn: root });
      new Thing("a", {}, { dependsOn: base });
      new Thing("b", { value: "1" });
    });
    const program = async (): Promise<void> => {
      new Thing("a");
      new Thing("b", { value: "2" });
    };
    const run = await stack.up(program, { target: [urnOf("b")] });
    assert.deepEqual([run.failure, run.calls], [undefined, ["update b"]]);
    assert.deepEqual((await stack.names()).sort(), ["a", "b", "base", "root"]);
    assert.deepEqual((await stack.resource("a")).dependencies, [urnOf("base")]);
  });

  it("refuses another provider for what is no target", async () => {
    const program = (name: string, value: string) => async () => {
      new Thing("a", {}, { provider: new ThingProviderResource(name, { region: "1" }) });
      new Thing("b", { value });
    };
    await stack.up(program("p", "1"));
    const run = await stack.up(program("q", "2"), { target: [urnOf("b")] });
    assert.match(run.failure ?? "", /change of providers mixed with --target/);
    assert.match((await stack.resource("a")).provider ?? "", /::p::/);
  });

  it("previews what it would do with targets", async () => {
    await stack.up(program("1"));
    const run = await stack.preview(program("2"), { target: [urnOf("a")] });
    assert.deepEqual([changedOf(run.steps), run.calls], [["update a"], []]);
  });
});
