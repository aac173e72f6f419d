import assert from "node:assert/strict";
import type { DiffRequest } from "../../../../../rehearsal/engine/provider/provider";
import { Group, Thing, ThingProviderResource, ThingStack, urnOf } from "../support/thing-stack";

/** Another account is another provider; one that is not known yet counts as another. */
const accounts = async ({ oldInputs, newInputs }: Omit<DiffRequest, "id">) =>
  oldInputs.account === newInputs.account
    ? ({ changes: "none" } as const)
    : ({ changes: "some", replaceKeys: ["account"] } as const);

describe("rules that meet", () => {
  let stack: ThingStack;
  beforeEach(async () => (stack = await ThingStack.make()));
  afterEach(() => stack.remove());

  const deletions = (steps: readonly string[]): string[] => steps.filter((step) => step.startsWith("delete"));

  it("a trigger deletes first, with what goes with the resource and what replaces itself along", async () => {
    const program = (trigger: string) => async () => {
      const a = new Thing("a", {}, { replacementTrigger: trigger, deleteBeforeReplace: true });
      const b = new Thing("b", { rep: a.id });
      new Thing("c", {}, { replaceWith: [b] });
      new Thing("d", {}, { deletedWith: a });
    };
    await stack.up(program("1"));
    const run = await stack.up(program("2"), { parallel: 1 });
    assert.equal(run.failure, undefined);
    assert.deepEqual(deletions(run.steps), [
      "delete-replaced d",
      "delete-replaced b",
      "delete-replaced a",
      "delete-replaced c",
    ]);
    assert.deepEqual(
      run.calls.filter((call) => !call.startsWith("create")),
      ["delete b", "delete a", "delete c"],
    );
    assert.deepEqual(run.calls.filter((call) => call.startsWith("create")).sort(), [
      "create a",
      "create b",
      "create c",
      "create d",
    ]);
    assert.deepEqual((await stack.names()).sort(), ["a", "b", "c", "d"]);
    assert.equal((await stack.up(program("2"))).calls.length, 0);
  });

  it("a renamed component's child is replaced first under its former name, with what needed that", async () => {
    const program = (name: string, rep: string, aliases: string[]) => async () => {
      let id: Thing["id"] | undefined;
      const build = (self: Group): void => {
        const child = new Thing(`${name}-child`, { rep }, { parent: self, deleteBeforeReplace: true });
        id = child.id;
      };
      new Group(name, build, { aliases: aliases.map((alias) => ({ name: alias })) });
      new Thing("user", { rep: id! });
    };
    await stack.up(program("old", "1", []));
    const run = await stack.up(program("new", "2", ["old"]), { parallel: 1 });
    assert.equal(run.failure, undefined);
    assert.deepEqual(run.calls, ["delete user", "delete old-child", "create new-child", "create user"]);
    assert.deepEqual((await stack.names()).sort(), ["new", "new-child", "user"]);
    assert.equal((await stack.up(program("new", "2", []))).calls.length, 0);
  });

  it("what is ignored does not replace, though its changes were to", async () => {
    const program = (v: string, w: string) => async () =>
      void new Thing("a", { v, w }, { ignoreChanges: ["v"], replaceOnChanges: ["v", "w"] });
    await stack.up(program("1", "1"));
    assert.deepEqual((await stack.up(program("2", "1"))).steps, ["same a"]);
    assert.deepEqual((await stack.up(program("2", "2"))).calls, ["create a", "delete a"]);
    assert.equal((await stack.resource("a")).inputs?.v, "2", "a replacement is made as the program says");
  });

  it("an import that would have to be replaced at once is refused for its protection first", async () => {
    stack.provider.cloud.set("found", { rep: "1" });
    const program = (protect: boolean) => async () => void new Thing("a", { rep: "2" }, { import: "found", protect });
    const preview = await stack.preview(program(true));
    assert.equal(preview.messages.filter((text) => text.includes("marked for protection")).length, 1);
    assert.equal(preview.messages.filter((text) => text.includes("may not be replaced")).length, 1);
    assert.notEqual(preview.failure, undefined);
    const run = await stack.up(program(true));
    assert.match(run.messages.join("\n"), /marked for protection/);
    assert.doesNotMatch(run.messages.join("\n"), /may not be replaced/);
    const unprotected = await stack.up(program(false));
    assert.match(unprotected.messages.join("\n"), /may not be replaced.*\nrep: "1" => "2"/);
    assert.deepEqual([...stack.provider.cloud.keys()], ["found"]);
  });

  it("a target takes what it replaces along, which is made again as it was", async () => {
    const program = (rep: string) => async () => {
      const a = new Thing("a", { rep }, { deleteBeforeReplace: true });
      new Thing("b", { rep: a.id });
      new Thing("c", { rep });
    };
    await stack.up(program("1"));
    const before = (await stack.resource("b")).inputs;
    const run = await stack.up(program("2"), { target: [urnOf("a")], parallel: 1 });
    assert.equal(run.failure, undefined);
    assert.deepEqual(run.calls, ["delete b", "delete a", "create a", "create b"]);
    assert.deepEqual((await stack.resource("b")).inputs, before, "what is no target keeps its inputs");
    assert.deepEqual((await stack.resource("c")).inputs?.rep, "1");
  });

  it("a provider that is deleted first takes its resources along, and those that need them", async () => {
    stack.provider.diffConfig = accounts;
    const program = (account: string) => async () => {
      const provider = new ThingProviderResource("p", { account }, { deleteBeforeReplace: true });
      const a = new Thing("a", {}, { provider });
      const b = new Thing("b", { rep: a.id });
      new Thing("c", { value: a.id }, { dependsOn: b });
    };
    await stack.up(program("1"));
    const run = await stack.up(program("2"), { parallel: 1 });
    assert.equal(run.failure, undefined);
    assert.deepEqual(deletions(run.steps), ["delete-replaced b", "delete-replaced a", "delete-replaced p"]);
    assert.deepEqual(run.calls, ["delete b", "delete a", "create a", "create b", "update c"]);
    assert.equal((await stack.up(program("2"))).calls.length, 0);
  });

  it("a resource that is deleted first takes a provider along that is configured with it", async () => {
    stack.provider.diffConfig = accounts;
    const program = (rep: string) => async () => {
      const a = new Thing("a", { rep }, { deleteBeforeReplace: true });
      const provider = new ThingProviderResource("p", { account: a.id });
      new Thing("b", {}, { provider });
      new Thing("c", {});
    };
    await stack.up(program("1"));
    const run = await stack.up(program("2"), { parallel: 1 });
    assert.equal(run.failure, undefined);
    assert.deepEqual(deletions(run.steps), ["delete-replaced b", "delete-replaced p", "delete-replaced a"]);
    assert.deepEqual(run.calls, ["delete b", "delete a", "create a", "create b"]);
  });

  it("what is only read, and a component, are no dependents that have to be replaced", async () => {
    stack.provider.cloud.set("outside", { v: "1" });
    const program = (rep: string) => async () => {
      const a = new Thing("a", { rep }, { deleteBeforeReplace: true });
      new Thing("seen", {}, { id: "outside", dependsOn: a });
      new Group("g", () => undefined, { dependsOn: a });
    };
    await stack.up(program("1"));
    const run = await stack.up(program("2"), { parallel: 1 });
    assert.equal(run.failure, undefined);
    assert.deepEqual(deletions(run.steps), ["delete-replaced a"]);
    assert.deepEqual([...stack.provider.cloud.keys()], ["outside", "a-2"]);
  });

  it("two that are deleted first delete what needs both only once", async () => {
    const program = (rep: string) => async () => {
      const a = new Thing("a", { rep }, { deleteBeforeReplace: true });
      const b = new Thing("b", { rep }, { deleteBeforeReplace: true });
      new Thing("c", { rep: a.id, value: b.id });
    };
    await stack.up(program("1"));
    const run = await stack.up(program("2"), { parallel: 1 });
    assert.equal(run.failure, undefined);
    assert.deepEqual(
      run.calls.filter((call) => call.endsWith(" c")),
      ["delete c", "create c"],
    );
    assert.deepEqual((await stack.names()).sort(), ["a", "b", "c"]);
  });

  it("what waits for its deletion is deleted before what it needed is", async () => {
    const program = (a: string, b: string) => async () => {
      const first = new Thing("a", { rep: a }, { deleteBeforeReplace: true });
      new Thing("b", { rep: first.id, value: b }, { replaceOnChanges: ["value"] });
    };
    await stack.up(program("1", "1"));
    stack.provider.on("delete", "b", async () => {
      throw new Error("busy");
    });
    await stack.up(program("1", "2"));
    assert.deepEqual((await stack.names()).sort(), ["a", "b", "b (delete)"]);
    stack.provider.off("delete", "b");
    const run = await stack.up(program("2", "2"), { parallel: 1 });
    assert.equal(run.failure, undefined);
    assert.deepEqual(run.calls, ["delete b", "delete b", "delete a", "create a", "create b"]);
    assert.equal(run.steps.filter((step) => step === "delete b").length, 1);
    assert.deepEqual((await stack.names()).sort(), ["a", "b"]);
  });

  it("a component that is to be replaced is, and its children are left alone", async () => {
    const program = async (): Promise<void> => {
      new Group("g", (self) => void new Thing("a", {}, { parent: self }));
    };
    await stack.up(program);
    const run = await stack.up(program, { replace: [urnOf("g", "app:index:Group")] });
    assert.deepEqual(run.steps, ["create-replacement g", "replace g", "same a", "delete-replaced g"]);
    assert.deepEqual([run.failure, run.calls], [undefined, []]);
  });

  it("a plan holds what a replacement that is deleted first takes along", async () => {
    const plan = `${stack.root}/plan.json`;
    const program = (rep: string) => async () => {
      const a = new Thing("a", { rep }, { deleteBeforeReplace: true });
      new Thing("b", { rep: a.id });
    };
    await stack.up(program("1"));
    await stack.preview(program("2"), { plan });
    const run = await stack.up(program("2"), { plan });
    assert.equal(run.failure, undefined);
    assert.deepEqual(run.calls, ["delete b", "delete a", "create a", "create b"]);
  });
});
