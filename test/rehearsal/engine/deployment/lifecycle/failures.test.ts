import assert from "node:assert/strict";
import { Thing, ThingProviderResource, ThingStack, urnOf } from "../support/thing-stack";

describe("failures", () => {
  let stack: ThingStack;
  beforeEach(async () => (stack = await ThingStack.make()));
  afterEach(() => stack.remove());

  const one = async (): Promise<void> => void new Thing("a", { value: "1" });

  it("ends at the first failure, and keeps what was done", async () => {
    const run = await stack.up(async () => {
      const a = new Thing("a");
      const b = new Thing("b", { fail: true, from: a.id });
      new Thing("c", { from: b.id });
    });
    assert.deepEqual(run.calls, ["create a", "create b"]);
    assert.deepEqual(await stack.names(), ["a"]);
    assert.equal((await stack.deployment()).pending_operations, undefined);
  });

  it("goes on with what does not depend on a failure where told", async () => {
    const program = (fail: boolean) => async () => {
      const a = new Thing("a", { fail });
      new Thing("b", { from: a.id });
      new Thing("c", {}, { dependsOn: a });
      new Thing("d");
    };
    const run = await stack.up(program(true), { continueOnError: true });
    assert.deepEqual([run.failure === undefined, run.calls.sort()], [false, ["create a", "create d"]]);
    assert.deepEqual(await stack.names(), ["d"]);
    assert.deepEqual((await stack.up(program(false))).calls.sort(), ["create a", "create b", "create c"]);
  });

  it("keeps what depends on a failed update, and deletes what the program dropped", async () => {
    const program = (fail: boolean, extra: boolean) => async () => {
      const a = new Thing("a", { fail });
      new Thing("b", { from: a.id });
      if (extra) new Thing("x");
    };
    await stack.up(program(false, true));
    const run = await stack.up(program(true, false), { continueOnError: true });
    assert.deepEqual([run.failure === undefined, run.calls], [false, ["update a", "delete x"]]);
    assert.deepEqual(await stack.names(), ["a", "b"]);
  });

  it("skips an import that depends on a failure, and ends", async () => {
    stack.provider.cloud.set("there", {});
    const run = await stack.up(
      async () => {
        const a = new Thing("a", { fail: true });
        new Thing("b", {}, { import: "there", dependsOn: a });
      },
      { continueOnError: true },
    );
    assert.deepEqual([run.failure === undefined, run.calls], [false, ["create a"]]);
  });

  it("leaves what the failed deletion needs, and deletes the rest where told", async () => {
    await stack.up(async () => {
      const a = new Thing("a");
      new Thing("b", { from: a.id });
      const c = new Thing("c");
      new Thing("d", { from: c.id });
    });
    stack.provider.on("delete", "b", () => Promise.reject(new Error("busy")));
    const run = await stack.destroy({ continueOnError: true });
    assert.ok(run.messages.includes("error: busy"));
    assert.deepEqual(run.calls.sort(), ["delete b", "delete c", "delete d"]);
    assert.deepEqual(await stack.names(), ["a", "b"]);
    stack.provider.off("delete", "b");
    assert.deepEqual((await stack.destroy()).calls, ["delete b", "delete a"]);
  });

  it("refuses a parent that is not registered, with one message", async () => {
    const run = await stack.up(async () => void new Thing("a", {}, { parent: { __pulumiResource: true } as never }));
    assert.notEqual(run.failure, undefined);
    assert.deepEqual(await stack.names(), []);
  });

  it("refuses a state whose resources need each other, with one clear message", async () => {
    await stack.up(async () => {
      new Thing("a");
      new Thing("b");
    });
    const deployment = await stack.deployment();
    for (const state of deployment.resources ?? []) {
      if (state.urn === urnOf("a")) state.dependencies = [urnOf("b")];
      if (state.urn === urnOf("b")) state.dependencies = [urnOf("a")];
    }
    await assert.rejects(stack.import(deployment), /integrity|refers to|comes after|dependency/);
    assert.deepEqual((await stack.destroy()).failure, undefined);
  });

  it("warns of operations that were interrupted, and keeps creations until a refresh is told to clear them", async () => {
    await stack.up(one);
    const resource = { urn: urnOf("lost"), custom: true, type: "tst:index:Thing" };
    const updating = { ...(await stack.resource("a")) };
    const pending = [
      { resource, type: "creating" as const },
      { resource: updating, type: "updating" as const },
    ];
    await stack.interrupt(pending);
    const run = await stack.up(one);
    assert.ok(run.messages.some((text) => text.includes("2 pending operations") && text.includes("while creating")));
    const left = (await stack.deployment()).pending_operations;
    assert.deepEqual(
      left?.map(({ type }) => type),
      ["creating"],
    );
    const cleared = await stack.refresh({ clearPendingCreates: true });
    assert.deepEqual([cleared.failure, (await stack.deployment()).pending_operations], [undefined, undefined]);
  });

  it("fails with the program, and starts nothing more", async () => {
    const run = await stack.up(async () => {
      new Thing("a");
      throw new Error("out of ideas");
    });
    assert.match(run.failure ?? "", /out of ideas/);
    assert.equal((await stack.deployment()).pending_operations, undefined);
  });

  it("uses a provider that failed to change as it was, and goes on where told", async () => {
    const program = (region: string) => async () =>
      void new Thing("a", { value: region }, { provider: new ThingProviderResource("p", { region }) });
    await stack.up(program("1"));
    const configure = stack.provider.configure.bind(stack.provider);
    stack.provider.configure = (config) =>
      config.region === "2" ? Promise.reject(new Error("no such region")) : configure(config);
    const run = await stack.up(program("2"), { continueOnError: true });
    assert.ok(
      run.messages.some((text) => text.includes("no such region")),
      run.messages.join("\n"),
    );
    assert.deepEqual((await stack.names()).sort(), ["a", "p"]);
  });
});

describe("an operation that cannot begin", () => {
  let stack: ThingStack;
  beforeEach(async () => (stack = await ThingStack.make()));
  afterEach(() => stack.remove());

  it("says once that a provider cannot be configured for a refresh, and changes nothing", async () => {
    await stack.up(async () => void new Thing("a"));
    stack.provider.configure = () => Promise.reject(new Error("no such region"));
    for (const run of [await stack.refresh(), await stack.up(async () => undefined, { refresh: true })]) {
      assert.deepEqual(
        run.messages.filter((text) => text.includes("no such region")),
        ["error: no such region"],
      );
      assert.doesNotMatch(run.failure ?? "", /the embedded engine failed/);
      assert.deepEqual(await stack.names(), ["a"]);
    }
  });

  it("says once that it was given no provider for what it is to delete", async () => {
    await stack.up(async () => void new Thing("a"));
    stack.provider.configure = () => Promise.reject(new Error("no such region"));
    const run = await stack.destroy();
    assert.equal(run.messages.filter((text) => text.includes("no such region")).length, 1);
    assert.doesNotMatch(run.failure ?? "", /the embedded engine failed/);
    assert.deepEqual(await stack.names(), ["a"]);
  });
});
