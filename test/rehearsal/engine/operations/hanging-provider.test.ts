import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import type { PulumiFn } from "@pulumi/pulumi/automation";
import { Thing, ThingStack, type Run } from "../deployment/support/thing-stack";
import { ThingProvider } from "../deployment/support/thing-provider";

const GRACE_MS = 50;
const forever = <T>(): Promise<T> => new Promise(() => undefined);
const program =
  (value: string, more: pulumi.CustomResourceOptions = {}): PulumiFn =>
  async () => {
    const before = new Thing("before");
    new Thing("a", { value }, { dependsOn: before, ...more });
  };

describe("a provider that does not answer", () => {
  let provider: ThingProvider;
  let stack: ThingStack;
  beforeEach(async () => {
    provider = new ThingProvider();
    stack = await ThingStack.make(provider, {}, { cancelGraceMs: GRACE_MS });
  });
  afterEach(() => stack.remove());

  const pending = async (): Promise<string[]> =>
    ((await stack.deployment()).pending_operations ?? []).map(
      ({ type, resource }) => `${type} ${resource.urn.split("::").at(-1)}`,
    );

  /** Runs an operation and aborts it once the provider hangs in the method; its `cancel` changes nothing about that. */
  async function aborted(
    method: "check" | "diff" | "create" | "update" | "read" | "delete",
    operate: (signal: AbortSignal) => Promise<Run>,
  ): Promise<Run> {
    const controller = new AbortController();
    let cancelled = 0;
    provider.cancel = async () => void cancelled++;
    provider.on(method, "a", () => {
      controller.abort();
      return forever();
    });
    const run = await operate(controller.signal);
    provider.off(method, "a");
    assert.equal(cancelled, 1);
    const expected = `did not end its ${method} of '`;
    const told = run.messages.filter((text) => text.includes(expected));
    assert.deepEqual(
      [told.length, told[0]?.endsWith("::a' within 0.05 s")],
      [1, true],
      run.messages.join("\n") + run.failure,
    );
    assert.match(run.failure ?? "", /did not end its/);
    return run;
  }

  it("is left alone after an abort in create, which stays pending, and the next update goes on", async () => {
    await aborted("create", (signal) => stack.up(program("1"), { signal }));
    assert.deepEqual([await stack.names(), await pending()], [["before"], ["creating a"]]);
    const next = await stack.up(program("1"));
    assert.equal(next.failure, undefined);
    assert.ok(next.messages.some((text) => text.includes("1 pending operations")));
    assert.deepEqual(await stack.names(), ["before", "a"]);
  });

  it("is left alone after an abort in update, which stays pending with the old resource", async () => {
    await stack.up(program("1"));
    await aborted("update", (signal) => stack.up(program("2"), { signal }));
    assert.deepEqual([await stack.names(), await pending()], [["before", "a"], ["updating a"]]);
    assert.equal((await stack.resource("a")).inputs?.value, "1");
    const next = await stack.up(program("2"));
    assert.deepEqual([next.failure, next.calls, await pending()], [undefined, ["update a"], []]);
  });

  it("is left alone after an abort in delete, which stays pending with the resource", async () => {
    await stack.up(program("1"));
    await aborted("delete", (signal) => stack.destroy({ signal }));
    assert.deepEqual([await stack.names(), await pending()], [["before", "a"], ["deleting a"]]);
    assert.equal((await stack.destroy()).failure, undefined);
    assert.deepEqual(await stack.names(), []);
  });

  it("is left alone after an abort in check and in diff, with nothing pending", async () => {
    await aborted("check", (signal) => stack.up(program("1"), { signal }));
    assert.deepEqual([await stack.names(), await pending()], [["before"], []]);
    await stack.up(program("1"));
    await aborted("diff", (signal) => stack.up(program("2"), { signal }));
    await aborted("diff", (signal) => stack.preview(program("2"), { signal }));
    assert.deepEqual([await stack.names(), await pending()], [["before", "a"], []]);
  });

  it("is left alone after an abort in the read of a refresh, and the other resources are not read any more", async () => {
    await stack.up(async () => {
      new Thing("a");
      for (let i = 0; i < 10; i++) new Thing(`b${i}`);
    });
    const before = await stack.names();
    const run = await aborted("read", (signal) => stack.refresh({ signal, parallel: 1 }));
    assert.deepEqual(run.calls, ["read a"]);
    assert.deepEqual([await stack.names(), await pending()], [before, []]);
  });

  it("is left alone after an abort in a function that the program calls", async () => {
    await stack.up(async () => void new Thing("before"));
    const controller = new AbortController();
    const invoked = provider.invoke.bind(provider);
    provider.invoke = () => {
      controller.abort();
      return forever();
    };
    const calling: PulumiFn = async () => {
      new Thing("before");
      new Thing("a", { value: pulumi.output(pulumi.runtime.invoke("tst:index:f", {})).apply(() => "1") });
    };
    const run = await stack.up(calling, { signal: controller.signal });
    assert.match(run.failure ?? "", /update canceled/);
    assert.deepEqual([await stack.names(), await pending()], [["before"], []]);
    provider.invoke = invoked;
    assert.equal((await stack.up(calling)).failure, undefined);
  });

  it("is left alone after an abort in configure", async () => {
    const controller = new AbortController();
    const configure = provider.configure.bind(provider);
    provider.configure = () => {
      controller.abort();
      return forever();
    };
    const run = await stack.up(program("1"), { signal: controller.signal });
    assert.match(run.messages.join("\n"), /did not end its configure of 'tst' within 0\.05 s/);
    assert.deepEqual(await stack.names(), []);
    provider.configure = configure;
    assert.equal((await stack.up(program("1"))).failure, undefined);
  });

  it("may answer an abort in its own time, and with its own words", async () => {
    const controller = new AbortController();
    let answer!: (error: Error) => void;
    provider.cancel = async () => answer(new Error("stopped half-way"));
    provider.on("create", "a", () => {
      setImmediate(() => controller.abort());
      return new Promise((_, reject) => (answer = reject));
    });
    const run = await stack.up(program("1"), { signal: controller.signal });
    assert.ok(run.messages.includes("error: stopped half-way"), run.messages.join("\n"));
    assert.deepEqual([await stack.names(), await pending()], [["before"], []]);
  });

  for (const [method, timeouts, prepare] of [
    ["create", { create: "0.01s" }, false],
    ["update", { update: "0.01s" }, true],
    ["delete", { delete: "0.01s" }, true],
  ] as const) {
    it(`is waited for in ${method} only as long as customTimeouts allows`, async () => {
      const seen: unknown[] = [];
      if (prepare) await stack.up(program("1", { customTimeouts: timeouts }));
      provider.on(method, "a", (request) => {
        seen.push((request as { timeoutSeconds: number }).timeoutSeconds);
        return forever();
      });
      const run =
        method === "delete" ? await stack.destroy() : await stack.up(program("2", { customTimeouts: timeouts }));
      assert.deepEqual(seen, [0.01], "the provider is told");
      const told = run.messages.filter((text) => text.includes("within the 0.01 s that customTimeouts allows"));
      assert.equal(told.length, 1, run.messages.join("\n"));
      assert.deepEqual(await pending(), [`${method.replace(/e$/, "")}ing a`]);
    });
  }

  it("is waited for without end where customTimeouts is longer than timers go", async () => {
    provider.on("create", "a", (_request, own) => new Promise((resolve) => setTimeout(resolve, 20)).then(own));
    const run = await stack.up(program("1", { customTimeouts: { create: "1000h" } }));
    assert.deepEqual([run.failure, await stack.names()], [undefined, ["before", "a"]]);
  });
});
