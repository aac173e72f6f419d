import assert from "node:assert/strict";
import { secret } from "@pulumi/pulumi";
import { Group, Thing, ThingStack, urnOf } from "../support/thing-stack";

describe("creations and updates", () => {
  let stack: ThingStack;
  beforeEach(async () => (stack = await ThingStack.make()));
  afterEach(() => stack.remove());

  const chain = (value: string) => async () => {
    const a = new Thing("a", { value });
    new Thing("b", { value: a.value });
  };

  it("creates, leaves, updates and destroys in the order of the dependencies", async () => {
    const first = await stack.up(chain("1"));
    assert.deepEqual([first.failure, first.steps], [undefined, ["create a", "create b"]]);
    assert.deepEqual(first.changes, { create: 3 });
    const second = await stack.up(chain("1"));
    assert.deepEqual([second.steps, second.calls, second.changes], [["same a", "same b"], [], { same: 3 }]);
    const third = await stack.up(chain("2"));
    assert.deepEqual(third.steps, ["update a", "update b"]);
    assert.deepEqual(third.calls, ["update a", "update b"]);
    const last = await stack.destroy();
    assert.deepEqual(
      [last.steps, last.calls],
      [
        ["delete b", "delete a"],
        ["delete b", "delete a"],
      ],
    );
    assert.deepEqual((await stack.deployment()).resources ?? [], []);
    assert.equal(stack.provider.cloud.size, 0);
  });

  it("calls no provider in a preview and leaves the state alone", async () => {
    const preview = await stack.preview(chain("1"));
    assert.deepEqual([preview.steps, preview.calls], [["create a", "create b"], []]);
    await stack.up(chain("1"));
    const before = await stack.deployment();
    const change = await stack.preview(chain("2"));
    assert.deepEqual([change.steps, change.calls], [["update a", "update b"], []]);
    assert.deepEqual(await stack.deployment(), before);
  });

  it("deletes what the program has no more", async () => {
    await stack.up(chain("1"));
    const run = await stack.up(async () => void new Thing("a", { value: "1" }));
    assert.deepEqual(run.steps, ["same a", "delete b"]);
    assert.deepEqual(await stack.names(), ["a"]);
  });

  it("fails a resource that its provider refuses, without any step for it", async () => {
    const run = await stack.up(async () => void new Thing("a", { invalid: "no such colour" }));
    assert.deepEqual(run.steps, []);
    const message =
      "tst:index:Thing resource 'a': property invalid value {no such colour} has a problem: no such colour";
    assert.ok(run.messages.includes(`error: ${message}`), run.messages.join("\n"));
    assert.deepEqual(await stack.names(), []);
  });

  it("keeps a resource that did not become ready, and updates it the next time", async () => {
    const program = (unready: boolean) => async () => void new Thing("a", { unready });
    const failed = await stack.up(program(true));
    assert.ok(
      failed.messages.some((text) => text.includes("* a is not ready")),
      failed.messages.join("\n"),
    );
    assert.deepEqual((await stack.resource("a")).initErrors, ["a is not ready"]);
    const again = await stack.up(program(false));
    assert.deepEqual(again.steps, ["update a"]);
    assert.equal((await stack.resource("a")).initErrors, undefined);
  });

  it("keeps the old inputs of an update that did not become ready", async () => {
    await stack.up(async () => void new Thing("a", { value: "1" }));
    const failed = await stack.up(async () => void new Thing("a", { value: "2", unready: true }));
    assert.notEqual(failed.failure, undefined);
    assert.deepEqual((await stack.resource("a")).inputs, { value: "1" });
    assert.deepEqual((await stack.up(async () => void new Thing("a", { value: "2" }))).steps, ["update a"]);
  });

  it("replaces a resource that did not become ready where #initerror is to replace it", async () => {
    const program = (unready: boolean) => async () =>
      void new Thing("a", { unready }, { replaceOnChanges: ["#initerror"] });
    await stack.up(program(true));
    const run = await stack.up(program(false));
    assert.deepEqual(run.steps, ["create-replacement a", "replace a", "delete-replaced a"]);
  });

  it("marks outputs secret that repeat a secret input or were asked to be, but never the id", async () => {
    const run = await stack.up(async () => {
      const opts = { additionalSecretOutputs: ["hidden", "id", "absent"] };
      const a = new Thing("a", { value: secret("s"), hidden: "h", plain: "p" }, opts);
      return { value: a.value, id: a.id };
    });
    assert.equal(run.failure, undefined);
    const state = await stack.resource("a");
    const secretKeys = Object.entries(state.outputs ?? {}).filter(([, value]) => typeof value === "object");
    assert.deepEqual(secretKeys.map(([key]) => key).sort(), ["hidden", "value"]);
    assert.ok(run.messages.some((text) => text.startsWith("warning: The 'id' property cannot be made secret")));
  });

  it("runs as many steps at once as it may, and only one where told", async () => {
    const program = async (): Promise<void> => {
      for (let i = 0; i < 20; i++) new Thing(`t${i}`);
    };
    const busiest = async (gathered: number, operation: () => Promise<unknown>): Promise<number> => {
      stack.provider.gather(gathered);
      await operation();
      return stack.provider.busiest;
    };
    assert.equal(await busiest(1, () => stack.up(program, { parallel: 1 })), 1);
    assert.equal(await busiest(1, () => stack.destroy({ parallel: 1 })), 1);
    assert.equal(await busiest(4, () => stack.up(program, { parallel: 4 })), 4);
    assert.equal(await busiest(20, () => stack.destroy()), 20);
  });

  it("deletes in reverse order of the dependencies under parallelism", async () => {
    const levels = 5;
    await stack.up(async () => {
      let previous: Thing[] = [];
      for (let level = 0; level < levels; level++) {
        const dependsOn = previous;
        previous = [0, 1, 2].map((i) => new Thing(`l${level}-${i}`, {}, { dependsOn }));
      }
    });
    stack.provider.gather(3);
    const run = await stack.destroy();
    const order = run.calls.map((call) => Number(call[8]));
    assert.deepEqual(
      order,
      [...order].sort((a, b) => b - a),
    );
    assert.equal(stack.provider.busiest, 3);
  });

  it("refuses two resources of one URN, and keeps the first", async () => {
    const run = await stack.up(async () => {
      const first = new Thing("a", { value: "1" });
      new Thing("a", { value: first.value });
    });
    const duplicates = run.messages.filter((text) => text.includes("Duplicate resource URN"));
    assert.deepEqual(duplicates, [`error: Duplicate resource URN '${urnOf("a")}'; try giving it a unique name`]);
    assert.deepEqual(await stack.names(), ["a"]);
    assert.deepEqual((await stack.up(async () => void new Thing("a", { value: "1" }))).steps, ["same a"]);
  });

  it("expects no changes where told, and fails on one", async () => {
    await stack.up(chain("1"));
    assert.equal((await stack.up(chain("1"), { expectNoChanges: true })).failure, undefined);
    const run = await stack.up(chain("2"), { expectNoChanges: true });
    assert.match(run.failure ?? "", /no changes were expected/);
  });

  it("manages 500 children of one parent", async () => {
    const program = async (): Promise<void> =>
      void new Group("g", (self) => {
        for (let i = 0; i < 500; i++) new Thing(`c${i}`, { value: `${i}` }, { parent: self });
      });
    const run = await stack.up(program);
    assert.deepEqual([run.failure, run.changes], [undefined, { create: 502 }]);
    const again = await stack.up(program);
    assert.deepEqual([again.failure, again.changes], [undefined, { same: 502 }]);
    const gone = await stack.destroy();
    assert.deepEqual([gone.failure, gone.changes, stack.provider.cloud.size], [undefined, { delete: 502 }, 0]);
  }).timeout(120_000);
});
