import assert from "node:assert/strict";
import type { Output } from "@pulumi/pulumi";
import { registerRaw } from "../support/raw-requests";
import { Group, Thing, ThingProviderResource, ThingStack, urnOf } from "../support/thing-stack";

describe("operations on a state that differs from the program", () => {
  let stack: ThingStack;
  beforeEach(async () => (stack = await ThingStack.make()));
  afterEach(() => stack.remove());

  it("keep before a resource the provider of what it needed, though the program has neither", async () => {
    await stack.up(async () => {
      const provider = new ThingProviderResource("p", {});
      const b = new Thing("b", {}, { provider });
      new Thing("c", {}, { dependsOn: b });
      new Thing("x", { value: "1" });
    });
    const program = async (): Promise<void> => {
      new Thing("c");
      new Thing("x", { value: "2" });
    };
    const run = await stack.up(program, { target: [urnOf("x")] });
    assert.deepEqual([run.failure, run.calls], [undefined, ["update x"]]);
    const names = (await stack.names()).filter((name) => name !== "x");
    assert.deepEqual(names, ["p", "b", "c"]);
  });

  it("keep before a target what it needs that the program does not register, with all that needs in turn", async () => {
    await stack.up(async () => {
      const provider = new ThingProviderResource("p", {});
      const a = new Thing("a", {}, { provider });
      new Thing("b", { value: a.id }, { provider });
      new Thing("x", { value: "1" });
    });
    const needing = async (): Promise<void> =>
      void (await registerRaw({
        name: "x",
        properties: { value: "2" },
        more: (request) => request.setDependenciesList([urnOf("b")]),
      }));
    const run = await stack.up(needing, { target: [urnOf("x")] });
    assert.deepEqual([run.failure, run.calls], [undefined, ["update x"]]);
    assert.deepEqual(await stack.names(), ["p", "a", "b", "x"]);
    assert.deepEqual((await stack.resource("x")).dependencies, [urnOf("b")]);
    const all = await stack.up(needing);
    assert.match(all.messages.join("\n"), /could not find dependency \S+::b of resource \S+::x/);
    assert.deepEqual(await stack.names(), ["p", "a", "b", "x"]);
  });

  it("take along what depends on a target through its provider, where told", async () => {
    const program = (value: string) => async () => {
      const provider = new ThingProviderResource("p", { region: value });
      new Thing("a", { value }, { provider });
      new Thing("b", { value });
    };
    await stack.up(program("1"));
    const target = [urnOf("p", "pulumi:providers:tst")];
    assert.deepEqual((await stack.up(program("2"), { target })).calls, []);
    assert.deepEqual((await stack.up(program("3"), { target, targetDependents: true })).calls, ["update a"]);
  });

  it("leave out a new component, whose outputs nobody misses then", async () => {
    const program = (value: string, grouped: boolean) => async () => {
      new Thing("a", { value });
      if (grouped) new Group("g", (self) => void new Thing("b", {}, { parent: self }));
    };
    await stack.up(program("1", false));
    const run = await stack.up(program("2", true), { target: [urnOf("a")] });
    assert.deepEqual([run.failure, run.calls, await stack.names()], [undefined, ["update a"], ["a"]]);
  });

  it("tell in a preview each resource that needs what is not created, and each but once", async () => {
    const program = async (): Promise<void> => {
      const a = new Thing("a");
      new Thing("b", { value: a.id });
      new Thing("c", { value: a.id });
    };
    const run = await stack.preview(program, { target: [urnOf("b"), urnOf("c")] });
    assert.notEqual(run.failure, undefined);
    assert.equal(run.messages.filter((text) => text.includes("not specified in --target list")).length, 1);
  });

  it("hint at the shell where a URN that is not there looks as if it had lost a part", async () => {
    await stack.up(async () => void new Thing("a"));
    const told = async (urn: string) => (await stack.refresh({ target: [urn] })).messages.join("\n");
    assert.match(
      await told(urnOf("x")),
      /Target '\S+::x' could not be found in the stack. Did you forget to escape \$/,
    );
    assert.match(await told(urnOf("x", "a:b:C$d:e:F")), /Target '\S+::x' could not be found in the stack\.$/m);
  });

  it("destroy with the program nothing that it would have made, and what it only reads is forgotten", async () => {
    stack.provider.cloud.set("outside", { v: "1" });
    const program = (more: boolean) => async () => {
      new Thing("a");
      new Thing("seen", {}, { id: "outside" });
      if (!more) return;
      const fresh = new Thing("fresh");
      new Group("g", (self) => void new Thing("inside", { value: fresh.id }, { parent: self, dependsOn: fresh }));
    };
    await stack.up(program(false));
    const run = await stack.destroy({ runProgram: true }, program(true));
    assert.equal(run.failure, undefined);
    assert.deepEqual(
      run.calls.filter((call) => !call.startsWith("read")),
      ["delete a"],
    );
    assert.deepEqual([await stack.names(), [...stack.provider.cloud.keys()]], [[], ["outside"]]);
  });

  it("find nothing to destroy where everything is protected", async () => {
    await stack.up(async () => void new Thing("a", {}, { protect: true }));
    const run = await stack.destroy({ excludeProtected: true });
    assert.deepEqual([run.failure, run.calls, await stack.names()], [undefined, [], ["a"]]);
  });

  it("need nothing in a stack that is empty", async () => {
    const run = await stack.refresh();
    assert.deepEqual([run.failure, run.steps], [undefined, []]);
    const destroyed = await stack.destroy();
    assert.deepEqual([destroyed.failure, destroyed.steps], [undefined, []]);
  });

  it("follow a renamed component to what it reads", async () => {
    stack.provider.cloud.set("outside", { v: "1" });
    const program = (name: string, aliases: string[]) => async () => {
      const build = (self: Group): void => void new Thing("seen", {}, { id: "outside", parent: self });
      new Group(name, build, { aliases: aliases.map((alias) => ({ name: alias })) });
    };
    await stack.up(program("old", []));
    const run = await stack.up(program("new", ["old"]));
    assert.equal(run.failure, undefined);
    assert.deepEqual(run.steps, ["same new", "read seen"]);
    assert.deepEqual((await stack.names()).sort(), ["new", "seen"]);
  });

  it("go on with a renamed provider as with the one it was", async () => {
    const program = (name: string, aliases: string[], value: string) => async () => {
      const provider = new ThingProviderResource(name, {}, { aliases: aliases.map((alias) => ({ name: alias })) });
      new Thing("a", { value }, { provider });
    };
    await stack.up(program("p", [], "1"));
    const same = await stack.up(program("q", ["p"], "1"));
    assert.deepEqual([same.failure, same.calls, (await stack.names()).sort()], [undefined, [], ["a", "q"]]);
    const run = await stack.up(program("r", ["q"], "2"));
    assert.deepEqual([run.failure, run.calls], [undefined, ["update a"]]);
    assert.match((await stack.resource("a")).provider ?? "", /::r::/);
  });

  it("cannot be met by a program that leaves out what the plan has", async () => {
    const plan = `${stack.root}/plan.json`;
    const program =
      (...names: string[]) =>
      async () =>
        names.forEach((name) => void new Thing(name));
    await stack.up(program("a"));
    await stack.preview(program("a", "b"), { plan });
    const run = await stack.up(program("a"), { plan });
    assert.match(run.messages.join("\n"), /expected resource operations for \S+::b but none were seen/);
    assert.notEqual(run.failure, undefined);
  });

  it("are replaced for a trigger that is not known yet in a preview, and refuse one in an update", async () => {
    const program = (trigger: Output<string> | string) => async () =>
      void new Thing("a", {}, { replacementTrigger: trigger });
    await stack.up(program("1"));
    const preview = await stack.preview(async () => {
      const fresh = new Thing("fresh");
      new Thing("a", {}, { replacementTrigger: fresh.id });
    });
    assert.deepEqual(preview.steps, ["create fresh", "create-replacement a", "replace a", "delete-replaced a"]);
    const unknown = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
    const run = await stack.up(program(unknown));
    assert.match(run.messages.join("\n"), /replacement trigger contains unknowns for \S+::a/);
    assert.deepEqual([run.calls, await stack.names()], [[], ["a"]]);
  });
});
